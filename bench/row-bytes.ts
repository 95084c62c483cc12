import type { StoredRow } from "./polled-world.ts";

/** What comes with a row and is in its 4 bytes, or is not stored. */
const NO_COLUMNS = ["partitionKey", "rowKey", "timestamp", "etag"];

/**
 * Returns what the service bills for a row: 4 bytes, 2 for each letter of its keys, and for each column 8, 2 for each letter of
 * its name, and its value.
 *
 * Source: "How the size of an entity is calculated in Windows Azure table storage",
 * learn.microsoft.com/archive/blogs/avkashchauhan, 2011-11-30, read 2026-11-22.
 */
export function rowBytes(row: StoredRow): number {
  let bytes = 4 + 2 * `${String(row["partitionKey"])}${String(row["rowKey"])}`.length;
  for (const [name, value] of Object.entries(row)) {
    if (NO_COLUMNS.includes(name) || name.startsWith("odata")) continue;
    bytes += 8 + 2 * name.length + valueBytes(value);
  }
  return bytes;
}

function valueBytes(value: unknown): number {
  switch (typeof value) {
    case "string":
      return 4 + 2 * value.length;
    case "number":
      return 4;
    case "bigint":
      return 8;
    default:
      throw new TypeError(`Cannot size a column: text or number is wanted, current value is a ${typeof value}`);
  }
}
