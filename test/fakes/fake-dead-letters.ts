import {
  auditKey,
  DEAD_PREFIX,
  DELIVERY_PREFIX,
  deliveryKey,
  outboxKey,
  stateKey,
} from "../../src/adapters/tables/row-keys.ts";
import type { Delivery } from "../../src/domain/delivery/notification.ts";
import type { DeadLetters } from "../../src/ports/dead-letters.ts";
import { type MemoryStorage, parseRow } from "./memory-storage.ts";

/** Keeps the notifications that were given up in memory, as the fake outbox on the same storage wrote them. */
export function createFakeDeadLetters(storage: MemoryStorage): DeadLetters {
  const read = (tenantId: string, prefix: string) =>
    storage.rows(tenantId, prefix).flatMap((row) => {
      const value = parseRow<Delivery>(row);
      return value === undefined ? [] : { value, etag: row.etag };
    });
  return {
    find: async (tenantId, id) => read(tenantId, DEAD_PREFIX).find(({ value }) => value.id === id),
    deliveredSince: async (tenantId, { facts, channel }) =>
      read(tenantId, DELIVERY_PREFIX)
        .map(({ value }) => value)
        .filter((other) => other.outcome === "delivered" && other.settledAtMs >= facts.slotMs)
        .filter((other) => other.facts.episode === facts.episode && other.channel === channel),
    replay: async (tenantId, { dead, row, kept, state, audit }) => {
      const placed = { rowKey: outboxKey(row), value: row };
      const guard =
        state === undefined ? [] : [{ op: "replace", rowKey: stateKey(state.value.connectionKey), ...state } as const];
      const etags = storage.transact(tenantId, [
        { op: "remove", rowKey: deliveryKey(dead.value), etag: dead.etag },
        kept === undefined ? { op: "insert", ...placed } : { op: "replace", ...placed, etag: kept.etag },
        { op: "put", rowKey: auditKey(audit), value: audit },
        ...guard,
      ]);
      return etags === undefined ? "conflict" : "replayed";
    },
  };
}
