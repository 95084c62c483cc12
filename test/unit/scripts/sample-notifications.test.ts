import { describe, expect, it } from "vitest";
import { sampleGroup, sampleNotifications } from "../../../scripts/sample-notifications.ts";

describe("sampleNotifications()", () => {
  it("tells an episode of one alert in order, with the severities that the rule gives", () => {
    const { fired, escalated, reminder, resolved } = sampleNotifications("ops");

    const facts = [fired, escalated, reminder, resolved].map((notification) => notification.facts);
    expect(new Set(facts.map(({ episode }) => episode)).size).toBe(1);
    expect(facts.map(({ slotMs }) => slotMs)).toEqual(facts.map(({ slotMs }) => slotMs).toSorted((a, b) => a - b));
    expect(facts.map(({ evaluation }) => evaluation)).toMatchObject([
      { verdict: "breach", severity: fired.facts.severity },
      { verdict: "breach", severity: escalated.facts.severity },
      { verdict: "breach", severity: reminder.facts.severity },
      { verdict: "ok" },
    ]);
  });

  it("has each fall and each short breach measured as it is told", () => {
    const { deescalated, flapping } = sampleNotifications("ops");

    expect(deescalated.facts.evaluation).toMatchObject({ verdict: "breach", severity: deescalated.facts.severity });
    expect(flapping.facts.evaluation).toMatchObject({ verdict: "ok" });
  });

  it("gives each notification an id of its own for its channel", () => {
    const ids = Object.values(sampleNotifications("ops")).map(({ id }) => id);

    expect(new Set(ids).size).toBe(6);
    expect(ids.every((id) => id.endsWith(".ops"))).toBe(true);
  });
});

describe("sampleGroup()", () => {
  it("holds notifications of different connections, each under an id of its own", () => {
    const group = sampleGroup("ops");

    expect(new Set(group.map(({ id }) => id)).size).toBe(group.length);
    expect(new Set(group.map(({ facts }) => facts.connectionName)).size).toBe(group.length);
  });
});
