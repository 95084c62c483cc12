import { describe, expect, it } from "vitest";
import { connectionUptime, hasUptime, type Uptime } from "../../../../src/domain/history/connection-uptime.ts";
import { type ConnectionRecord, recallConnection } from "../../../../src/domain/history/recall-connection.ts";
import { DAY_MS, SECOND_MS } from "../../../../src/domain/units.ts";
import { anAlert, anAlertChange, anEvent, aRecord, aSource, aState, minute } from "./a-record.ts";

const WINDOW = { fromMs: minute(10), toMs: minute(20) };

function uptimeOf(record: Partial<ConnectionRecord>, window = WINDOW): Uptime {
  return connectionUptime(recallConnection(aRecord(record), minute(101)), window);
}

/** In minutes; what is 0 is left out. */
function say({ upMs, downMs, unknownMs, maintenanceMs }: Uptime): string {
  const parts = Object.entries({ up: upMs, down: downMs, unknown: unknownMs, maintenance: maintenanceMs });
  return parts.flatMap(([name, ms]) => (ms === 0 ? [] : `${name} ${ms / minute(1)}`)).join(", ");
}

const fired = anAlertChange();
const recovering = anAlertChange({ from: "firing", to: "recovering", reason: "recovering" });
const relapsed = anAlertChange({ from: "recovering", to: "firing", reason: "relapsed" });
const ended = anAlertChange({ from: "recovering", to: "inactive", reason: "recovered" });
const gap = anEvent(16, { type: "gap", fromMs: minute(13), toMs: minute(16), reason: "throttled" });
const outage = [anEvent(12, fired), anEvent(15, recovering), anEvent(17, ended)];

/** An outage that a window of the tenant covers from minute 13 to 16. */
const window = { name: "patch night", match: {} };
const maintained = {
  events: [anEvent(12, fired), anEvent(18, recovering)],
  tenant: aState(),
  tenantEvents: [
    anEvent(13, { type: "maintenance", began: [window], ended: [] }),
    anEvent(16, { type: "maintenance", began: [], ended: [window] }),
  ],
} as const;

describe("connectionUptime()", () => {
  it.each([
    { name: "well", record: {}, want: "up 10" },
    { name: "down for a while, and up while the alert recovers", record: { events: outage }, want: "up 7, down 3" },
    { name: "down all the time", record: { events: [anEvent(3, fired)] }, want: "down 10" },
    { name: "blind for a while", record: { sourceEvents: [gap] }, want: "up 7, unknown 3" },
    { name: "down and blind", record: { events: outage, sourceEvents: [gap] }, want: "up 6, down 1, unknown 3" },
    { name: "down in maintenance", record: maintained, want: "up 4, down 3, maintenance 3" },
    {
      name: "blind in maintenance: that was planned",
      record: { ...maintained, sourceEvents: [gap] },
      want: "up 4, down 3, maintenance 3",
    },
    {
      name: "first seen in the window",
      record: { ...maintained, state: aState({ firstSeenAtMs: minute(12) }) },
      want: "up 2, down 3, unknown 2, maintenance 3",
    },
    {
      name: "gone, whatever window there is",
      record: {
        ...maintained,
        events: [...maintained.events, anEvent(13, { type: "disappeared", reason: "connection-gone" } as const)],
      },
      want: "up 2, down 1, unknown 7",
    },
    {
      name: "retired",
      record: { events: [anEvent(14, { type: "standing", from: "active", to: "retired" } as const)] },
      want: "up 4, unknown 6",
    },
    {
      name: "down by two rules at once",
      record: {
        events: [
          anEvent(12, fired),
          anEvent(13, anAlertChange({ ruleId: "partner-state" })),
          anEvent(15, recovering),
          anEvent(16, { ...recovering, ruleId: "partner-state" }),
        ],
      },
      want: "up 6, down 4",
    },
  ] satisfies readonly { name: string; record: Partial<ConnectionRecord>; want: string }[])(
    "adds up the parts of one that is $name",
    ({ record, want }) => {
      const uptime = uptimeOf(record);

      expect(say(uptime)).toBe(want);
      expect(uptime.coveredMs).toBe(uptime.upMs + uptime.downMs);
    },
  );

  it.each([
    { ruleId: "partner-state", severity: "warning", isDown: false },
    { ruleId: "partner-state", severity: "error", isDown: true },
    { ruleId: "partner-state", severity: "critical", isDown: true },
    { ruleId: "heartbeat-age", severity: "warning", isDown: false },
    { ruleId: "heartbeat-age", severity: "error", isDown: true },
    { ruleId: "connection-missing", severity: "info", isDown: false },
    { ruleId: "connection-missing", severity: "warning", isDown: true },
    { ruleId: "first-heartbeat", severity: "error", isDown: false },
    { ruleId: "data-problem", severity: "critical", isDown: false },
  ] as const)("calls $ruleId at $severity down: $isDown", ({ ruleId, severity, isDown }) => {
    const state = aState({ alerts: { [ruleId]: anAlert({ ruleId, severity }) } });

    expect(uptimeOf({ state }).downMs > 0).toBe(isDown);
  });

  it.each([
    { ruleId: "sync-age", severity: "warning", isDown: false },
    { ruleId: "sync-age", severity: "error", isDown: true },
    { ruleId: "reported-health", severity: "info", isDown: false },
    { ruleId: "reported-health", severity: "warning", isDown: true },
    { ruleId: "expiry", severity: "critical", isDown: false },
  ] as const)("calls $ruleId of a connector at $severity down: $isDown", ({ ruleId, severity, isDown }) => {
    const reading = {
      kind: "connector",
      connectionId: "connector:x:default",
      displayName: "X",
      connectorName: "x",
      meaning: "sync",
      reportedHealth: "healthy",
      eventDate: undefined,
      problems: [],
    } as const;
    const state = aState({ reading, alerts: { [ruleId]: anAlert({ ruleId, severity }) } });

    expect(uptimeOf({ state }).downMs > 0).toBe(isDown);
  });

  it.each([
    { phase: "pending", downMs: 0 },
    { phase: "recovering", downMs: 0 },
    { phase: "firing", downMs: minute(10) },
  ] as const)("counts $downMs ms of an alert that is $phase", ({ phase, downMs }) => {
    const state = aState({ alerts: { "heartbeat-age": anAlert({ phase }) } });

    expect(uptimeOf({ state }).downMs).toBe(downMs);
  });

  it.each([
    { name: "nothing failed", record: {}, want: 1 },
    { name: "3 of 10 minutes failed", record: { events: outage }, want: 0.7 },
    { name: "all of it failed", record: { events: [anEvent(3, fired)] }, want: 0 },
    { name: "6 of 7 minutes that count were up", record: { events: outage, sourceEvents: [gap] }, want: 0.8571 },
    { name: "nothing counts", record: { state: aState({ firstSeenAtMs: minute(50) }) }, want: undefined },
  ])("gives $want as ratio when $name", ({ record, want }) => {
    expect(uptimeOf(record).ratio).toBe(want);
  });

  it("never reads 1 after one failure, however short", () => {
    const events = [anEvent(0, fired), anEvent(0, recovering)].map((event, index) => {
      return { ...event, slotMs: 200 * DAY_MS + index * SECOND_MS };
    });
    const state = aState({ lastSlotMs: 400 * DAY_MS });
    const record = { events, state, source: undefined };

    const { downMs, ratio } = uptimeOf(record, { fromMs: 0, toMs: 400 * DAY_MS });

    expect([downMs, ratio]).toEqual([SECOND_MS, 0.9999]);
  });

  it.each([
    { name: "nothing failed", record: {}, want: [0, undefined] },
    { name: "one outage is over", record: { events: outage }, want: [1, minute(3)] },
    { name: "one outage goes on", record: { events: [anEvent(12, fired)] }, want: [1, undefined] },
    {
      name: "one outage ended as the window did: not in it",
      record: { events: [anEvent(12, fired), anEvent(20, recovering)] },
      want: [1, undefined],
    },
    {
      name: "one that began before the window is over: it counts from there",
      record: { events: [anEvent(2, fired), anEvent(14, recovering)] },
      want: [1, minute(4)],
    },
    {
      name: "one ended as the window began",
      record: { events: [anEvent(2, fired), anEvent(10, recovering)] },
      want: [0, undefined],
    },
    {
      name: "one came back, and the other lasts",
      record: { events: [...outage.slice(0, 2), anEvent(16, relapsed)] },
      want: [2, minute(3)],
    },
    {
      name: "one could not be seen to its end: it is still one",
      record: { events: [anEvent(12, fired), anEvent(18, recovering)], sourceEvents: [gap] },
      want: [1, minute(6)],
    },
    { name: "one was interrupted by maintenance: it is still one", record: maintained, want: [1, minute(6)] },
    {
      name: "one lay in maintenance altogether",
      record: {
        ...maintained,
        events: [anEvent(14, fired), anEvent(15, recovering)],
      },
      want: [0, undefined],
    },
  ] satisfies readonly { name: string; record: Partial<ConnectionRecord>; want: unknown }[])(
    "counts incidents and the mean time to recover when $name",
    ({ record, want }) => {
      const { incidents, meanTimeToRecoverMs } = uptimeOf(record);

      expect([incidents, meanTimeToRecoverMs]).toEqual(want);
    },
  );
});

describe("hasUptime()", () => {
  it.each([
    { name: "a partner", state: aState(), want: true },
    { name: "a source", state: aSource(), want: false },
  ])("is $want for $name", ({ state, want }) => {
    expect(hasUptime(recallConnection(aRecord({ state }), minute(101)))).toBe(want);
  });
});
