import { isRow } from "../domain/connections/reading.ts";
import {
  checkTrial,
  countSteps,
  previewRules,
  type RulePreview,
  type TrialProblem,
} from "../domain/history/preview-rules.ts";
import type { Snapshot } from "../domain/history/snapshot.ts";
import type { Span } from "../domain/history/timeline.ts";
import type { ConnectionState } from "../domain/poll/connection-state.ts";
import type { TenantPolicy } from "../domain/poll/tenant-policy.ts";
import type { RuleOverrides } from "../domain/rules/resolve-settings.ts";
import { HOUR_MS } from "../domain/units.ts";
import type { HistoryStore } from "../ports/history-store.ts";
import type { MonitorStore } from "../ports/monitor-store.ts";

/** What a preview is read from. */
export interface PreviewDeps {
  readonly store: Pick<MonitorStore, "loadLive">;
  readonly history: Pick<HistoryStore, "snapshots">;
  /** Lets all that waits run before it goes on. */
  readonly yieldNow: () => Promise<unknown>;
}

/** What is tried, of whom, and over which time. */
export interface PreviewRequest {
  readonly policy: TenantPolicy;
  /** Absent for all partners and connectors of the tenant. */
  readonly connectionKey: string | undefined;
  readonly rules: RuleOverrides;
  /** At most 90 days. */
  readonly span: Span;
}

/** What some settings would have made of one connection. */
export interface ConnectionPreview {
  readonly state: ConnectionState;
  /** Since when readings are stored, not before the span. */
  readonly sinceMs: number;
  readonly rules: readonly RulePreview[];
}

/** What came of trying. */
export type PreviewResult =
  | { readonly kind: "preview"; readonly snapshots: number; readonly connections: readonly ConnectionPreview[] }
  /** The settings contradict for some connection; what is wrong with several is said once. */
  | { readonly kind: "bad-rules"; readonly problems: readonly TrialProblem[] }
  | { readonly kind: "too-many-snapshots" | "too-many-steps" }
  | { readonly kind: "unknown-connection" }
  | { readonly kind: "unreadable-connection" };

/** So many stored readings are replayed for one answer. */
export const MAX_SNAPSHOTS = 35_000;

/** So many times a poll's step is judged by a rule, by both settings, for one answer: some seconds of computing. */
export const MAX_STEPS = 150_000;

const PAGE_SIZE = 1_000;

/**
 * Replays stored readings through settings of rules that are tried, and through those that hold: what would have fired.
 *
 * 1. Finds the connections, by one query, and checks that their limits do not contradict.
 * 2. Reads the snapshots of one connection after the other, 1,000 by a request, and replays them before the next one's,
 *    letting others run all the while: polls and deliveries share the thread.
 * Nothing is written.
 * @throws {DependencyError} When storage cannot be read.
 */
export async function previewTrial(deps: PreviewDeps, request: PreviewRequest): Promise<PreviewResult> {
  const { policy, connectionKey, rules, span } = request;
  const { states, unreadable } = await deps.store.loadLive(policy.tenantId);
  const wanted = states
    .map(({ value }) => value)
    .filter((state) => isRow(state.reading) && (connectionKey ?? state.connectionKey) === state.connectionKey);
  if (connectionKey !== undefined && wanted.length === 0) {
    const isUnreadable = unreadable.some((row) => row.connectionKey === connectionKey);
    return { kind: isUnreadable ? "unreadable-connection" : "unknown-connection" };
  }
  const found = wanted.flatMap(({ reading }) => checkTrial(policy, reading, rules));
  const problems = new Map(found.map((problem) => [`${problem.ruleId}.${problem.limit} ${problem.expected}`, problem]));
  if (problems.size > 0) return { kind: "bad-rules", problems: [...problems.values()] };

  const connections: ConnectionPreview[] = [];
  let count = 0;
  let stepCount = 0;
  for (const state of wanted) {
    // oxlint-disable-next-line no-await-in-loop -- the readings of all connections at once would not fit the memory
    const snapshots = await readSnapshots(
      deps,
      { ...request, connectionKey: state.connectionKey },
      MAX_SNAPSHOTS - count,
    );
    if (snapshots === undefined) return { kind: "too-many-snapshots" };
    count += snapshots.length;
    const { reading, firstSeenAtMs } = state;
    const record = { snapshots, reading, firstSeenAtMs };
    stepCount += countSteps(record, request, policy);
    if (stepCount > MAX_STEPS) return { kind: "too-many-steps" };
    // oxlint-disable-next-line no-await-in-loop -- as above
    const previews = await finish(previewRules(record, request, policy), deps);
    const [oldest] = snapshots;
    if (oldest === undefined || previews.length === 0) continue;
    connections.push({ state, sinceMs: Math.max(oldest.slotMs, span.fromMs), rules: previews });
  }
  return { kind: "preview", snapshots: count, connections };
}

/** Reads the snapshots of a span, and what was written within the hour before it, oldest first; undefined when there are too many. */
async function readSnapshots(
  { history }: PreviewDeps,
  { policy, connectionKey, span }: PreviewRequest & { readonly connectionKey: string },
  maxCount: number,
): Promise<readonly Snapshot[] | undefined> {
  const { tenantId, periodMs } = policy;
  const range = { tenantId, fromMs: span.fromMs - HOUR_MS - periodMs, toMs: span.toMs, limit: PAGE_SIZE };
  const snapshots: Snapshot[] = [];
  let after: string | undefined;
  do {
    // oxlint-disable-next-line no-await-in-loop -- each page begins where the one before it ended
    const page = await history.snapshots(after === undefined ? range : { ...range, after }, connectionKey);
    snapshots.push(...page.rows);
    if (snapshots.length > maxCount) return undefined;
    after = page.next;
  } while (after !== undefined);
  return snapshots.toReversed();
}

/** Does a work to its end, and lets others run wherever it pauses. */
async function finish<T>(work: Generator<undefined, T>, { yieldNow }: Pick<PreviewDeps, "yieldNow">): Promise<T> {
  for (;;) {
    const { done, value } = work.next();
    if (done === true) return value;
    // oxlint-disable-next-line no-await-in-loop -- that is what it is for
    await yieldNow();
  }
}
