import { describe, expect, it } from "vitest";
import { InvariantError } from "../../../../src/domain/errors.ts";
import { chunkWrites, countRows, MAX_TRANSACTION_ROWS } from "../../../../src/domain/poll/chunk-writes.ts";
import type { ConnectionWrite, Head } from "../../../../src/domain/poll/poll-plan.ts";
import { anOutboxRow } from "../../../builders/a-notification.ts";
import { aPolicy, goodReads } from "../../../builders/a-policy.ts";
import { aConnectorRow } from "../../../builders/graph-rows.ts";
import { aPlanWorld } from "../../../builders/plan-world.ts";

const aDay = { connectionKey: "k", dayMs: 0, verdictsMs: {}, partsMs: {}, fired: 0 };

const head: Head = { lastSlotMs: 1, observedAtMs: 2, periodMs: 3, sources: {} };

/** The write of a quiet connection, as a real plan makes it: one row. */
const quiet: ConnectionWrite = aQuietWrite();

function aQuietWrite(): ConnectionWrite {
  const world = aPlanWorld();
  const reads = goodReads({ connectorStatus: [aConnectorRow({ atMs: 1e12 })] });
  world.poll({ slotMs: 900_000, reads, policy: aPolicy() });
  const { transactions } = world.poll({ slotMs: 1_800_000, reads, policy: aPolicy() });
  const [write] = transactions.flatMap(({ writes }) =>
    writes.filter(({ state }) => state.state.reading.kind === "connector"),
  );
  if (write === undefined) throw new Error("Cannot build a quiet write: the plan holds none");
  return write;
}

function repeat(count: number, write: ConnectionWrite = quiet): readonly ConnectionWrite[] {
  return Array.from({ length: count }, () => write);
}

describe("chunkWrites()", () => {
  it("writes the head alone when there is nothing else", () => {
    expect(chunkWrites([], { head })).toEqual([{ writes: [], head: { head } }]);
  });

  it.each([
    { connections: MAX_TRANSACTION_ROWS - 1, chunks: [99] },
    { connections: MAX_TRANSACTION_ROWS, chunks: [99, 1] },
    { connections: 2 * MAX_TRANSACTION_ROWS, chunks: [99, 99, 2] },
  ])("packs $connections rows and the head into $chunks", ({ connections, chunks }) => {
    const transactions = chunkWrites(repeat(connections), { head });

    expect(transactions.map(({ writes }) => writes.length)).toEqual(chunks);
    expect(transactions.map((transaction) => transaction.head !== undefined)).toEqual(
      chunks.map((_, index) => index === chunks.length - 1),
    );
  });

  it("never splits a connection over two transactions", () => {
    const loud = { ...quiet, outbox: Array.from({ length: 60 }, () => ({}) as ConnectionWrite["outbox"][number]) };

    expect(chunkWrites([loud, loud, quiet], { head }).map(({ writes }) => writes)).toEqual([[loud], [loud, quiet]]);
  });

  it("begins a new transaction when the text grows too long for one", () => {
    const { reading } = quiet.state.state;
    const long: ConnectionWrite = {
      ...quiet,
      state: {
        ...quiet.state,
        state: { ...quiet.state.state, reading: { ...reading, displayName: "x".repeat(500_000) } },
      },
    };

    expect(chunkWrites(repeat(4, long), { head }).map(({ writes }) => writes.length)).toEqual([2, 2]);
  });

  it("refuses a connection that is too large for any transaction", () => {
    const huge = { ...quiet, outbox: Array.from({ length: 100 }, () => ({}) as ConnectionWrite["outbox"][number]) };

    expect(() => chunkWrites([huge], { head })).toThrow(InvariantError);
  });
});

describe("countRows()", () => {
  it.each([
    { what: "a quiet connection", write: quiet, rows: 1 },
    {
      what: "a connection that returns",
      write: { ...quiet, state: { op: "insert", state: quiet.state.state, returned: true } },
      rows: 2,
    },
    {
      what: "a connection that retires",
      write: { ...quiet, state: { op: "retire", state: quiet.state.state, etag: "1" } },
      rows: 2,
    },
    {
      what: "an event, which is stored twice",
      write: { ...quiet, event: { ...quiet.state.state, ...quiet.state.state.reading, slotMs: 1, changes: [] } },
      rows: 3,
    },
    { what: "two days that are over", write: { ...quiet, daily: [aDay, aDay] }, rows: 3 },
    { what: "two notifications", write: { ...quiet, outbox: [anOutboxRow(), anOutboxRow()] }, rows: 3 },
  ] as const)("counts $rows for $what", ({ write, rows }) => {
    expect(countRows(write)).toBe(rows);
  });
});
