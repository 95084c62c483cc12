import { describe, expect, it } from "vitest";
import type { Change } from "../../../src/domain/history/connection-event.ts";
import { toEvent, toSnapshot } from "../../../src/http/to-history.ts";
import { aConnector, anEvent, aSnapshot, at } from "./builders.ts";

function overTheWire(body: unknown): unknown {
  return JSON.parse(JSON.stringify(body));
}

describe("toSnapshot()", () => {
  it("writes instants as text around the reading", () => {
    expect(overTheWire(toSnapshot(aSnapshot({ connectionKey: "k", reading: aConnector() })))).toMatchObject({
      connectionKey: "k",
      slotDateTime: "2026-11-22T09:00:00Z",
      observedDateTime: "2026-11-22T09:00:20Z",
      reading: { kind: "connector", eventDate: { dateTime: "2026-12-01T00:00:00Z" } },
    });
  });
});

describe("toEvent()", () => {
  it("writes instants as text, and no last contact where there was none", () => {
    const event = anEvent({ connectionKey: "k", lastContactMs: at("2026-11-22T07:00:00Z") });
    const { lastContactMs: _, ...silent } = event;

    expect(overTheWire(toEvent(event))).toEqual({
      connectionKey: "k",
      connectionId: "compliance-management-partner:jamf",
      displayName: "Jamf",
      slotDateTime: "2026-11-22T08:00:00Z",
      observedDateTime: "2026-11-22T08:00:20Z",
      lastContactDateTime: "2026-11-22T07:00:00Z",
      changes: [{ type: "appeared", returned: false }],
    });
    expect(overTheWire(toEvent(silent))).not.toHaveProperty("lastContactDateTime");
  });

  it("writes an alert's change with its evaluation and the channels told", () => {
    const change: Change = {
      type: "alert",
      ruleId: "expiry",
      from: "inactive",
      to: "firing",
      severity: "warning",
      reason: "confirmed",
      episode: "e-1",
      evaluation: { verdict: "unknown", reason: "absent" },
      told: { ops: "fired", pager: "escalated" },
    };

    expect(overTheWire(toEvent(anEvent({ changes: [change] })))).toMatchObject({
      changes: [
        {
          ...change,
          told: [
            { channel: "ops", kind: "fired" },
            { channel: "pager", kind: "escalated" },
          ],
        },
      ],
    });
  });

  it("writes why a channel was told, where the event knows it", () => {
    const change: Change = {
      type: "alert",
      ruleId: "expiry",
      from: "inactive",
      to: "firing",
      reason: "confirmed",
      told: { ops: "fired" },
      why: { ops: "first-firing" },
    };

    const body = overTheWire(toEvent(anEvent({ changes: [change] })));

    expect(body).toMatchObject({ changes: [{ told: [{ channel: "ops", kind: "fired", reason: "first-firing" }] }] });
    expect(body).not.toHaveProperty("changes.0.why");
  });

  it("writes until when a silence that began or ended lasts", () => {
    const words = { kind: "silence", id: "s-1", by: "anna", reason: "known" } as const;
    const untilMs = at("2026-11-22T09:00:00Z");
    const change: Change = {
      type: "suppression",
      ruleId: "expiry",
      began: [{ ...words, untilMs }],
      ended: [{ kind: "flapping" }],
    };

    expect(overTheWire(toEvent(anEvent({ changes: [change] })))).toMatchObject({
      changes: [
        {
          type: "suppression",
          ruleId: "expiry",
          began: [{ ...words, untilDateTime: "2026-11-22T09:00:00Z" }],
          ended: [{ kind: "flapping" }],
        },
      ],
    });
  });

  it("writes a gap by its two instants", () => {
    const gap: Change = {
      type: "gap",
      fromMs: at("2026-11-22T07:00:00Z"),
      toMs: at("2026-11-22T09:00:00Z"),
      reason: "throttled",
    };

    expect(overTheWire(toEvent(anEvent({ changes: [gap] })))).toMatchObject({
      changes: [
        { type: "gap", fromDateTime: "2026-11-22T07:00:00Z", toDateTime: "2026-11-22T09:00:00Z", reason: "throttled" },
      ],
    });
  });

  it.each<Change>([
    { type: "appeared", returned: true },
    { type: "disappeared", reason: "absent" },
    { type: "configuration", severity: "info", changes: ["isConfigured true → false"] },
    { type: "standing", from: "active", to: "retired", reason: "severed-and-silent" },
    { type: "state", from: "enabled", to: "unresponsive" },
    { type: "maintenance", began: [{ name: "patch night", match: { kind: "connector" } }], ended: [] },
  ])("writes the change $type as it is", (change) => {
    expect(overTheWire(toEvent(anEvent({ changes: [change] })))).toMatchObject({ changes: [change] });
  });
});
