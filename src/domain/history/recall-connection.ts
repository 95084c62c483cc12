import { NOT_POLLED } from "../connections/describe-outcome.ts";
import { isRow, type Reading } from "../connections/reading.ts";
import type { ConnectionState } from "../poll/connection-state.ts";
import { RULES } from "../rules/catalogue.ts";
import type { RuleId } from "../rules/rule.ts";
import type { WindowMark } from "../suppression/maintenance-window.ts";
import { matchesConnection } from "../suppression/match-connection.ts";
import { nameOfQuiet, type QuietReason } from "../suppression/quiet-reason.ts";
import { alertTimeline, type PastAlert, tellsWhatWas } from "./alert-timeline.ts";
import { type Blindness, blindTimeline } from "./blind-timeline.ts";
import type { ConnectionEvent } from "./connection-event.ts";
import { changesOf } from "./dated-changes.ts";
import { setTimeline } from "./set-timeline.ts";
import { combine, type Timeline } from "./timeline.ts";
import { type Watch, watchTimeline } from "./watch-timeline.ts";

/** What is remembered of a connection now, and what polls have written down of it: all events since some time ago. */
export interface ConnectionRecord {
  readonly state: ConnectionState;
  /** It is watched, not among the gone. */
  readonly isLive: boolean;
  /** The tenant's and the source's own state; undefined where there is none or it cannot be read. */
  readonly tenant: ConnectionState | undefined;
  readonly source: ConnectionState | undefined;
  /** How often the tenant is polled, as its last poll said. */
  readonly periodMs: number | undefined;
  /** Newest first, as all of them. */
  readonly events: readonly ConnectionEvent[];
  readonly sourceEvents: readonly ConnectionEvent[];
  readonly tenantEvents: readonly ConnectionEvent[];
}

/** How a connection and each of its alerts stood through all time. */
export interface ConnectionPast {
  readonly sight: Timeline<Sight>;
  /** Names of the maintenance windows it was in. */
  readonly maintenance: Timeline<readonly string[]>;
  /** One entry for each rule that judges it, in the order of the catalogue. */
  readonly alerts: readonly RememberedAlert[];
}

/** Whether there was a connection to be watched, and whether it could be seen. */
export interface Sight extends Watch {
  readonly blind: Blindness;
}

/** One alert through all time. */
export interface RememberedAlert {
  readonly ruleId: RuleId;
  readonly standing: Timeline<PastAlert>;
  readonly quiet: Timeline<readonly QuietReason[]>;
}

/** Tells a connection's past from what was remembered and written down; events newer than the states are left for later. */
export function recallConnection(record: ConnectionRecord, nowMs: number): ConnectionPast {
  const { state, source, tenant, periodMs } = record;
  const events = until(state, record.events);
  const alerts = RULES.filter((rule) => rule.appliesTo.includes(state.reading.kind)).map(({ id }) =>
    recallAlert(id, events, state),
  );
  const blind = blindTimeline({ events: until(source, record.sourceEvents), state: source, periodMs }, nowMs);
  // A source that cannot be read is seen to be so; only when nobody asked it nothing is known of it.
  const hides = (reason: Blindness) => isRow(state.reading) || reason === NOT_POLLED;
  return {
    sight: combine(watchTimeline(events, record), blind, (watch, reason) => ({
      ...watch,
      blind: hides(reason) ? reason : undefined,
    })),
    maintenance: maintenanceTimeline(until(tenant, record.tenantEvents), tenant, state.reading),
    alerts,
  };
}

/**
 * Says whether events, newest first, reach back far enough to tell all that was from `fromMs` on; with the oldest event that
 * is kept they never reach further.
 *
 * One older event is wanted in any case, for what it says ended later, such as a gap; and one for each alert that no newer
 * one tells of.
 */
export function reachesBack(events: readonly ConnectionEvent[], fromMs: number): boolean {
  const oldest = events.at(-1);
  if (oldest === undefined || oldest.slotMs >= fromMs) return false;
  const settled = new Map<string, boolean>();
  for (const { slotMs, changes } of events) {
    for (const change of changes) {
      const isBefore = slotMs <= fromMs;
      if (change.type === "alert") settled.set(change.ruleId, isBefore || tellsWhatWas(change));
      if (change.type === "disappeared") settled.set("presence", true);
      if (change.type === "appeared") settled.set("presence", isBefore || !change.returned);
    }
  }
  return [...settled.values()].every(Boolean);
}

function recallAlert(ruleId: RuleId, events: readonly ConnectionEvent[], { alerts }: ConnectionState): RememberedAlert {
  const isOurs = ({ change }: { readonly change: { readonly ruleId: RuleId } }) => change.ruleId === ruleId;
  const suppression = changesOf(events, "suppression").filter(isOurs);
  return {
    ruleId,
    standing: alertTimeline(changesOf(events, "alert").filter(isOurs), alerts[ruleId]),
    quiet: setTimeline(
      suppression.map(({ atMs, change }) => ({ atMs, ...change })),
      alerts[ruleId]?.quiet ?? [],
      nameOfQuiet,
    ),
  };
}

function maintenanceTimeline(
  events: readonly ConnectionEvent[],
  tenant: ConnectionState | undefined,
  { connectionId, displayName: connectionName, kind: connectionKind }: Reading,
): Timeline<readonly string[]> {
  const subject = { connectionId, connectionName, connectionKind };
  const only = (marks: readonly WindowMark[] = []) =>
    marks.flatMap(({ name, match }) => (matchesConnection(match, subject) ? name : []));
  const changes = changesOf(events, "maintenance").map(({ atMs, change: { began, ended } }) => {
    return { atMs, began: only(began), ended: only(ended) };
  });
  return setTimeline(changes, only(tenant?.activeWindows), (name) => name);
}

/** Turns events round, oldest first, and leaves out what came after the state was read, or from a clock ahead of ours. */
function until(
  state: Pick<ConnectionState, "lastSlotMs"> | undefined,
  events: readonly ConnectionEvent[],
): readonly ConnectionEvent[] {
  const lastSlotMs = state?.lastSlotMs ?? Number.POSITIVE_INFINITY;
  return events.filter(({ slotMs }) => slotMs <= lastSlotMs).toReversed();
}
