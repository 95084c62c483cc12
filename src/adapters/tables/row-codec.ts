import type { z } from "zod";
import { InvariantError } from "../../domain/errors.ts";

/** A value's columns as the client writes them: epoch milliseconds as Int64, everything else as JSON text. */
export type Columns = Readonly<Record<string, number | bigint | string>>;

/** Turns a value of the domain into the columns of its row and back. */
export interface RowCodec<T> {
  /**
   * @throws {InvariantError} When a column would be over its limit, or a number is not one that a row can hold: the
   * domain keeps within these limits, so this is a bug and not a data problem.
   */
  readonly toColumns: (value: T) => Columns;
  /** Returns undefined for a row that cannot be understood, whatever is wrong with it. */
  readonly fromRow: (row: Readonly<Record<string, unknown>>) => T | undefined;
}

/** How the members of a value are spread over columns; a member that is not named goes into the JSON column `rest`. */
export interface RowLayout<T> {
  readonly schema: z.ZodType<T>;
  /** Members in epoch milliseconds with an Int64 column of their own. */
  readonly instants: readonly (keyof T & string)[];
  /** Members with a JSON column of their own, so that each has the limit for itself. */
  readonly parts: readonly (keyof T & string)[];
}

/** The version of the layouts below, in every row; a reader of another version finds the row unreadable. */
const VERSION = 1;

/**
 * The most characters of a text column; the service takes 32 Ki.
 *
 * Source: Table service documentation, "Understanding the Table service data model", read 2026-11-22.
 */
const MAX_COLUMN_CHARACTERS = 30_000;

/** Makes the codec of one type of row. */
export function createRowCodec<T extends object>({ schema, instants, parts }: RowLayout<T>): RowCodec<T> {
  const named = new Set<string>([...instants, ...parts]);
  return {
    toColumns: (value) => ({
      v: VERSION,
      ...collect(instants, (name) => toInt64(name, value[name])),
      ...collect(parts, (name) => toJson(name, value[name])),
      rest: toJson("rest", Object.fromEntries(Object.entries(value).filter(([name]) => !named.has(name)))),
    }),
    fromRow: (row) => {
      const rest = fromJson(row["rest"]);
      if (row["v"] !== VERSION || typeof rest !== "object") return undefined;
      const value = {
        ...rest,
        ...collect(instants, (name) => fromInt64(row[name])),
        ...collect(parts, (name) => fromJson(row[name])),
      };
      return schema.safeParse(value).data;
    },
  };
}

function collect<N extends string, C>(names: readonly N[], columnOf: (name: N) => C): Record<string, C> {
  return Object.fromEntries(names.map((name) => [name, columnOf(name)]));
}

/**
 * Writes epoch milliseconds as an Int64 column.
 *
 * @throws {InvariantError} When they are not a whole number.
 */
export function toInt64(name: string, value: unknown): bigint {
  if (typeof value !== "number" || !Number.isSafeInteger(value)) {
    throw new InvariantError(
      `Cannot store ${name}: whole epoch milliseconds are wanted, current value is ${String(value)}`,
    );
  }
  return BigInt(value);
}

/** Reads an Int64 column; undefined for anything else, such as a number that lost its type on the way. */
export function fromInt64(column: unknown): number | undefined {
  return typeof column === "bigint" ? Number(column) : undefined;
}

/**
 * Writes a value as a JSON column; JSON escapes what a column cannot hold, such as control characters and lone surrogates.
 *
 * @throws {InvariantError} When the text would be too long, or a number in it is not finite.
 */
export function toJson(name: string, value: unknown): string {
  const text = JSON.stringify(value, (member, inner: unknown) => {
    if (typeof inner !== "number" || Number.isFinite(inner)) return inner;
    throw new InvariantError(`Cannot store ${name}: a finite number is wanted, current value of ${member} is ${inner}`);
  });
  // The emulator cuts a transaction at these two, which JSON.stringify leaves as they are.
  const json = text.replaceAll("\u2028", "\\u2028").replaceAll("\u2029", "\\u2029");
  if (json.length > MAX_COLUMN_CHARACTERS) {
    throw new InvariantError(
      `Cannot store ${name}: at most ${MAX_COLUMN_CHARACTERS} characters are wanted, current count is ${json.length}`,
    );
  }
  return json;
}

/** Reads a JSON column; undefined for anything else. */
export function fromJson(column: unknown): unknown {
  if (typeof column !== "string") return undefined;
  try {
    return JSON.parse(column);
  } catch {
    return undefined;
  }
}
