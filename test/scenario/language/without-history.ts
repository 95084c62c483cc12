import type { ConnectionEvent } from "../../../src/domain/history/connection-event.ts";
import type { MemoryStorage } from "../../fakes/memory-storage.ts";

/** Rows that polls and drains write and never read again: without them three months fit into seconds. A reset reads events. */
const WRITTEN_ONLY = /^(snap|feed|delivery|day)\|/;

/** Forgets what only history would read, and hands each event on. */
export function withoutHistory(storage: MemoryStorage, onEvent: (event: ConnectionEvent) => void): MemoryStorage {
  return {
    ...storage,
    transact: (partition, writes) => {
      const etags = storage.transact(
        partition,
        writes.filter(({ rowKey }) => !WRITTEN_ONLY.test(rowKey)),
      );
      if (etags === undefined) return undefined;
      for (const write of writes) {
        // The key says what the row holds.
        if (write.rowKey.startsWith("event|") && "value" in write) onEvent(write.value as ConnectionEvent);
      }
      return etags;
    },
  };
}
