import { deliveryKey, OUTBOX_PREFIX, outboxKey, SILENCE_PREFIX } from "../../src/adapters/tables/row-keys.ts";
import type { OutboxRow } from "../../src/domain/delivery/notification.ts";
import type { Silence } from "../../src/domain/suppression/silence.ts";
import type { Outbox, Settlement } from "../../src/ports/outbox.ts";
import { type MemoryStorage, type MemoryWrite, parseRow } from "./memory-storage.ts";

/** Moves notifications in memory, as the fake monitor store on the same storage planned them. */
export function createFakeOutbox(storage: MemoryStorage): Outbox {
  const loadSilences = (tenantId: string) =>
    storage.rows(tenantId, SILENCE_PREFIX).flatMap((row) => parseRow<Silence>(row) ?? []);
  return {
    load: async (tenantId) => {
      const rows = storage.rows(tenantId, OUTBOX_PREFIX).flatMap((row) => {
        const value = parseRow<OutboxRow>(row);
        return value === undefined ? [] : { value, etag: row.etag };
      });
      return { rows, silences: loadSilences(tenantId) };
    },
    loadSilences: async (tenantId) => loadSilences(tenantId),
    update: async (tenantId, rewrites) => {
      const writes = rewrites.map(({ row: { value, etag }, next }): MemoryWrite => {
        return { op: "replace", rowKey: outboxKey(value), value: next, etag };
      });
      const etags = storage.transact(tenantId, writes);
      return etags && rewrites.map(({ next }, index) => ({ value: next, etag: etags[index] ?? "" }));
    },
    settle: async (tenantId, settlements) =>
      storage.transact(tenantId, settlements.flatMap(writesOf)) === undefined ? "conflict" : "settled",
  };
}

function writesOf({ row, delivery, keep, remove = [] }: Settlement): readonly MemoryWrite[] {
  const settled = { rowKey: outboxKey(row.value), etag: row.etag };
  return [
    keep === undefined ? { op: "remove", ...settled } : { op: "replace", ...settled, value: keep },
    { op: "put", rowKey: deliveryKey(delivery), value: delivery },
    ...remove.map(({ value, etag }) => ({ op: "remove", rowKey: outboxKey(value), etag }) as const),
  ];
}
