import { describe, expect, it } from "vitest";
import { getIntervals, type IntervalsRequest } from "../../../src/app/get-intervals.ts";
import type { Change } from "../../../src/domain/history/connection-event.ts";
import { toIso } from "../../../src/domain/time.ts";
import { digest } from "../../builders/a-policy.ts";
import { anEvent, aState, at, PARTNER_ID, TENANT } from "../http/builders.ts";
import { aStoredHistory } from "../http/stored-history.ts";

const KEY = digest(PARTNER_ID);
const RANGE = {
  tenantId: TENANT.tenantId,
  fromMs: at("2026-11-22T08:00:00Z"),
  toMs: at("2026-11-22T09:00:00Z"),
  limit: 1_000,
};

function change(overrides: Partial<Extract<Change, { type: "alert" }>>): Change {
  return {
    type: "alert",
    ruleId: "heartbeat-age",
    from: "inactive",
    to: "firing",
    reason: "confirmed",
    told: {},
    ...overrides,
  };
}

async function aWorld() {
  const history = aStoredHistory(TENANT.tenantId);
  await history.addStates(aState());
  await history.addEvents(
    anEvent({ slotMs: at("2026-11-22T08:10:00Z"), changes: [change({ severity: "warning" })] }),
    anEvent({
      slotMs: at("2026-11-22T08:20:00Z"),
      changes: [
        change({ from: "firing", severity: "error", reason: "severity-rose" }),
        change({ ruleId: "partner-state", severity: "error" }),
      ],
    }),
  );
  const get = (request: Partial<IntervalsRequest> = {}) =>
    getIntervals(
      { history, store: history.store, digest },
      { range: RANGE, connectionKey: KEY, filter: {}, nowMs: at("2026-11-22T10:00:00Z"), ...request },
    );
  return { history, get };
}

async function say(result: ReturnType<Awaited<ReturnType<typeof aWorld>>["get"]>) {
  const found = await result;
  if (found.kind !== "intervals") throw new Error(found.kind);
  return found.page.rows.map(
    ({ fromMs, value }) => `${toIso(fromMs).slice(14, 16)} ${value.ruleId ?? "whole"} ${value.state}`,
  );
}

describe("getIntervals()", () => {
  it("tells of the whole and of each rule, newest first, the whole before its rules", async () => {
    const { get } = await aWorld();

    expect(await say(get())).toEqual([
      "20 whole error",
      "20 partner-state firing",
      "20 heartbeat-age firing",
      "10 whole warning",
      "10 heartbeat-age firing",
      "00 whole ok",
      "00 partner-state inactive",
      "00 heartbeat-age inactive",
      "00 first-heartbeat inactive",
      "00 configuration-changed inactive",
      "00 connection-missing inactive",
      "00 data-problem inactive",
    ]);
  });

  it.each([
    {
      filter: { rule: "heartbeat-age" },
      want: ["20 heartbeat-age firing", "10 heartbeat-age firing", "00 heartbeat-age inactive"],
    },
    { filter: { severity: "warning" }, want: ["10 whole warning", "10 heartbeat-age firing"] },
    { filter: { rule: "heartbeat-age", severity: "error" }, want: ["20 heartbeat-age firing"] },
    { filter: { rule: "expiry" }, want: [] },
    { filter: { scope: "whole" }, want: ["20 whole error", "10 whole warning", "00 whole ok"] },
    { filter: { scope: "rules", severity: "warning" }, want: ["10 heartbeat-age firing"] },
  ] as const)("keeps what $filter wants", async ({ filter, want }) => {
    const { get } = await aWorld();

    expect(await say(get({ filter }))).toEqual(want);
  });

  it.each([1, 2, 5, 11, 12, 13])(
    "gives each exactly once in pages of %i, also when a poll learns more meanwhile",
    async (limit) => {
      const { history, get } = await aWorld();
      const all = await say(get());
      const found: string[] = [];
      let after: string | undefined;

      do {
        const result = await get({ range: { ...RANGE, limit, ...(after === undefined ? {} : { after }) } });
        if (result.kind !== "intervals") throw new Error(result.kind);
        found.push(...(await say(Promise.resolve(result))));
        after = result.page.next;
        expect(after ?? "0").toMatch(/^[\d|]{1,64}$/);
        await history.addEvents(
          anEvent({ slotMs: at("2026-11-22T09:30:00Z"), changes: [change({ from: "firing", to: "recovering" })] }),
        );
      } while (after !== undefined);

      expect(found).toEqual(all);
    },
  );

  it("hands on that there is no such connection", async () => {
    const { get } = await aWorld();

    expect(await get({ connectionKey: "f".repeat(32) })).toEqual({ kind: "unknown-connection" });
  });
});
