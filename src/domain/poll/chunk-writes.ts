import { InvariantError } from "../errors.ts";
import type { ConnectionWrite, PollPlan, PollTransaction } from "./poll-plan.ts";

/** The most operations of one entity-group transaction. Source: Table service documentation, "Performing entity group transactions", read 2026-11-22. */
export const MAX_TRANSACTION_ROWS = 100;

/** The most bytes we put into one: the service takes 4 MiB, the rest is for what the envelope adds. */
export const MAX_TRANSACTION_BYTES = 3_500_000;

/** The most bytes that a UTF-16 code unit takes as UTF-8; an ASCII one that JSON escapes once more takes 2. */
const BYTES_PER_CHARACTER = 3;

/** Headers, keys and property names of one row in the envelope. */
const BYTES_PER_ROW = 1_500;

/** Counts the rows that one connection's write puts into its transaction. */
export function countRows({ state, snapshot, event, daily = [], outbox }: ConnectionWrite): number {
  const stateRows = state.op === "retire" || (state.op === "insert" && state.returned) ? 2 : 1;
  return stateRows + (snapshot === undefined ? 0 : 1) + (event === undefined ? 0 : 2) + daily.length + outbox.length;
}

/** Estimates from above how many bytes one connection's write takes on the wire. */
export function estimateBytes(write: ConnectionWrite): number {
  const event = write.event === undefined ? 0 : JSON.stringify(write.event).length;
  const characters = JSON.stringify(write).length + event;
  return characters * BYTES_PER_CHARACTER + countRows(write) * BYTES_PER_ROW;
}

/**
 * Packs writes into transactions in their order, without ever splitting a connection; the head goes with the last one,
 * so that a slot counts as polled only when all of it is written.
 *
 * @throws {InvariantError} When one connection alone is over the limits.
 */
export function chunkWrites(
  writes: readonly ConnectionWrite[],
  head: NonNullable<PollTransaction["head"]>,
): PollPlan["transactions"] {
  const chunks: ConnectionWrite[][] = [[]];
  let [rows, bytes] = [1, BYTES_PER_ROW];
  for (const write of writes) {
    const [moreRows, moreBytes] = [countRows(write), estimateBytes(write)];
    if (moreRows >= MAX_TRANSACTION_ROWS || moreBytes > MAX_TRANSACTION_BYTES) {
      throw new InvariantError(
        `Cannot write a connection in one transaction: it takes ${moreRows} rows, ${moreBytes} bytes`,
      );
    }
    if (rows + moreRows > MAX_TRANSACTION_ROWS || bytes + moreBytes > MAX_TRANSACTION_BYTES) {
      chunks.push([]);
      [rows, bytes] = [1, BYTES_PER_ROW];
    }
    chunks.at(-1)?.push(write);
    rows += moreRows;
    bytes += moreBytes;
  }
  return chunks.map((chunk, index) => (index === chunks.length - 1 ? { writes: chunk, head } : { writes: chunk }));
}
