import { describe, expect, it } from "vitest";
import { getHistory } from "../../../src/app/get-history.ts";
import type { Change } from "../../../src/domain/history/connection-event.ts";
import { digest } from "../../builders/a-policy.ts";
import { aDay, anEvent, aSnapshot, at, PARTNER_ID, TENANT } from "../http/builders.ts";
import { aStoredHistory } from "../http/stored-history.ts";

const KEY = digest(PARTNER_ID);
const RANGE = {
  tenantId: TENANT.tenantId,
  fromMs: at("2026-11-22T00:00:00Z"),
  toMs: at("2026-11-23T00:00:00Z"),
  limit: 10,
};

function alertChange(overrides: Partial<Extract<Change, { type: "alert" }>>): Change {
  return {
    type: "alert",
    ruleId: "expiry",
    from: "inactive",
    to: "firing",
    reason: "confirmed",
    told: {},
    ...overrides,
  };
}

const EXPIRY_ERROR = alertChange({ severity: "error" });
const SYNC_ERROR = alertChange({ ruleId: "sync-age", severity: "error" });
const CONFIGURATION: Change = { type: "configuration", severity: "warning", changes: ["isConfigured true → false"] };
const APPEARED: Change = { type: "appeared", returned: false };
const BUSY = anEvent({ changes: [APPEARED, EXPIRY_ERROR, SYNC_ERROR, CONFIGURATION] });

describe("getHistory()", () => {
  it("reads a page of snapshots by one request", async () => {
    const history = aStoredHistory(TENANT.tenantId);
    const snapshot = aSnapshot();
    await history.addSnapshots(snapshot);

    const result = await getHistory({ history }, { view: "snapshots", range: RANGE, connectionKey: KEY });

    expect(result).toEqual({ kind: "snapshots", page: { rows: [snapshot] } });
    expect(history.calls).toEqual(["snapshots"]);
  });

  it("reads a page of days by one request, the day in which the range begins among them", async () => {
    const history = aStoredHistory(TENANT.tenantId);
    const days = ["2026-11-21", "2026-11-22", "2026-11-23"].map((date) => aDay({ dayMs: at(`${date}T00:00:00Z`) }));
    await history.addDays(...days);
    const range = { ...RANGE, fromMs: at("2026-11-22T23:59:00Z"), toMs: at("2026-11-23T00:01:00Z") };

    const result = await getHistory({ history }, { view: "daily", range, connectionKey: KEY });

    expect(result).toEqual({ kind: "daily", page: { rows: [days[2], days[1]] } });
    expect(history.calls).toEqual(["daily"]);
  });

  it("reads the events of a whole tenant", async () => {
    const history = aStoredHistory(TENANT.tenantId);
    const other = anEvent({ connectionKey: "f".repeat(32), slotMs: at("2026-11-22T07:00:00Z") });
    await history.addEvents(BUSY, other);

    const result = await getHistory({ history }, { view: "events", range: RANGE, filter: {} });

    expect(result).toEqual({ kind: "events", page: { rows: [BUSY, other] } });
    expect(history.calls).toEqual(["events"]);
  });

  it.each([
    { name: "rule", filter: { rule: "expiry" as const }, want: [EXPIRY_ERROR] },
    { name: "severity", filter: { severity: "error" as const }, want: [EXPIRY_ERROR, SYNC_ERROR] },
    { name: "severity of a configuration change", filter: { severity: "warning" as const }, want: [CONFIGURATION] },
    {
      name: "rule and severity",
      filter: { rule: "sync-age" as const, severity: "error" as const },
      want: [SYNC_ERROR],
    },
  ])("keeps the changes of the wanted $name, and events that have any", async ({ filter, want }) => {
    const history = aStoredHistory(TENANT.tenantId);
    await history.addEvents(BUSY, anEvent({ slotMs: at("2026-11-22T07:00:00Z") }));

    const result = await getHistory({ history }, { view: "events", range: RANGE, filter });

    expect(result).toEqual({ kind: "events", page: { rows: [{ ...BUSY, changes: want }] } });
  });

  it("says where to go on behind a page that the filter has emptied", async () => {
    const history = aStoredHistory(TENANT.tenantId);
    await history.addEvents(anEvent());

    const range = { ...RANGE, limit: 1 };
    const result = await getHistory(
      { history },
      { view: "events", range, connectionKey: KEY, filter: { rule: "expiry" } },
    );

    expect(result).toMatchObject({ kind: "events", page: { rows: [], next: expect.any(String) } });
    expect(history.calls).toEqual(["events"]);
  });

  it.each(["snapshots", "events"] as const)(
    "does not know a connection that left no %s and nothing else",
    async (view) => {
      const history = aStoredHistory(TENANT.tenantId);

      const result = await getHistory({ history }, { view, range: RANGE, connectionKey: KEY, filter: {} });

      expect(result).toEqual({ kind: "unknown-connection" });
      expect(history.calls).toEqual([view, "hasConnection"]);
    },
  );

  it("gives an empty page of a connection that had nothing in the window", async () => {
    const history = aStoredHistory(TENANT.tenantId);
    await history.addSnapshots(aSnapshot({ slotMs: RANGE.toMs }));

    const result = await getHistory({ history }, { view: "snapshots", range: RANGE, connectionKey: KEY });

    expect(result).toEqual({ kind: "snapshots", page: { rows: [] } });
  });

  it("asks for no connection behind the first page", async () => {
    const history = aStoredHistory(TENANT.tenantId);

    await getHistory({ history }, { view: "snapshots", range: { ...RANGE, after: "9" }, connectionKey: KEY });

    expect(history.calls).toEqual(["snapshots"]);
  });
});
