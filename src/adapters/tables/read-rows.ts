import type { Stored } from "../../ports/monitor-store.ts";
import type { RowCodec } from "./row-codec.ts";
import type { Row } from "./table-calls.ts";

/** The rows of one type, and the keys of those that cannot be understood. */
export interface ReadRows<T> {
  readonly stored: readonly Stored<T>[];
  readonly unreadable: readonly string[];
}

/** Reads the rows under a prefix; a row that cannot be understood does not hurt its neighbours. */
export function readRows<T>(rows: readonly Row[], prefix: string, { fromRow }: RowCodec<T>): ReadRows<T> {
  const stored: Stored<T>[] = [];
  const unreadable: string[] = [];
  for (const row of rows) {
    if (!row.rowKey.startsWith(prefix)) continue;
    const value = fromRow(row);
    if (value === undefined) unreadable.push(row.rowKey);
    else stored.push({ value, etag: row.etag });
  }
  return { stored, unreadable };
}
