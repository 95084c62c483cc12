import { deliveryKey, OUTBOX_PREFIX, outboxKey } from "../../src/adapters/tables/row-keys.ts";
import type { OutboxRow } from "../../src/domain/delivery/notification.ts";
import type { Outbox, Settlement } from "../../src/ports/outbox.ts";
import { type MemoryStorage, type MemoryWrite, parseRow } from "./memory-storage.ts";

/** Moves notifications in memory, as the fake monitor store on the same storage planned them. */
export function createFakeOutbox(storage: MemoryStorage): Outbox {
  return {
    load: async (tenantId) =>
      storage.rows(tenantId, OUTBOX_PREFIX).flatMap((row) => {
        const value = parseRow<OutboxRow>(row);
        return value === undefined ? [] : { value, etag: row.etag };
      }),
    update: async (tenantId, { value, etag }, next) => {
      const etags = storage.transact(tenantId, [{ op: "replace", rowKey: outboxKey(value), value: next, etag }]);
      return etags?.[0] === undefined ? undefined : { value: next, etag: etags[0] };
    },
    settle: async (tenantId, settlement) =>
      storage.transact(tenantId, writesOf(settlement)) === undefined ? "conflict" : "settled",
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
