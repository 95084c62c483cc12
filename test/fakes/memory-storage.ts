/** A row as kept in memory: JSON text, so that a reader gets what a real row would hold, and never a shared object. */
export interface MemoryRow {
  readonly rowKey: string;
  readonly etag: string;
  readonly json: string;
}

/** One write of a transaction. An insert, and a write with an ETag, is a condition that can fail. */
export type MemoryWrite =
  | { readonly op: "insert" | "put"; readonly rowKey: string; readonly value: unknown }
  | { readonly op: "replace"; readonly rowKey: string; readonly value: unknown; readonly etag: string }
  | { readonly op: "remove"; readonly rowKey: string; readonly etag: string }
  | { readonly op: "drop"; readonly rowKey: string };

/** A table in memory, behind all storage fakes that are made on it; transactions are atomic and never interleave. */
export interface MemoryStorage {
  /** The partitions that have rows, in ordinal order. */
  readonly partitions: () => readonly string[];
  /** The rows of a partition whose keys begin with the prefix, in ordinal order. */
  readonly rows: (partition: string, prefix: string) => readonly MemoryRow[];
  /** Writes all or nothing; returns the ETags in the order of the writes, or undefined when a condition failed. */
  readonly transact: (partition: string, writes: readonly MemoryWrite[]) => readonly string[] | undefined;
  /** Makes a row unreadable, or puts an unreadable one where there was none. */
  readonly corrupt: (partition: string, rowKey: string) => void;
}

/** Keeps rows in memory; no two versions of any row ever have the same ETag. */
export function createMemoryStorage(): MemoryStorage {
  const partitions = new Map<string, ReadonlyMap<string, MemoryRow>>();
  let version = 0;
  const nextEtag = () => {
    version += 1;
    return `W/"${version}"`;
  };
  const rowsOf = (partition: string) => partitions.get(partition) ?? new Map<string, MemoryRow>();

  return {
    partitions: () => [...partitions].flatMap(([partition, { size }]) => (size === 0 ? [] : partition)).sort(),
    rows: (partition, prefix) =>
      [...rowsOf(partition).values()].filter(({ rowKey }) => rowKey.startsWith(prefix)).sort(byKey),
    transact: (partition, writes) => {
      checkTransaction(writes);
      const rows = new Map(rowsOf(partition));
      if (!writes.every((write) => isAllowed(write, rows.get(write.rowKey)))) return undefined;
      const etags = writes.map((write) => {
        const etag = nextEtag();
        if ("value" in write) rows.set(write.rowKey, { rowKey: write.rowKey, etag, json: JSON.stringify(write.value) });
        else rows.delete(write.rowKey);
        return etag;
      });
      partitions.set(partition, rows);
      return etags;
    },
    corrupt: (partition, rowKey) => {
      partitions.set(partition, new Map(rowsOf(partition)).set(rowKey, { rowKey, etag: nextEtag(), json: "{" }));
    },
  };
}

/** Reads a row whose kind the caller knows by its key; undefined when it is unreadable. */
// oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- stands for the knowledge of the caller
export function parseRow<T>({ json }: MemoryRow): T | undefined {
  try {
    return JSON.parse(json) as T;
  } catch {
    return undefined;
  }
}

function isAllowed(write: MemoryWrite, row: MemoryRow | undefined): boolean {
  if (write.op === "insert") return row === undefined;
  return "etag" in write ? row?.etag === write.etag : true;
}

function checkTransaction(writes: readonly MemoryWrite[]): void {
  const keys = new Set(writes.map(({ rowKey }) => rowKey));
  if (writes.length === 0 || writes.length > 100 || keys.size < writes.length) {
    throw new Error(`Cannot write ${writes.length} rows with ${keys.size} keys: 1 to 100 different ones are wanted`);
  }
}

function byKey(a: MemoryRow, b: MemoryRow): number {
  return a.rowKey < b.rowKey ? -1 : 1;
}
