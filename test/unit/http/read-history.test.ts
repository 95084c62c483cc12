import { describe, expect, it } from "vitest";
import type { CheckedHistoryQuery } from "../../../src/http/history-request.ts";
import { readHistory } from "../../../src/http/read-history.ts";
import { digest } from "../../builders/a-policy.ts";
import { aDay, anEvent, aSource, aState, at, PARTNER_ID, TENANT } from "./builders.ts";
import { aStoredHistory } from "./stored-history.ts";

const QUERY: CheckedHistoryQuery = {
  tenantId: TENANT.tenantId,
  connectionKey: digest(PARTNER_ID),
  view: "snapshots",
  fromMs: at("2026-11-22T00:00:00Z"),
  toMs: at("2026-11-22T10:00:00Z"),
  maxPageSize: 1,
  format: "json",
};
const PLACE = { after: undefined, nowMs: at("2026-11-22T10:01:00Z") };

async function aWorld() {
  const history = aStoredHistory(TENANT.tenantId);
  await history.addStates(aState(), aState({ reading: aSource("connectorStatus") }));
  await history.addEvents(anEvent());
  await history.addDays(aDay(), aDay({ dayMs: at("2026-11-21T00:00:00Z") }));
  return { history, deps: { history, store: history.store, digest } };
}

describe("readHistory()", () => {
  it.each([
    { view: "snapshots", rows: 0, hasNext: false },
    { view: "events", rows: 1, hasNext: true },
    { view: "intervals", rows: 1, hasNext: true },
    { view: "uptime", rows: 1, hasNext: false },
    { view: "daily", rows: 1, hasNext: true },
  ] as const)("reads a page of $view", async ({ view, rows, hasNext }) => {
    const { deps } = await aWorld();

    const answer = await readHistory(deps, { ...QUERY, view }, PLACE);

    expect(answer).toMatchObject({ kind: "page", list: { view } });
    expect(answer.kind === "page" ? answer.list.value : []).toHaveLength(rows);
    expect(answer.kind === "page" && answer.next !== undefined).toBe(hasNext);
  });

  it.each(["snapshots", "events", "intervals", "uptime"] as const)(
    "does not know a connection without %s",
    async (view) => {
      const { deps } = await aWorld();

      const answer = await readHistory(deps, { ...QUERY, view, connectionKey: "f".repeat(32) }, PLACE);

      expect(answer).toEqual({ kind: "unknown-connection" });
    },
  );

  it("hands the filter on", async () => {
    const { deps } = await aWorld();

    const answer = await readHistory(deps, { ...QUERY, view: "intervals", rule: "heartbeat-age" }, PLACE);

    expect(answer).toMatchObject({ list: { value: [{ ruleId: "heartbeat-age" }] }, next: undefined });
  });

  it("tells the intervals of the scope that was asked for", async () => {
    const { deps } = await aWorld();
    const query = { ...QUERY, view: "intervals", scope: "whole", maxPageSize: 1_000 } as const;

    const answer = await readHistory(deps, query, PLACE);

    const rules =
      answer.kind === "page" && answer.list.view === "intervals" ? answer.list.value.map(({ ruleId }) => ruleId) : [];
    expect(new Set(rules)).toEqual(new Set([undefined]));
  });
});
