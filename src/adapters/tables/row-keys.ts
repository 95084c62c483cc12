import type { ChannelHealth } from "../../domain/delivery/channel-health.ts";
import { type Delivery, notificationId, type OutboxRow } from "../../domain/delivery/notification.ts";
import { InvariantError } from "../../domain/errors.ts";
import type { AuditEntry } from "../../domain/history/audit-entry.ts";
import type { DailyRollup } from "../../domain/history/daily.ts";
import type { Acknowledgement } from "../../domain/suppression/acknowledgement.ts";
import type { Silence } from "../../domain/suppression/silence.ts";
import type { HistoryRange } from "../../ports/history-store.ts";

/** The RowKeys between two others, both exclusive; ordinal, as the service compares. */
export interface KeyRange {
  readonly after: string;
  readonly before: string;
}

/** The newest instant that a RowKey can hold: 13 digits of epoch milliseconds, in the year 2286. */
const LAST_INSTANT_MS = 9_999_999_999_999;

/** Follows `|` in ordinal order, so that it ends every range of keys that go on with `|` or end. */
const END = "}";

/** RowKey of what the last poll left behind. */
export const HEAD_KEY = "live|head";

/** Prefix of all rows that a poll reads. */
export const LIVE_PREFIX = "live|";

/** Prefix of the states of watched connections. */
export const STATE_PREFIX = "live|state|";

/** Prefix of undelivered notifications. */
export const OUTBOX_PREFIX = "live|outbox|";

/** Prefix of the acknowledgements of alerts. */
export const ACKNOWLEDGEMENT_PREFIX = "live|ack|";

/** Prefix of the silences that polls read: those to come, those in force and those just over. */
export const SILENCE_PREFIX = "live|silence|";

/** Prefix of how the channels are doing; in the partition of the fleet only. */
export const CHANNEL_HEALTH_PREFIX = "live|channel|";

/** Prefix of the states of connections that are no longer watched. */
export const GONE_PREFIX = "gone|";

/** Prefix of the tenant's events of all connections, newest first. */
export const FEED_PREFIX = "feed|";

/** Prefix of all stored readings, connection by connection. */
export const SNAPSHOTS_PREFIX = "snap|";

/** Prefix of all daily roll-ups, connection by connection. */
export const DAYS_PREFIX = "day|";

/** Prefix of settled notifications, newest first. */
export const DELIVERY_PREFIX = "delivery|";

/** Prefix of notifications that were given up, newest first. */
export const DEAD_PREFIX = "dead|";

/** Names the state row of a watched connection. */
export function stateKey(connectionKey: string): string {
  return STATE_PREFIX + part(connectionKey);
}

/** Names the state row of a connection that is no longer watched. */
export function goneKey(connectionKey: string): string {
  return GONE_PREFIX + part(connectionKey);
}

/** Names the acknowledgement of an alert. */
export function acknowledgementKey({ alertKey }: Pick<Acknowledgement, "alertKey">): string {
  return ACKNOWLEDGEMENT_PREFIX + part(alertKey);
}

/** Names a silence that polls read. */
export function silenceKey({ id }: Pick<Silence, "id">): string {
  return SILENCE_PREFIX + part(id);
}

/** Prefix of states that could not be read and were set aside, newest first. */
export const BAD_PREFIX = "bad|";

/** Prefix of the records of what people did, newest first. */
export const AUDIT_PREFIX = "audit|";

/** Prefix of silences that are over and out of the way, the latest end first. */
export const ENDED_SILENCE_PREFIX = "silence|";

/** Names the state row of a connection that was set aside at an instant. */
export function badStateKey(connectionKey: string, atMs: number): string {
  return `${BAD_PREFIX}${rev(atMs)}|${stateKey(connectionKey)}`;
}

/** Says whether a row that was set aside was the state of a connection. */
export function isBadStateOf(rowKey: string, connectionKey: string): boolean {
  return rowKey.startsWith(BAD_PREFIX) && rowKey.endsWith(`|${stateKey(connectionKey)}`);
}

/** Names a silence that is over and was set aside, newest end first. */
export function endedSilenceKey({ untilMs, id }: Pick<Silence, "untilMs" | "id">): string {
  return `${ENDED_SILENCE_PREFIX}${rev(untilMs)}|${part(id)}`;
}

/** Names the record that a person did something, newest first. */
export function auditKey({ atMs, id }: Pick<AuditEntry, "atMs" | "id">): string {
  return `${AUDIT_PREFIX}${rev(atMs)}|${part(id)}`;
}

/** Names how a channel is doing. */
export function channelHealthKey({ channel }: Pick<ChannelHealth, "channel">): string {
  return CHANNEL_HEALTH_PREFIX + part(channel);
}

/** Names an undelivered notification; rows of one alert and channel sort by slot. */
export function outboxKey({ facts, channel }: OutboxRow): string {
  return `${OUTBOX_PREFIX}${part(facts.alertKey)}|${padded(checked(facts.slotMs))}|${part(channel)}`;
}

/** Prefix of one connection's events, newest first. */
export function eventsPrefix(connectionKey: string): string {
  return `event|${part(connectionKey)}|`;
}

/** Prefix of one connection's stored readings, newest first. */
export function snapshotsPrefix(connectionKey: string): string {
  return `${SNAPSHOTS_PREFIX}${part(connectionKey)}|`;
}

/** Prefix of one connection's daily roll-ups, newest first. */
export function daysPrefix(connectionKey: string): string {
  return `${DAYS_PREFIX}${part(connectionKey)}|`;
}

/** Names an event in the history of its connection. */
export function eventKey({ connectionKey, slotMs }: SlotOfConnection): string {
  return eventsPrefix(connectionKey) + rev(slotMs);
}

/** Names the same event in the feed of its tenant. */
export function feedKey({ connectionKey, slotMs }: SlotOfConnection): string {
  return `${FEED_PREFIX}${rev(slotMs)}|${part(connectionKey)}`;
}

/** Names, for a row of the feed, the row of the same event in the history of its connection; undefined for a stray row. */
export function eventKeyOf(feedRowKey: string): string | undefined {
  const [, revSlot, connectionKey] = /^feed\|(\d{13})\|([\w.-]{1,200})$/.exec(feedRowKey) ?? [];
  return revSlot === undefined || connectionKey === undefined ? undefined : eventsPrefix(connectionKey) + revSlot;
}

/** Names a stored reading. */
export function snapshotKey({ connectionKey, slotMs }: SlotOfConnection): string {
  return snapshotsPrefix(connectionKey) + rev(slotMs);
}

/** Names a daily roll-up by the midnight at its beginning, so that it is paged and pruned as all history is. */
export function dayKey({ connectionKey, dayMs }: Pick<DailyRollup, "connectionKey" | "dayMs">): string {
  return daysPrefix(connectionKey) + rev(dayMs);
}

/** Names the record of a settled notification; given-up ones stand apart, because they can be replayed. */
export function deliveryKey({ outcome, settledAtMs, facts, channel }: Delivery): string {
  const prefix = outcome === "dead" ? DEAD_PREFIX : DELIVERY_PREFIX;
  return `${prefix}${rev(settledAtMs)}|${part(notificationId(facts, channel))}`;
}

/** Returns what stands before the instant in the key of a row that is kept in order of time. */
export function slotPrefixOf(rowKey: string): string {
  const sections = [SNAPSHOTS_PREFIX, DAYS_PREFIX].some((prefix) => rowKey.startsWith(prefix)) ? 2 : 1;
  return `${rowKey.split("|", sections).join("|")}|`;
}

/** Returns the range of all keys that go on after a prefix, which must end in `|`. */
export function under(prefix: string): KeyRange {
  return { after: prefix, before: prefix.slice(0, -1) + END };
}

/** Returns the range of undelivered notifications and silences: the two stand beside each other. */
export function outboxAndSilences(): KeyRange {
  return { after: OUTBOX_PREFIX, before: under(SILENCE_PREFIX).before };
}

/** Returns the range of what was settled at `fromMs` or later, under a prefix `<prefix><rev(at)>…`. */
export function settledSince(prefix: string, fromMs: number): KeyRange {
  return { after: prefix, before: prefix + boundRev(fromMs) + END };
}

/** Returns which notification a settled record is of, by its key; undefined for a stray row. */
export function settledIdOf(rowKey: string): string | undefined {
  return /^(?:delivery|dead)\|\d{13}\|([\w.-]+)$/.exec(rowKey)?.[1];
}

/** Returns the range of one history page: `<prefix><rev(slot)>…`, newest first, behind the position of the last page. */
export function slotRange(prefix: string, { fromMs, toMs, after = "" }: HistoryRange): KeyRange {
  const newest = prefix + boundRev(toMs) + END;
  const resumed = prefix + after;
  return { after: resumed > newest ? resumed : newest, before: prefix + boundRev(fromMs) + END };
}

/** Returns the range of the keys `<prefix><rev(slot)>…` of slots before `olderThanMs`. */
export function olderRange(prefix: string, olderThanMs: number): KeyRange {
  return { after: prefix + boundRev(olderThanMs) + END, before: under(prefix).before };
}

interface SlotOfConnection {
  readonly connectionKey: string;
  readonly slotMs: number;
}

/** Turns an instant round, so that ordinal order is newest first. */
function rev(atMs: number): string {
  return padded(LAST_INSTANT_MS - checked(atMs));
}

/** A bound from outside may lie anywhere; before the first instant and after the last one nothing is stored. */
function boundRev(atMs: number): string {
  return rev(Math.min(Math.max(Math.ceil(atMs), 0), LAST_INSTANT_MS));
}

function padded(number: number): string {
  return String(number).padStart(13, "0");
}

function checked(atMs: number): number {
  if (!Number.isSafeInteger(atMs) || atMs < 0 || atMs > LAST_INSTANT_MS) {
    throw new InvariantError(
      `Cannot name a row: whole epoch milliseconds of at most 13 digits are wanted, current value is ${atMs}`,
    );
  }
  return atMs;
}

/** A `|` or a forbidden character inside a part would name another row, or none. */
function part(text: string): string {
  if (!/^[\w.-]{1,200}$/.test(text)) {
    throw new InvariantError(
      `Cannot name a row: letters, digits, "_", "." and "-" are wanted, current part is ${text}`,
    );
  }
  return text;
}
