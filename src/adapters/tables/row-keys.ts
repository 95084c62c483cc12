import { type Delivery, notificationId, type OutboxRow } from "../../domain/delivery/notification.ts";
import { InvariantError } from "../../domain/errors.ts";
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

/** Prefix of the states of connections that are no longer watched. */
export const GONE_PREFIX = "gone|";

/** Prefix of the tenant's events of all connections, newest first. */
export const FEED_PREFIX = "feed|";

/** Prefix of all stored readings, connection by connection. */
export const SNAPSHOTS_PREFIX = "snap|";

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

/** Names the record of a settled notification; given-up ones stand apart, because they can be replayed. */
export function deliveryKey({ outcome, settledAtMs, facts, channel }: Delivery): string {
  const prefix = outcome === "dead" ? DEAD_PREFIX : DELIVERY_PREFIX;
  return `${prefix}${rev(settledAtMs)}|${part(notificationId(facts, channel))}`;
}

/** Returns what stands before the instant in the key of a row that is kept in order of time. */
export function slotPrefixOf(rowKey: string): string {
  const sections = rowKey.startsWith(SNAPSHOTS_PREFIX) ? 2 : 1;
  return `${rowKey.split("|", sections).join("|")}|`;
}

/** Returns the range of all keys that go on after a prefix, which must end in `|`. */
export function under(prefix: string): KeyRange {
  return { after: prefix, before: prefix.slice(0, -1) + END };
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
