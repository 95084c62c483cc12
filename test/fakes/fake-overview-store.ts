import type { FullOverviewLine } from "../../src/domain/poll/tenant-overview.ts";
import type { OverviewLine, OverviewStore } from "../../src/ports/monitor-store.ts";
import { type MemoryRow, type MemoryStorage, parseRow } from "./memory-storage.ts";

const PARTITION = "tenants";

interface Line extends Pick<FullOverviewLine, "overview"> {
  readonly configuredSinceMs?: number;
}

/** Keeps the lines of all tenants in memory. */
export function createFakeOverviewStore(storage: MemoryStorage): OverviewStore {
  return {
    loadLines: async () => storage.rows(PARTITION, "").map((row) => withoutConnections(toLine(row))),
    loadFullLines: async () => storage.rows(PARTITION, "").map(toLine),
    register: async (tenantId, configuredSinceMs) => {
      storage.transact(PARTITION, [{ op: "insert", rowKey: tenantId, value: { configuredSinceMs } }]);
    },
    project: async ({ connections, ...overview }) => {
      const { tenantId } = overview;
      const [row] = storage.rows(PARTITION, tenantId);
      const line = row === undefined ? {} : parseRow<Line>(row);
      const value = { ...line, overview: { ...overview, connections } };
      storage.transact(PARTITION, [{ op: "put", rowKey: tenantId, value }]);
    },
    remove: async (tenantId) => {
      storage.transact(PARTITION, [{ op: "drop", rowKey: tenantId }]);
    },
  };
}

function toLine(row: MemoryRow): FullOverviewLine {
  const { configuredSinceMs, overview } = parseRow<Line>(row) ?? {};
  const sinceMs = configuredSinceMs ?? overview?.lastSlotMs ?? 0;
  return { tenantId: row.rowKey, configuredSinceMs: sinceMs, ...(overview === undefined ? {} : { overview }) };
}

function withoutConnections({ overview, ...line }: FullOverviewLine): OverviewLine {
  if (overview === undefined) return line;
  const { connections: _, ...rest } = overview;
  return { ...line, overview: rest };
}
