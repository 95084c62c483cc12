import {
  eventKey,
  feedKey,
  GONE_PREFIX,
  goneKey,
  HEAD_KEY,
  OUTBOX_PREFIX,
  outboxKey,
  STATE_PREFIX,
  snapshotKey,
  stateKey,
} from "../../src/adapters/tables/row-keys.ts";
import type { OutboxRow } from "../../src/domain/delivery/notification.ts";
import type { ConnectionState } from "../../src/domain/poll/connection-state.ts";
import type { ConnectionWrite, Head, PollTransaction, StateWrite } from "../../src/domain/poll/poll-plan.ts";
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
  const states = storage.rows(tenantId, STATE_PREFIX);
  const outbox = storage.rows(tenantId, OUTBOX_PREFIX);
  return {
    ...readHead(storage.rows(tenantId, HEAD_KEY)[0]),
    states: readStored<ConnectionState>(states),
    outbox: readStored<OutboxRow>(outbox),
    unreadable: [
      ...keysOfUnreadable(states).map((rowKey) => ({ rowKey, connectionKey: rowKey.slice(STATE_PREFIX.length) })),
      ...keysOfUnreadable(outbox).map((rowKey) => ({ rowKey })),
    ],
  };
}

function readHead(row: MemoryRow | undefined): Pick<LivePartition, "head" | "unreadableHeadEtag"> {
  if (row === undefined) return {};
  const value = parseRow<Head>(row);
  return value === undefined ? { unreadableHeadEtag: row.etag } : { head: { value, etag: row.etag } };
}

function readStored<T>(rows: readonly MemoryRow[]): readonly Stored<T>[] {
  return rows.flatMap((row) => {
    const value = parseRow<T>(row);
    return value === undefined ? [] : { value, etag: row.etag };
  });
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

function connectionWrites({ state, snapshot, event, outbox }: ConnectionWrite): readonly MemoryWrite[] {
  return [
    ...stateWrites(state),
    ...(snapshot === undefined ? [] : [put(snapshotKey(snapshot), snapshot)]),
    ...(event === undefined ? [] : [put(eventKey(event), event), put(feedKey(event), event)]),
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
    case "retire":
      return [
        { op: "remove", rowKey, etag: write.etag },
        { op: "put", rowKey: goneRowKey, value },
      ];
  }
}
