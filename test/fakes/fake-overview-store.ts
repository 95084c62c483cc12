import type { OverviewLine, OverviewStore } from "../../src/ports/monitor-store.ts";
import { type MemoryStorage, parseRow } from "./memory-storage.ts";

const PARTITION = "tenants";

interface Line extends Pick<OverviewLine, "overview"> {
  readonly configuredSinceMs?: number;
}

/** Keeps the lines of all tenants in memory. */
export function createFakeOverviewStore(storage: MemoryStorage): OverviewStore {
  return {
    loadLines: async () => storage.rows(PARTITION, "").map((row) => toLine(row.rowKey, parseRow<Line>(row) ?? {})),
    register: async (tenantId, configuredSinceMs) => {
      storage.transact(PARTITION, [{ op: "insert", rowKey: tenantId, value: { configuredSinceMs } }]);
    },
    project: async ({ connections, ...overview }) => {
      const { tenantId } = overview;
      const [row] = storage.rows(PARTITION, tenantId);
      const line = row === undefined ? {} : parseRow<Line>(row);
      storage.transact(PARTITION, [{ op: "put", rowKey: tenantId, value: { ...line, overview, connections } }]);
    },
  };
}

function toLine(tenantId: string, { configuredSinceMs, overview }: Line): OverviewLine {
  const sinceMs = configuredSinceMs ?? overview?.lastSlotMs ?? 0;
  return { tenantId, configuredSinceMs: sinceMs, ...(overview === undefined ? {} : { overview }) };
}
