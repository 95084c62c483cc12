import { describe, expect, it } from "vitest";
import { MAX_SNAPSHOTS, MAX_STEPS, type PreviewRequest, previewTrial } from "../../../src/app/preview-trial.ts";
import type { Snapshot } from "../../../src/domain/history/snapshot.ts";
import { HOUR_MS, MINUTE_MS } from "../../../src/domain/units.ts";
import type { HistoryPage } from "../../../src/ports/history-store.ts";
import { aPolicy, digest } from "../../builders/a-policy.ts";
import { aConnector, aPartner, aSnapshot, aSource, aState, at, PARTNER_ID, TENANT } from "../http/builders.ts";
import { aStoredHistory } from "../http/stored-history.ts";

const KEY = digest(PARTNER_ID);
const FROM_MS = at("2026-11-22T00:00:00Z");
const PERIOD_MS = 15 * MINUTE_MS;

function aRequest(overrides: Partial<PreviewRequest> = {}): PreviewRequest {
  return {
    policy: aPolicy({ tenantId: TENANT.tenantId }),
    connectionKey: undefined,
    rules: { "heartbeat-age": { limits: { warnAfterMs: 30 * MINUTE_MS } } },
    span: { fromMs: FROM_MS, toMs: FROM_MS + 3 * HOUR_MS },
    ...overrides,
  };
}

/** A partner whose last beat was at the beginning, and a connector. */
async function aWorld() {
  const history = aStoredHistory(TENANT.tenantId);
  const beat = { atMs: FROM_MS, asSent: "2026-11-22T00:00:00Z" };
  await history.addStates(aState({ connectionKey: KEY }), aState({ reading: aConnector() }));
  await history.addStates(aState({ reading: aSource("connectorStatus") }));
  const slots = [-4, 0, 4, 8, 11].map((polls) => FROM_MS + polls * PERIOD_MS);
  const reading = aPartner({ lastContact: beat });
  await history.addSnapshots(...slots.map((slotMs) => aSnapshot({ slotMs, observedAtMs: slotMs, reading })));
  history.clearCalls();
  const pauses: string[] = [];
  const yieldNow = async () => pauses.push("pause");
  return { history, pauses, deps: { history, store: history.store, yieldNow } };
}

describe("previewTrial()", () => {
  it("replays what is stored of a tenant's partners and connectors, page by page, and begins with what was known", async () => {
    const { deps, history } = await aWorld();

    const result = await previewTrial(deps, aRequest());

    expect(result).toMatchObject({
      kind: "preview",
      snapshots: 5,
      connections: [{ state: { connectionKey: KEY }, rules: [{ ruleId: "heartbeat-age" }] }],
    });
    expect(history.calls).toEqual(["loadLive", "snapshots", "snapshots"]);
  });

  it.each([
    { when: "from the beginning on", earlierMs: 0, wantMs: FROM_MS },
    { when: "for a part of the time", earlierMs: 3 * HOUR_MS, wantMs: FROM_MS - HOUR_MS },
  ])("says since when readings are stored: $when", async ({ earlierMs, wantMs }) => {
    const { deps } = await aWorld();
    const span = { fromMs: FROM_MS - earlierMs, toMs: FROM_MS + 3 * HOUR_MS };

    const result = await previewTrial(deps, aRequest({ span }));

    expect(result).toMatchObject({ connections: [{ sinceMs: wantMs }] });
  });

  it("tells when it would have fired", async () => {
    const { deps } = await aWorld();

    const result = await previewTrial(deps, aRequest());

    const [rule] = result.kind === "preview" ? (result.connections[0]?.rules ?? []) : [];
    expect(rule?.current.episodes).toEqual([]);
    expect(rule?.tried.episodes).toEqual([{ firedMs: FROM_MS + 4 * PERIOD_MS, severity: "warning" }]);
  });

  it("reads no more than the connection that is asked for", async () => {
    const { deps, history } = await aWorld();

    const result = await previewTrial(deps, aRequest({ connectionKey: KEY }));

    expect(result).toMatchObject({ kind: "preview", snapshots: 5 });
    expect(history.calls).toEqual(["loadLive", "snapshots"]);
  });

  it.each([
    { what: "a connection that is not there", connectionKey: "f".repeat(32) },
    { what: "a source, which has no readings", connectionKey: digest("source:connectorStatus") },
  ])("knows nothing of $what", async ({ connectionKey }) => {
    const { deps } = await aWorld();

    expect(await previewTrial(deps, aRequest({ connectionKey }))).toEqual({ kind: "unknown-connection" });
  });

  it("says that a state cannot be read", async () => {
    const { deps, history } = await aWorld();
    history.spoil(KEY);

    expect(await previewTrial(deps, aRequest({ connectionKey: KEY }))).toEqual({ kind: "unreadable-connection" });
  });

  it("names limits that contradict, and reads nothing for them", async () => {
    const { deps, history } = await aWorld();

    const result = await previewTrial(deps, aRequest({ rules: { "heartbeat-age": { limits: { errorFromMs: 1 } } } }));

    expect(result).toEqual({
      kind: "bad-rules",
      problems: [
        { ruleId: "heartbeat-age", limit: "warnAfter", expected: "below errorFrom" },
        { ruleId: "heartbeat-age", limit: "errorFrom", expected: "above warnAfter" },
      ],
    });
    expect(history.calls).toEqual(["loadLive"]);
  });

  it.each([
    { count: MAX_SNAPSHOTS, kind: "preview" },
    { count: MAX_SNAPSHOTS + 1, kind: "too-many-snapshots" },
  ])("makes $kind of $count readings of all connections together", async ({ count, kind }) => {
    const { deps } = await aWorld();
    const half = Math.floor(count / 2);
    const sizes = new Map([
      [KEY, half],
      [digest(aConnector().connectionId), count - half],
    ]);
    const snapshots = async (_range: unknown, key: string): Promise<HistoryPage<Snapshot>> => ({
      rows: Array.from({ length: sizes.get(key) ?? 0 }, () => aSnapshot({ connectionKey: key })),
    });

    const result = await previewTrial({ ...deps, history: { snapshots } }, aRequest());

    expect(result.kind).toBe(kind);
  });

  it.each([
    { excess: 0, kind: "preview" },
    { excess: 1, kind: "too-many-steps" },
  ])("makes $kind of $excess steps beyond the most, over all rules and connections", async ({ excess, kind }) => {
    const { deps } = await aWorld();
    const snapshots = async (): Promise<HistoryPage<Snapshot>> => ({ rows: [aSnapshot({ slotMs: FROM_MS })] });
    const rules = { "heartbeat-age": { enabled: false }, "data-problem": { enabled: false } };
    const policy = aPolicy({ ...TENANT, periodMs: MINUTE_MS, rules: { preset: "recommended", rules, overrides: [] } });
    // Both rules judge both connections.
    const span = { fromMs: FROM_MS, toMs: FROM_MS + (MAX_STEPS / 4 + excess) * MINUTE_MS };

    const result = await previewTrial({ ...deps, history: { snapshots } }, aRequest({ policy, rules, span }));

    expect(result.kind).toBe(kind);
  });

  it("lets others run while it replays", async () => {
    const { deps, pauses } = await aWorld();
    const span = { fromMs: FROM_MS, toMs: FROM_MS + 2_000 * PERIOD_MS };

    await previewTrial(deps, aRequest({ span }));

    expect(pauses).toHaveLength(3 * 2);
  });
});
