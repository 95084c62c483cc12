import { describe, expect, it } from "vitest";
import { type Condition, connectionIntervals } from "../../../../src/domain/history/connection-intervals.ts";
import type { ConnectionRecord } from "../../../../src/domain/history/recall-connection.ts";
import { recallConnection } from "../../../../src/domain/history/recall-connection.ts";
import type { Interval } from "../../../../src/domain/history/timeline.ts";
import type { RuleId } from "../../../../src/domain/rules/rule.ts";
import { anAlert, anAlertChange, anEvent, aPartner, aRecord, aSource, aState, minute } from "./a-record.ts";

const HEARTBEAT: RuleId = "heartbeat-age";
const WINDOW = { fromMs: minute(10), toMs: minute(20) };

/** Of one rule, or of the connection as a whole. */
function intervalsOf(record: Partial<ConnectionRecord>, ruleId?: RuleId): readonly Interval<Condition>[] {
  const past = recallConnection(aRecord(record), minute(101));
  return connectionIntervals(past, WINDOW).filter(({ value }) => value.ruleId === ruleId);
}

function say(intervals: readonly Interval<Condition>[]): readonly string[] {
  return intervals.map(({ fromMs, toMs, isOpen, value }) => {
    const words = [value.state, value.severity, value.reason, value.blind === undefined ? undefined : "blind"];
    return `${fromMs / minute(1)}-${isOpen ? "" : toMs / minute(1)} ${words.filter(Boolean).join(" ")}`;
  });
}

const fired = anAlertChange({ severity: "error" });
const warned = anAlertChange({ severity: "warning" });
const rose = anAlertChange({ from: "firing", severity: "error", reason: "severity-rose" });
const recovering = anAlertChange({ from: "firing", to: "recovering", reason: "recovering" });
const ended = anAlertChange({ from: "recovering", to: "inactive", reason: "recovered" });
const gap = anEvent(16, { type: "gap", fromMs: minute(13), toMs: minute(16), reason: "throttled" });

describe("connectionIntervals() of a rule", () => {
  it.each([
    { name: "with nothing written down", events: [], want: ["10- inactive"] },
    {
      name: "that fires before the window and recovers in it",
      events: [anEvent(5, fired), anEvent(14, recovering), anEvent(17, ended)],
      want: ["10-14 firing error confirmed", "14-17 recovering error recovering", "17- inactive recovered"],
    },
    {
      name: "that fires at the first instant of the window",
      events: [anEvent(10, fired), anEvent(20, recovering)],
      want: ["10-20 firing error confirmed"],
    },
    {
      name: "that recovers at the first instant of the window",
      events: [anEvent(5, fired), anEvent(10, recovering)],
      want: ["10- recovering error recovering"],
    },
    {
      name: "that fires at the first instant after the window",
      events: [anEvent(20, fired)],
      want: ["10-20 inactive"],
    },
    {
      name: "whose beginning is no longer kept",
      events: [anEvent(14, recovering)],
      want: ["10-14 firing error", "14- recovering error recovering"],
    },
    {
      name: "whose oldest kept change lies after the window",
      events: [anEvent(50, recovering)],
      want: ["10-20 firing error"],
    },
    {
      name: "whose severity before a rise is no longer kept",
      events: [anEvent(14, rose)],
      want: ["10-14 firing", "14- firing error severity-rose"],
    },
    {
      name: "whose severity rose in the window",
      events: [anEvent(5, warned), anEvent(14, rose)],
      want: ["10-14 firing warning confirmed", "14- firing error severity-rose"],
    },
    {
      name: "that is told again",
      events: [anEvent(5, fired), anEvent(14, anAlertChange({ from: "firing", reason: "still-firing" }))],
      want: ["10- firing error confirmed"],
    },
  ])("tells of one $name", ({ events, want }) => {
    expect(say(intervalsOf({ events }, HEARTBEAT))).toEqual(want);
  });

  it("takes a rule that never changed for what it is now", () => {
    const state = aState({ alerts: { [HEARTBEAT]: anAlert() } });

    expect(say(intervalsOf({ state }, HEARTBEAT))).toEqual(["10- firing error"]);
  });

  it.each([
    {
      name: "an alert goes on",
      ruleId: HEARTBEAT,
      events: [anEvent(5, fired)],
      want: ["10-13 firing error confirmed", "13-16 firing error confirmed blind", "16- firing error confirmed"],
    },
    {
      name: "nothing was wrong: nobody knows",
      ruleId: HEARTBEAT,
      events: [],
      want: ["10-13 inactive", "13-16 unknown throttled blind", "16- inactive"],
    },
  ])("overlays blindness while $name", ({ ruleId, events, want }) => {
    expect(say(intervalsOf({ events, sourceEvents: [gap] }, ruleId))).toEqual(want);
  });

  it("is not unknown while blind where a known date is judged all the same", () => {
    const state = aState({ reading: aPartner("device-management-partner") });

    expect(say(intervalsOf({ state, sourceEvents: [gap] }, "removal-deadline"))).toEqual([
      "10-13 inactive",
      "13-16 inactive blind",
      "16- inactive",
    ]);
  });

  it("is unknown before it was first seen, whatever else is known", () => {
    const state = aState({ firstSeenAtMs: minute(12) });

    expect(say(intervalsOf({ state, sourceEvents: [gap] }, HEARTBEAT))).toEqual([
      "10-12 unknown not-seen-yet",
      "12-13 inactive",
      "13-16 unknown throttled blind",
      "16- inactive",
    ]);
  });

  it.each([
    { ruleId: HEARTBEAT, want: ["10-14 inactive", "14- not-judged retired"] },
    { ruleId: "configuration-changed" as const, want: ["10- inactive"] },
  ])("is not judged where the standing is not active and $ruleId does not look", ({ ruleId, want }) => {
    const events = [anEvent(14, { type: "standing", from: "active", to: "retired" })];

    expect(say(intervalsOf({ events }, ruleId))).toEqual(want);
  });

  it("says why it was quiet", () => {
    const flapping = { kind: "flapping" } as const;
    const events = [
      anEvent(5, fired),
      anEvent(12, { type: "suppression", ruleId: HEARTBEAT, began: [flapping], ended: [] }),
      anEvent(15, { type: "suppression", ruleId: HEARTBEAT, began: [], ended: [flapping] }),
    ];

    expect(intervalsOf({ events }, HEARTBEAT).map(({ value }) => value.quiet)).toEqual([[], [flapping], []]);
  });
});

describe("connectionIntervals() of the whole", () => {
  it.each([
    { name: "well", events: [], sourceEvents: [], want: ["10- ok"] },
    {
      name: "as bad as its gravest alert, also while that recovers",
      events: [
        anEvent(11, warned),
        anEvent(12, { ...fired, ruleId: "partner-state" as const }),
        anEvent(15, { ...ended, ruleId: "partner-state" as const }),
      ],
      sourceEvents: [],
      want: [
        "10-11 ok",
        "11-12 warning warning heartbeat-age",
        "12-15 error error partner-state",
        "15- warning warning heartbeat-age",
      ],
    },
    {
      name: "pending",
      events: [
        anEvent(11, anAlertChange({ to: "pending" })),
        anEvent(12, anAlertChange({ from: "pending", to: "inactive" })),
      ],
      sourceEvents: [],
      want: ["10-11 ok", "11-12 pending heartbeat-age", "12- ok"],
    },
    {
      name: "unknown while blind",
      events: [],
      sourceEvents: [gap],
      want: ["10-13 ok", "13-16 unknown throttled blind", "16- ok"],
    },
    {
      name: "still firing while blind",
      events: [anEvent(5, fired)],
      sourceEvents: [gap],
      want: [
        "10-13 error error heartbeat-age",
        "13-16 error error heartbeat-age blind",
        "16- error error heartbeat-age",
      ],
    },
    {
      name: "unknown while information is all that fires and nobody sees",
      events: [anEvent(5, anAlertChange({ severity: "info" }))],
      sourceEvents: [gap],
      want: ["10-13 info info heartbeat-age", "13-16 unknown throttled blind", "16- info info heartbeat-age"],
    },
    {
      name: "gone and back",
      events: [
        anEvent(12, { type: "disappeared", reason: "connection-gone" } as const),
        anEvent(18, { type: "appeared", returned: true } as const),
      ],
      sourceEvents: [gap],
      want: ["10-12 ok", "12-18 unknown gone", "18- ok"],
    },
    {
      name: "ignored",
      events: [anEvent(14, { type: "standing", from: "active", to: "ignored" } as const)],
      sourceEvents: [],
      want: ["10-14 ok", "14- not-judged ignored"],
    },
  ])("tells of one that is $name", ({ events, sourceEvents, want }) => {
    expect(say(intervalsOf({ events, sourceEvents }))).toEqual(want);
  });

  it("is blind to its end while the source still cannot be read", () => {
    const source = aSource({ outcome: "unreadable", reason: "forbidden", lastGoodAtMs: minute(17) });

    expect(say(intervalsOf({ source }))).toEqual(["10-17 ok", "17- unknown forbidden blind"]);
  });

  it("names the maintenance windows that it was in", () => {
    const window = { name: "patch night", match: {} };
    const intervals = intervalsOf({
      tenant: aState(),
      tenantEvents: [
        anEvent(12, { type: "maintenance", began: [window], ended: [] }),
        anEvent(15, { type: "maintenance", began: [], ended: [window] }),
      ],
    });

    expect(intervals.map(({ fromMs, value }) => [fromMs, value.maintenance])).toEqual([
      [minute(10), []],
      [minute(12), ["patch night"]],
      [minute(15), []],
    ]);
  });
});
