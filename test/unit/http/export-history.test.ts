import { describe, expect, it } from "vitest";
import type { ConnectionEvent } from "../../../src/domain/history/connection-event.ts";
import { exportHistory } from "../../../src/http/export-history.ts";
import type { CheckedHistoryQuery } from "../../../src/http/history-request.ts";
import type { HistoryPage, HistoryRange } from "../../../src/ports/history-store.ts";
import { digest } from "../../builders/a-policy.ts";
import { anEvent, aState, at, PARTNER_ID, TENANT } from "./builders.ts";
import { parseCsv } from "./parse-csv.ts";
import { aStoredHistory } from "./stored-history.ts";

const NOW_MS = at("2026-11-22T10:00:00Z");

function aQuery<const Format extends "csv" | "ndjson">(overrides: Partial<CheckedHistoryQuery>, format: Format) {
  const query = { tenantId: TENANT.tenantId, view: "events", fromMs: 0, toMs: NOW_MS, maxPageSize: 100 } as const;
  return { ...query, ...overrides, format };
}

/** A history of so many events, of which each page holds at most what it is asked for. */
function eventsOf(count: number, event: Partial<ConnectionEvent> = {}) {
  const history = aStoredHistory(TENANT.tenantId);
  const requests: HistoryRange[] = [];
  const events = async (range: HistoryRange): Promise<HistoryPage<ConnectionEvent>> => {
    requests.push(range);
    const begin = Number(range.after ?? 0);
    const end = Math.min(count, begin + range.limit);
    const rows = Array.from({ length: end - begin }, (_, index) =>
      anEvent({ slotMs: NOW_MS - begin - index, ...event }),
    );
    return end === count ? { rows } : { rows, next: String(end) };
  };
  return { deps: { history: { ...history, events }, store: history.store, digest }, requests };
}

describe("exportHistory()", () => {
  it("writes all pages as one table with one header", async () => {
    const { deps, requests } = eventsOf(2_500);

    const result = await exportHistory(deps, aQuery({}, "csv"), NOW_MS);

    const [header, ...lines] = result.kind === "text" ? parseCsv(result.text) : [];
    expect(header?.slice(0, 2)).toEqual(["slotDateTime", "observedDateTime"]);
    expect(new Set(lines.map(([slot]) => slot)).size).toBe(2_500);
    expect(requests.map(({ limit, after }) => [limit, after])).toEqual([
      [1_000, undefined],
      [1_000, "1000"],
      [1_000, "2000"],
    ]);
  });

  it("writes rows as lines of JSON, as a page holds them", async () => {
    const { deps } = eventsOf(2);

    const result = await exportHistory(deps, aQuery({}, "ndjson"), NOW_MS);

    const lines = result.kind === "text" ? result.text.trimEnd().split("\n") : [];
    expect(lines.map((line) => JSON.parse(line))).toEqual([
      expect.objectContaining({ displayName: "Jamf", changes: [{ type: "appeared", returned: false }] }),
      expect.objectContaining({ displayName: "Jamf" }),
    ]);
  });

  it("keeps the header of a table without rows", async () => {
    const result = await exportHistory(eventsOf(0).deps, aQuery({}, "csv"), NOW_MS);

    expect(result.kind === "text" && parseCsv(result.text)).toHaveLength(1);
  });

  it.each([
    { count: 20_000, want: "text" },
    { count: 20_001, want: "too-much" },
  ])("gives $want for $count rows", async ({ count, want }) => {
    expect((await exportHistory(eventsOf(count).deps, aQuery({}, "csv"), NOW_MS)).kind).toBe(want);
  });

  it("gives up on rows that are too long for one answer", async () => {
    const { deps } = eventsOf(4_000, { displayName: "x".repeat(10_000) });

    expect((await exportHistory(deps, aQuery({}, "ndjson"), NOW_MS)).kind).toBe("too-much");
  });

  it("reads no more than 50 pages for a filter that leaves nothing", async () => {
    const { deps, requests } = eventsOf(60_000);

    expect((await exportHistory(deps, aQuery({ rule: "expiry" }, "csv"), NOW_MS)).kind).toBe("too-much");
    expect(requests).toHaveLength(50);
  });

  it("tells all intervals at once", async () => {
    const history = aStoredHistory(TENANT.tenantId);
    await history.addStates(aState());
    const connectionKey = digest(PARTNER_ID);
    const rows = Array.from({ length: 1_200 }, (_, index) => {
      const [from, to] = index % 2 === 0 ? (["pending", "inactive"] as const) : (["inactive", "pending"] as const);
      const change = { type: "alert", ruleId: "heartbeat-age", from, to, reason: "confirming", told: {} } as const;
      return anEvent({ slotMs: NOW_MS - (index + 1) * 60_000, changes: [change] });
    });
    const events = async (_range: HistoryRange, key?: string) => ({ rows: key === connectionKey ? rows : [] });
    const deps = { history: { ...history, events }, store: history.store, digest };

    const result = await exportHistory(deps, aQuery({ view: "intervals", connectionKey }, "csv"), NOW_MS);

    expect(result.kind === "text" && parseCsv(result.text).length).toBeGreaterThan(1_200);
    expect(history.calls.filter((call) => call === "loadLive")).toHaveLength(1);
  });

  it("says why a view cannot be told", async () => {
    const history = aStoredHistory(TENANT.tenantId);
    const query = aQuery({ view: "snapshots", connectionKey: "0".repeat(32) }, "csv");

    expect(await exportHistory({ history, store: history.store, digest }, query, NOW_MS)).toEqual({
      kind: "unknown-connection",
    });
  });

  it("keeps hostile names inert", async () => {
    const displayName = '=cmd|"/c calc"!A1\u202e,"x';
    const result = await exportHistory(eventsOf(1, { displayName }).deps, aQuery({}, "csv"), NOW_MS);

    const rows = result.kind === "text" ? parseCsv(result.text) : [];
    expect(rows[1]?.[4]).toBe(`'${displayName}`);
  });
});
