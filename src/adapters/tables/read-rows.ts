import type { Stored } from "../../ports/monitor-store.ts";
import type { RowCodec } from "./row-codec.ts";
import type { Row } from "./table-calls.ts";

/** One type of row, and where its rows stand. */
export interface RowKind<T> {
  readonly prefix: string;
  readonly codec: RowCodec<T>;
  readonly keyOf: (value: T) => string;
}

/** The rows of one type, and the keys of those that cannot be understood. */
export interface ReadRows<T> {
  readonly stored: readonly Stored<T>[];
  readonly unreadable: readonly string[];
}

/**
 * Reads the rows under a prefix; a row that cannot be understood does not hurt its neighbours.
 *
 * Nor does one that stands elsewhere than its content says, such as the copy that a person made of a row: what is written
 * back would meet the other row, with the wrong ETag, for ever.
 */
export function readRows<T>(rows: readonly Row[], { prefix, codec, keyOf }: RowKind<T>): ReadRows<T> {
  const stored: Stored<T>[] = [];
  const unreadable: string[] = [];
  for (const row of rows) {
    if (!row.rowKey.startsWith(prefix)) continue;
    const value = codec.fromRow(row);
    if (value === undefined || !standsAt(row.rowKey, () => keyOf(value))) unreadable.push(row.rowKey);
    else stored.push({ value, etag: row.etag });
  }
  return { stored, unreadable };
}

/** Content that no row can be named by stands nowhere. */
function standsAt(rowKey: string, wantedKey: () => string): boolean {
  try {
    return wantedKey() === rowKey;
  } catch {
    return false;
  }
}
