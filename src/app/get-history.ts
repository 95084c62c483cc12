import type { Change, ConnectionEvent } from "../domain/history/connection-event.ts";
import { type DailyRollup, dayOf } from "../domain/history/daily.ts";
import type { Snapshot } from "../domain/history/snapshot.ts";
import type { RuleId, Severity } from "../domain/rules/rule.ts";
import type { HistoryPage, HistoryRange, HistoryStore } from "../ports/history-store.ts";

/** What `getHistory` reads from. */
export interface GetHistoryDeps {
  readonly history: Pick<HistoryStore, "snapshots" | "events" | "daily" | "hasConnection">;
}

/** Which changes are wanted; both given, both must hold. */
interface ChangeFilter {
  readonly rule?: RuleId | undefined;
  /** Exactly this severity. */
  readonly severity?: Severity | undefined;
}

/** One page of one view of a tenant's history. */
export type HistoryRequest =
  | {
      /** Of `daily` the day that holds the beginning of the range comes whole. */
      readonly view: "snapshots" | "daily";
      readonly range: HistoryRange;
      readonly connectionKey: string;
    }
  | {
      readonly view: "events";
      readonly range: HistoryRange;
      /** Absent for the events of the whole tenant. */
      readonly connectionKey?: string | undefined;
      readonly filter: ChangeFilter;
    };

/** What came of asking. */
export type HistoryResult =
  | { readonly kind: "snapshots"; readonly page: HistoryPage<Snapshot> }
  | { readonly kind: "daily"; readonly page: HistoryPage<DailyRollup> }
  | { readonly kind: "events"; readonly page: HistoryPage<ConnectionEvent> }
  | { readonly kind: "unknown-connection" };

/**
 * Reads one page of a tenant's history, newest first, by one storage request.
 *
 * 1. Reads the page.
 * 2. Asks whether the connection exists, only when its first page is empty.
 * 3. Keeps the changes that are wanted: a page may hold fewer rows than were read.
 * @throws {DependencyError} When storage cannot be read.
 */
export async function getHistory({ history }: GetHistoryDeps, request: HistoryRequest): Promise<HistoryResult> {
  const { range, connectionKey } = request;
  const result = await readPage(history, request);

  const isEmpty = result.page.rows.length === 0 && range.after === undefined;
  if (isEmpty && connectionKey !== undefined && !(await history.hasConnection(range.tenantId, connectionKey))) {
    return { kind: "unknown-connection" };
  }

  if (result.kind !== "events" || request.view !== "events") return result;
  return { kind: "events", page: { ...result.page, rows: filterEvents(result.page.rows, request.filter) } };
}

async function readPage(
  history: GetHistoryDeps["history"],
  request: HistoryRequest,
): Promise<Exclude<HistoryResult, { kind: "unknown-connection" }>> {
  const { view, range } = request;
  switch (view) {
    case "snapshots":
      return { kind: view, page: await history.snapshots(range, request.connectionKey) };
    case "daily":
      return {
        kind: view,
        page: await history.daily({ ...range, fromMs: dayOf(range.fromMs) }, request.connectionKey),
      };
    case "events":
      return { kind: view, page: await history.events(range, request.connectionKey) };
  }
}

function filterEvents(events: readonly ConnectionEvent[], filter: ChangeFilter): readonly ConnectionEvent[] {
  if (filter.rule === undefined && filter.severity === undefined) return events;
  return events
    .map((event) => ({ ...event, changes: event.changes.filter((change) => isWanted(change, filter)) }))
    .filter(({ changes }) => changes.length > 0);
}

function isWanted(change: Change, { rule, severity }: ChangeFilter): boolean {
  return (
    (rule === undefined || ("ruleId" in change && change.ruleId === rule)) &&
    (severity === undefined || ("severity" in change && change.severity === severity))
  );
}
