import { describe, expect, it } from "vitest";
import { sampleNotifications } from "../../../scripts/sample-notifications.ts";

describe("sampleNotifications()", () => {
  it("tells an episode of one alert in order, with the severities that the rule gives", () => {
    const { fired, escalated, resolved } = sampleNotifications("ops");

    const facts = [fired, escalated, resolved].map((notification) => notification.facts);
    expect(new Set(facts.map(({ episode }) => episode)).size).toBe(1);
    expect(facts.map(({ slotMs }) => slotMs)).toEqual(facts.map(({ slotMs }) => slotMs).toSorted((a, b) => a - b));
    expect(facts.map(({ evaluation }) => evaluation)).toMatchObject([
      { verdict: "breach", severity: fired.facts.severity },
      { verdict: "breach", severity: escalated.facts.severity },
      { verdict: "ok" },
    ]);
  });

  it("gives each notification an id of its own for its channel", () => {
    const ids = Object.values(sampleNotifications("ops")).map(({ id }) => id);

    expect(new Set(ids).size).toBe(3);
    expect(ids.every((id) => id.endsWith(".ops"))).toBe(true);
  });
});
