import { type OutboxRow, plannedRow } from "../delivery/notification.ts";
import type { ConnectionEvent } from "../history/connection-event.ts";
import { type ChangeOf, changesOf } from "../history/dated-changes.ts";
import { ruleOf } from "../rules/catalogue.ts";

/** A connection whose state cannot be read, as far as other rows tell of it. */
export interface ResetInput {
  readonly tenantId: string;
  readonly tenantName: string;
  readonly connectionKey: string;
  /** All that are kept, newest first. */
  readonly events: readonly ConnectionEvent[];
  /** The newest slot that the tenant was polled for; undefined when that is not known. */
  readonly lastSlotMs: number | undefined;
  readonly nowMs: number;
}

/** What ends with a state that is set aside. */
export interface ResetPlan {
  /** Absent when no alert was open. */
  readonly event?: ConnectionEvent;
  /** At most 80. */
  readonly outbox: readonly OutboxRow[];
}

/** The most notifications of a reset, as of a poll: with the other rows they fit one transaction. */
const MAX_NOTIFICATIONS = 80;

type AlertChange = ChangeOf<"alert">;

/** An alert that was open when the state was last written. */
interface OpenAlert {
  readonly newest: AlertChange;
  readonly episode: string;
  /** Those that were told of the episode and not of its end. */
  readonly channels: readonly string[];
}

/**
 * Plans the end of all alerts that the events of a connection leave open: a `resolved`, reason `state-reset`, to every
 * channel that they name.
 *
 * The slot lies behind all that was polled and before all that will be, so that a new episode is told after this end.
 */
export function planReset(input: ResetInput): ResetPlan {
  const { connectionKey, events, lastSlotMs = 0, nowMs } = input;
  const [last] = events;
  const open = findOpen(events);
  if (last === undefined || open.length === 0) return { outbox: [] };
  const { connectionId, displayName } = last;
  const slotMs = Math.max(lastSlotMs, last.slotMs) + 1;
  const event = { connectionKey, connectionId, displayName, slotMs, observedAtMs: nowMs, changes: open.map(toChange) };
  const outbox = open.flatMap((alert) => alert.channels.map((channel) => toRow(alert, channel, { input, event })));
  return { event, outbox: outbox.slice(0, MAX_NOTIFICATIONS) };
}

/** The newest change of an alert says whether it is open, those of its episode whom it was told to. */
function findOpen(events: readonly ConnectionEvent[]): readonly OpenAlert[] {
  const changes = changesOf(events, "alert").map(({ change }) => change);
  const histories = Map.groupBy(changes, ({ ruleId }) => ruleId);
  return [...histories.values()].flatMap((history) => {
    const [newest] = history;
    const isOpen = newest?.to === "firing" || newest?.to === "recovering";
    const { episode } = newest ?? {};
    if (newest === undefined || !isOpen || episode === undefined) return [];
    return { newest, episode, channels: channelsOf(history.filter((change) => change.episode === episode)) };
  });
}

/** Of the changes of one episode, newest first, the first word to a channel is the last one it was told. */
function channelsOf(changes: readonly AlertChange[]): readonly string[] {
  const told = Object.fromEntries(changes.toReversed().flatMap((change) => Object.entries(change.told)));
  return Object.entries(told).flatMap(([channel, kind]) => (kind === "resolved" ? [] : channel));
}

function toChange({ newest, episode, channels }: OpenAlert): AlertChange {
  const { ruleId, to: from, severity } = newest;
  return {
    type: "alert",
    ruleId,
    from,
    to: "inactive",
    reason: "state-reset",
    episode,
    ...(severity === undefined ? {} : { severity }),
    told: Object.fromEntries(channels.map((channel) => [channel, "resolved"])),
    why: Object.fromEntries(channels.map((channel) => [channel, "ended"])),
  };
}

function toRow(
  { newest, episode }: OpenAlert,
  channel: string,
  { input, event }: { readonly input: ResetInput; readonly event: ConnectionEvent },
): OutboxRow {
  const { ruleId, severity = "info" } = newest;
  const { tenantId, tenantName, nowMs } = input;
  const { connectionKey, connectionId, displayName, slotMs, observedAtMs } = event;
  const { appliesTo, remedy } = ruleOf(ruleId);
  const endOfKey = episode.lastIndexOf("-");
  // The id of a connection begins with its kind, but for that of a tenant seen from outside.
  const connectionKind = appliesTo.find((kind) => connectionId.split(":")[0] === kind) ?? "tenant-watch";
  const facts = {
    tenantId,
    tenantName,
    connectionKey,
    connectionId,
    connectionKind,
    connectionName: displayName,
    ruleId,
    alertKey: episode.slice(0, endOfKey),
    episode,
    kind: "resolved",
    reason: "ended",
    endReason: "state-reset",
    severity,
    slotMs,
    observedAtMs,
    firedSlotMs: Number(episode.slice(endOfKey + 1)),
    standing: { standing: "active" },
    consequence: "",
    remedy,
  } as const;
  return plannedRow(facts, channel, nowMs);
}
