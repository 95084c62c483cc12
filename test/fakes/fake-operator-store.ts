import {
  AUDIT_PREFIX,
  auditKey,
  BAD_PREFIX,
  badStateKey,
  eventKey,
  feedKey,
  isBadStateOf,
  outboxKey,
  stateKey,
} from "../../src/adapters/tables/row-keys.ts";
import type { AuditEntry } from "../../src/domain/history/audit-entry.ts";
import type { OperatorStore } from "../../src/ports/operator-store.ts";
import { type MemoryStorage, type MemoryWrite, parseRow } from "./memory-storage.ts";

/** Keeps what people do in memory, where the other fakes on the same storage find it. */
export function createFakeOperatorStore(storage: MemoryStorage): OperatorStore {
  return {
    rewriteState: async (tenantId, { value, etag }, audit) => {
      const replace = { op: "replace", rowKey: stateKey(value.connectionKey), value, etag } as const;
      return storage.transact(tenantId, [replace, toAudit(audit)]) === undefined ? "conflict" : "written";
    },
    setAside: async (tenantId, { connectionKey, event, outbox }, audit) => {
      const [row] = storage.rows(tenantId, stateKey(connectionKey));
      if (row === undefined || parseRow(row) !== undefined) return "conflict";
      const etags = storage.transact(tenantId, [
        { op: "remove", rowKey: row.rowKey, etag: row.etag },
        put(badStateKey(connectionKey, audit.atMs), row.json),
        ...(event === undefined ? [] : [put(eventKey(event), event), put(feedKey(event), event)]),
        ...outbox.map((notification) => put(outboxKey(notification), notification)),
        toAudit(audit),
      ]);
      return etags === undefined ? "conflict" : "set-aside";
    },
    wasSetAside: async (tenantId, connectionKey) =>
      storage.rows(tenantId, BAD_PREFIX).some(({ rowKey }) => isBadStateOf(rowKey, connectionKey)),
    record: async (tenantId, audit) => {
      storage.transact(tenantId, [toAudit(audit)]);
    },
    listAudit: async (tenantId, sinceMs) =>
      storage
        .rows(tenantId, AUDIT_PREFIX)
        .flatMap((row) => parseRow<AuditEntry>(row) ?? [])
        .filter(({ atMs }) => atMs >= sinceMs),
  };
}

function put(rowKey: string, value: unknown): MemoryWrite {
  return { op: "put", rowKey, value };
}

function toAudit(audit: AuditEntry): MemoryWrite {
  return put(auditKey(audit), audit);
}
