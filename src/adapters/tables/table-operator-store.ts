import type { TransactionAction } from "@azure/data-tables";
import type { AuditEntry } from "../../domain/history/audit-entry.ts";
import type { OperatorStore, SetAside } from "../../ports/operator-store.ts";
import { AUDITS, auditRow } from "./audit-row.ts";
import { outboxRow } from "./delivery-rows.ts";
import { eventRow } from "./history-rows.ts";
import { STATES, stateRow } from "./live-rows.ts";
import { readRows } from "./read-rows.ts";
import { actionsIn } from "./row-actions.ts";
import type { Columns } from "./row-codec.ts";
import {
  AUDIT_PREFIX,
  auditKey,
  BAD_PREFIX,
  badStateKey,
  eventKey,
  feedKey,
  isBadStateOf,
  outboxKey,
  settledSince,
  stateKey,
  under,
} from "./row-keys.ts";
import type { Row, TableCalls } from "./table-calls.ts";

/** Keeps what people do in the table `monitor`, beside the rows that they do it to. */
export function createTableOperatorStore(table: TableCalls): OperatorStore {
  return {
    rewriteState: async (tenantId, { value, etag }, audit) => {
      const replace = actionsIn(tenantId).replace(stateKey(value.connectionKey), stateRow.toColumns(value), etag);
      const etags = await table.transact("rewrite-state", [replace, toAudit(tenantId, audit)]);
      return etags === undefined ? "conflict" : "written";
    },
    setAside: async (tenantId, reset, audit) => {
      const row = await table.find("find-state", tenantId, stateKey(reset.connectionKey));
      if (row === undefined || readRows([row], STATES).stored.length > 0) return "conflict";
      const actions = [...setAside(tenantId, reset, { row, atMs: audit.atMs }), toAudit(tenantId, audit)];
      return (await table.transact("set-aside", actions)) === undefined ? "conflict" : "set-aside";
    },
    wasSetAside: async (partitionKey, connectionKey) => {
      const rows = await table.readAll("list-bad", { partitionKey, ...under(BAD_PREFIX), columns: ["RowKey"] });
      return rows.some(({ rowKey }) => isBadStateOf(rowKey, connectionKey));
    },
    record: async (tenantId, audit) => {
      await table.transact("record-audit", [toAudit(tenantId, audit)]);
    },
    listAudit: async (partitionKey, sinceMs) => {
      const rows = await table.readAll("list-audit", { partitionKey, ...settledSince(AUDIT_PREFIX, sinceMs) });
      return readRows(rows, AUDITS).stored.map(({ value }) => value);
    },
  };
}

function setAside(
  tenantId: string,
  { connectionKey, event, outbox }: SetAside,
  { row, atMs }: { readonly row: Row; readonly atMs: number },
): readonly TransactionAction[] {
  const rows = actionsIn(tenantId);
  const columns = event === undefined ? undefined : eventRow.toColumns(event);
  return [
    rows.remove(row.rowKey, row.etag),
    rows.put(badStateKey(connectionKey, atMs), columnsOf(row)),
    ...(event === undefined || columns === undefined
      ? []
      : [rows.put(eventKey(event), columns), rows.put(feedKey(event), columns)]),
    ...outbox.map((notification) => rows.put(outboxKey(notification), outboxRow.toColumns(notification))),
  ];
}

/** What the client adds to the columns of a row. */
const ADDED: readonly string[] = ["partitionKey", "rowKey", "etag", "timestamp", "odata.metadata"];

/** Copies the columns for a person to look at: those that no row of ours has, such as dates, as text. */
function columnsOf(row: Row): Columns {
  const columns = Object.entries(row).filter(([name]) => !ADDED.includes(name));
  return Object.fromEntries(columns.map(([name, value]) => [name, isColumn(value) ? value : String(value)]));
}

function isColumn(value: unknown): value is Columns[string] {
  return typeof value === "string" || typeof value === "number" || typeof value === "bigint";
}

function toAudit(tenantId: string, audit: AuditEntry): TransactionAction {
  return actionsIn(tenantId).put(auditKey(audit), auditRow.toColumns(audit));
}
