import { describe, expect, it } from "vitest";
import type { ChangeBody, HistoryList } from "../../../src/http/contract/history.ts";
import { columnsOf, toLines } from "../../../src/http/history-columns.ts";
import { toSnapshot } from "../../../src/http/to-history.ts";
import { aConnector, aPartner, aSnapshot, at } from "./builders.ts";

const EVENT = {
  connectionKey: "k",
  connectionId: "connector:x",
  displayName: "Jamf",
  slotDateTime: "2026-11-22T08:00:00Z",
  observedDateTime: "2026-11-22T08:00:20Z",
};

/** The cells of the only line by the names of their columns, without the empty ones. */
function lineOf(list: HistoryList): Record<string, unknown> {
  const [line = [], ...more] = toLines(list);
  expect(more).toEqual([]);
  const cells = columnsOf(list.view).map((name, index) => [name, line[index]] as const);
  return Object.fromEntries(cells.filter(([, cell]) => cell !== undefined && cell !== null));
}

function changeLine(change: ChangeBody) {
  const {
    slotDateTime: _slot,
    observedDateTime: _observed,
    ...line
  } = lineOf({
    view: "events",
    value: [{ ...EVENT, changes: [change] }],
  });
  const { connectionKey: _key, connectionId: _id, displayName: _name, ...told } = line;
  return told;
}

describe("toLines()", () => {
  it("writes a partner's snapshot; a date that is never leaves its cell empty", () => {
    const removal = { atMs: at("2027-01-01T00:00:00Z"), asSent: "2027" };
    const reading = aPartner({ isConfigured: true, removalDeadline: removal, nonComplianceDeadline: "never" });

    expect(lineOf({ view: "snapshots", value: [toSnapshot(aSnapshot({ reading }))] })).toEqual({
      slotDateTime: "2026-11-22T09:00:00Z",
      observedDateTime: "2026-11-22T09:00:20Z",
      connectionKey: aSnapshot().connectionKey,
      connectionId: reading.connectionId,
      kind: "compliance-management-partner",
      displayName: "Jamf",
      state: "enabled",
      lastContactDateTime: "2026-11-22T09:00:00Z",
      removalDeadlineDateTime: "2027-01-01T00:00:00Z",
      isConfigured: true,
      problems: 0,
    });
  });

  it("writes a connector's snapshot with what its date means", () => {
    const eventDate = { atMs: at("2027-01-01T00:00:00Z"), asSent: "2027" };
    const reading = aConnector({ meaning: "expiry", eventDate, reportedHealthAsSent: "poorly" });

    expect(lineOf({ view: "snapshots", value: [toSnapshot(aSnapshot({ reading }))] })).toMatchObject({
      kind: "connector",
      state: "poorly",
      eventMeaning: "expiry",
      eventDateTime: "2027-01-01T00:00:00Z",
    });
  });

  it.each<{ change: ChangeBody; want: object }>([
    {
      change: {
        type: "alert",
        ruleId: "heartbeat-age",
        from: "pending",
        to: "firing",
        severity: "error",
        reason: "confirmed",
        episode: "e-1",
        evaluation: {
          verdict: "breach",
          reason: "silent",
          measured: { unit: "duration", value: "P3DT1H" },
          threshold: { unit: "duration", value: "P3D" },
        },
        told: [
          { channel: "ops", kind: "fired" },
          { channel: "pager", kind: "fired" },
        ],
      },
      want: {
        ruleId: "heartbeat-age",
        severity: "error",
        from: "pending",
        to: "firing",
        reason: "confirmed",
        episode: "e-1",
        measured: "P3DT1H",
        threshold: "P3D",
        told: "ops: fired; pager: fired",
      },
    },
    { change: { type: "appeared", returned: true }, want: { detail: "returned" } },
    { change: { type: "disappeared", reason: "absent" }, want: { reason: "absent" } },
    {
      change: { type: "configuration", severity: "warning", changes: ["ios off", "macOs off"] },
      want: { severity: "warning", detail: "ios off; macOs off" },
    },
    {
      change: { type: "standing", from: "active", to: "ignored", reason: "old" },
      want: { from: "active", to: "ignored", reason: "old" },
    },
    { change: { type: "state", from: "enabled", to: "terminated" }, want: { from: "enabled", to: "terminated" } },
    {
      change: {
        type: "suppression",
        ruleId: "expiry",
        began: [{ kind: "flapping" }],
        ended: [{ kind: "maintenance", name: "night" }],
      },
      want: { ruleId: "expiry", detail: "began: flapping; ended: maintenance" },
    },
    {
      change: { type: "maintenance", began: [{ name: "night", match: {} }], ended: [] },
      want: { detail: "began: night" },
    },
    {
      change: {
        type: "gap",
        fromDateTime: "2026-11-22T07:00:00Z",
        toDateTime: "2026-11-22T08:00:00Z",
        reason: "throttled",
      },
      want: { reason: "throttled", detail: "from 2026-11-22T07:00:00Z to 2026-11-22T08:00:00Z" },
    },
  ])("writes a change of type $change.type", ({ change, want }) => {
    expect(changeLine(change)).toStrictEqual({ type: change.type, ...want });
  });

  it("writes each change of an event as a line", () => {
    const changes = [{ type: "appeared", returned: false } as const, { type: "state", from: "a", to: "b" } as const];

    expect(toLines({ view: "events", value: [{ ...EVENT, changes }] })).toHaveLength(2);
  });

  it("writes an interval", () => {
    const value = [
      {
        ruleId: "expiry",
        state: "firing",
        startDateTime: "2026-11-22T07:00:00Z",
        quiet: [{ kind: "flapping" }],
        maintenance: ["night", "day"],
      },
    ] as const;

    expect(lineOf({ view: "intervals", value })).toEqual({
      startDateTime: "2026-11-22T07:00:00Z",
      ruleId: "expiry",
      state: "firing",
      quiet: "flapping",
      maintenance: "night; day",
    });
  });

  it("writes a day, with a column for each verdict", () => {
    const seconds = { upSeconds: 1, downSeconds: 2, unknownSeconds: 3, maintenanceSeconds: 4, coveredSeconds: 3 };
    const day = {
      connectionKey: "k",
      date: "2026-11-22",
      verdictSeconds: { ok: 5, critical: 6 },
      ...seconds,
      fired: 1,
    };

    expect(lineOf({ view: "daily", value: [day] })).toEqual({
      date: "2026-11-22",
      connectionKey: "k",
      ...seconds,
      fired: 1,
      "verdictSeconds.critical": 6,
      "verdictSeconds.error": 0,
      "verdictSeconds.warning": 0,
      "verdictSeconds.unknown": 0,
      "verdictSeconds.info": 0,
      "verdictSeconds.pending": 0,
      "verdictSeconds.ok": 5,
      "verdictSeconds.not-judged": 0,
    });
  });

  it("writes the uptime in numbers", () => {
    const seconds = { upSeconds: 1, downSeconds: 2, unknownSeconds: 3, maintenanceSeconds: 4, coveredSeconds: 3 };

    expect(
      lineOf({ view: "uptime", value: [{ ratio: 0.3333, ...seconds, incidents: 1, meanTimeToRecover: "PT2S" }] }),
    ).toEqual({ ratio: 0.3333, ...seconds, incidents: 1, meanTimeToRecover: "PT2S" });
  });
});
