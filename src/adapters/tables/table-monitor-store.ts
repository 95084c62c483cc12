import type { TransactionAction } from "@azure/data-tables";
import type { ConnectionWrite, PollTransaction, StateWrite } from "../../domain/poll/poll-plan.ts";
import type { LivePartition, MonitorStore, UnreadableRow } from "../../ports/monitor-store.ts";
import { OUTBOX, outboxRow } from "./delivery-rows.ts";
import { dailyRow, eventRow, snapshotRow } from "./history-rows.ts";
import { GONE, headRow, STATES, stateRow } from "./live-rows.ts";
import { readRows } from "./read-rows.ts";
import { actionsIn, type RowActions } from "./row-actions.ts";
import {
  dayKey,
  eventKey,
  feedKey,
  GONE_PREFIX,
  goneKey,
  HEAD_KEY,
  LIVE_PREFIX,
  outboxKey,
  STATE_PREFIX,
  snapshotKey,
  stateKey,
  under,
} from "./row-keys.ts";
import { ACKNOWLEDGEMENTS, SILENCES } from "./suppression-rows.ts";
import type { Row, TableCalls } from "./table-calls.ts";

/** Keeps the states of connections in the table `monitor`, one partition a tenant. */
export function createTableMonitorStore(table: TableCalls): MonitorStore {
  return {
    loadLive: async (tenantId) =>
      toLivePartition(await table.readAll("load-live", { partitionKey: tenantId, ...under(LIVE_PREFIX) })),
    loadGone: async (tenantId) => {
      const rows = await table.readAll("load-gone", { partitionKey: tenantId, ...under(GONE_PREFIX) });
      return readRows(rows, GONE).stored.map(({ value }) => value);
    },
    commit: async (tenantId, transaction) => {
      const etags = await table.transact("commit-poll", actionsOf(tenantId, transaction));
      return etags === undefined ? "conflict" : "committed";
    },
  };
}

function toLivePartition(rows: readonly Row[]): LivePartition {
  const states = readRows(rows, STATES);
  const outbox = readRows(rows, OUTBOX);
  const silences = readRows(rows, SILENCES);
  const acknowledgements = readRows(rows, ACKNOWLEDGEMENTS);
  const unreadableStates = states.unreadable.map((rowKey) => ({
    rowKey,
    connectionKey: rowKey.slice(STATE_PREFIX.length),
  }));
  return {
    ...readHead(rows.find(({ rowKey }) => rowKey === HEAD_KEY)),
    states: states.stored,
    outbox: outbox.stored,
    silences: silences.stored.map(({ value }) => value),
    acknowledgements: acknowledgements.stored.map(({ value }) => value),
    unreadable: [
      ...unreadableStates,
      ...[outbox, silences, acknowledgements].flatMap(({ unreadable }) =>
        unreadable.map((rowKey): UnreadableRow => ({ rowKey })),
      ),
    ],
  };
}

function readHead(row: Row | undefined): Pick<LivePartition, "head" | "unreadableHeadEtag"> {
  if (row === undefined) return {};
  const value = headRow.fromRow(row);
  return value === undefined ? { unreadableHeadEtag: row.etag } : { head: { value, etag: row.etag } };
}

function actionsOf(tenantId: string, { writes, head }: PollTransaction): readonly TransactionAction[] {
  const rows = actionsIn(tenantId);
  const actions = writes.flatMap((write) => connectionActions(rows, write));
  if (head === undefined) return actions;
  const columns = headRow.toColumns(head.head);
  return [
    ...actions,
    head.etag === undefined ? rows.insert(HEAD_KEY, columns) : rows.replace(HEAD_KEY, columns, head.etag),
  ];
}

/** The state row's condition guards all of them, so the others need none, and a plan made anew can write them again. */
function connectionActions(rows: RowActions, write: ConnectionWrite): TransactionAction[] {
  const { state, snapshot, event, daily = [], outbox } = write;
  const actions = stateActions(rows, state);
  if (snapshot !== undefined) actions.push(rows.put(snapshotKey(snapshot), snapshotRow.toColumns(snapshot)));
  if (event !== undefined) {
    const columns = eventRow.toColumns(event);
    actions.push(rows.put(eventKey(event), columns), rows.put(feedKey(event), columns));
  }
  for (const day of daily) actions.push(rows.put(dayKey(day), dailyRow.toColumns(day)));
  return [...actions, ...outbox.map((row) => rows.put(outboxKey(row), outboxRow.toColumns(row)))];
}

/** The row of a gone connection that returned is emptied, not deleted: deleting a row that is not there fails everything. */
function stateActions(rows: RowActions, write: StateWrite): TransactionAction[] {
  const { connectionKey } = write.state;
  const columns = stateRow.toColumns(write.state);
  switch (write.op) {
    case "insert": {
      const insert = rows.insert(stateKey(connectionKey), columns);
      return write.returned ? [insert, rows.put(goneKey(connectionKey), {})] : [insert];
    }
    case "replace":
      return [rows.replace(stateKey(connectionKey), columns, write.etag)];
    case "remove":
      return [rows.remove(stateKey(connectionKey), write.etag)];
    case "retire":
      return [rows.remove(stateKey(connectionKey), write.etag), rows.put(goneKey(connectionKey), columns)];
  }
}
