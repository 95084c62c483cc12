import {
  ACKNOWLEDGEMENT_PREFIX,
  dayKey,
  eventKey,
  feedKey,
  GONE_PREFIX,
  goneKey,
  HEAD_KEY,
  OUTBOX_PREFIX,
  outboxKey,
  SILENCE_PREFIX,
  STATE_PREFIX,
  snapshotKey,
  stateKey,
} from "../../src/adapters/tables/row-keys.ts";
import type { OutboxRow } from "../../src/domain/delivery/notification.ts";
import type { ConnectionState } from "../../src/domain/poll/connection-state.ts";
import type { ConnectionWrite, Head, PollTransaction, StateWrite } from "../../src/domain/poll/poll-plan.ts";
import type { Acknowledgement } from "../../src/domain/suppression/acknowledgement.ts";
import type { Silence } from "../../src/domain/suppression/silence.ts";
import type { LivePartition, MonitorStore, Stored } from "../../src/ports/monitor-store.ts";
import { type MemoryRow, type MemoryStorage, type MemoryWrite, parseRow } from "./memory-storage.ts";

/** Keeps the states of connections in memory, beside the other fakes on the same storage. */
export function createFakeMonitorStore(storage: MemoryStorage): MonitorStore {
  return {
    loadLive: async (tenantId) => loadLive(storage, tenantId),
    loadGone: async (tenantId) =>
      storage.rows(tenantId, GONE_PREFIX).flatMap((row) => parseRow<ConnectionState>(row) ?? []),
    commit: async (tenantId, transaction) =>
      storage.transact(tenantId, writesOf(transaction)) === undefined ? "conflict" : "committed",
  };
}

function loadLive(storage: MemoryStorage, tenantId: string): LivePartition {
  const states = readStored<ConnectionState>(storage.rows(tenantId, STATE_PREFIX));
  const outbox = readStored<OutboxRow>(storage.rows(tenantId, OUTBOX_PREFIX));
  const silences = storage.rows(tenantId, SILENCE_PREFIX);
  const acknowledgements = storage.rows(tenantId, ACKNOWLEDGEMENT_PREFIX);
  return {
    ...readHead(storage.rows(tenantId, HEAD_KEY)[0]),
    states: states.readable,
    outbox: outbox.readable,
    silences: silences.flatMap((row) => parseRow<Silence>(row) ?? []),
    acknowledgements: acknowledgements.flatMap((row) => parseRow<Acknowledgement>(row) ?? []),
    unreadable: [
      ...states.unreadable.map((rowKey) => ({ rowKey, connectionKey: rowKey.slice(STATE_PREFIX.length) })),
      ...outbox.unreadable.map((rowKey) => ({ rowKey })),
      ...keysOfUnreadable([...silences, ...acknowledgements]).map((rowKey) => ({ rowKey })),
    ],
  };
}

function readHead(row: MemoryRow | undefined): Pick<LivePartition, "head" | "unreadableHeadEtag"> {
  if (row === undefined) return {};
  const value = parseRow<Head>(row);
  return value === undefined ? { unreadableHeadEtag: row.etag } : { head: { value, etag: row.etag } };
}

/** Parses each row once: most of a test's time went there. */
function readStored<T>(rows: readonly MemoryRow[]): {
  readonly readable: readonly Stored<T>[];
  readonly unreadable: readonly string[];
} {
  const readable: Stored<T>[] = [];
  const unreadable: string[] = [];
  for (const row of rows) {
    const value = parseRow<T>(row);
    if (value === undefined) unreadable.push(row.rowKey);
    else readable.push({ value, etag: row.etag });
  }
  return { readable, unreadable };
}

function keysOfUnreadable(rows: readonly MemoryRow[]): readonly string[] {
  return rows.filter((row) => parseRow(row) === undefined).map(({ rowKey }) => rowKey);
}

function writesOf({ writes, head }: PollTransaction): readonly MemoryWrite[] {
  const rows = writes.flatMap(connectionWrites);
  if (head === undefined) return rows;
  const row = { rowKey: HEAD_KEY, value: head.head };
  return [...rows, head.etag === undefined ? { op: "insert", ...row } : { op: "replace", ...row, etag: head.etag }];
}

function connectionWrites({ state, snapshot, event, daily = [], outbox }: ConnectionWrite): readonly MemoryWrite[] {
  return [
    ...stateWrites(state),
    ...(snapshot === undefined ? [] : [put(snapshotKey(snapshot), snapshot)]),
    ...(event === undefined ? [] : [put(eventKey(event), event), put(feedKey(event), event)]),
    ...daily.map((day) => put(dayKey(day), day)),
    ...outbox.map((row) => put(outboxKey(row), row)),
  ];
}

function put(rowKey: string, value: unknown): MemoryWrite {
  return { op: "put", rowKey, value };
}

function stateWrites(write: StateWrite): readonly MemoryWrite[] {
  const value = write.state;
  const [rowKey, goneRowKey] = [stateKey(value.connectionKey), goneKey(value.connectionKey)];
  switch (write.op) {
    case "insert":
      return [
        { op: "insert", rowKey, value },
        ...(write.returned ? [{ op: "drop", rowKey: goneRowKey } as const] : []),
      ];
    case "replace":
      return [{ op: "replace", rowKey, value, etag: write.etag }];
    case "remove":
      return [{ op: "remove", rowKey, etag: write.etag }];
    case "retire":
      return [
        { op: "remove", rowKey, etag: write.etag },
        { op: "put", rowKey: goneRowKey, value },
      ];
  }
}
