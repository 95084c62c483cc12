import { describe, expect, it } from "vitest";
import { guardedDelete } from "../../../../src/adapters/tables/guarded-delete.ts";
import { pruneRows } from "../../../../src/adapters/tables/prune-rows.ts";
import type { TableCalls } from "../../../../src/adapters/tables/table-calls.ts";

const TENANT = "00000000-0000-4000-8000-0000000000a1";

/** A table with two connections that left, one that came back, and one that leaves again before its row can be deleted. */
function aTable(deleted: unknown[]): TableCalls {
  return {
    readAll: async () => [
      { rowKey: "gone|old", etag: "1", lastSlotMs: 9n },
      { rowKey: "gone|young", etag: "2", lastSlotMs: 10n },
      { rowKey: "gone|back", etag: "3" },
      { rowKey: "gone|again", etag: "4", lastSlotMs: 1n },
    ],
    transact: async (_, actions) => {
      deleted.push(...actions);
      return deleted.length === 3 ? undefined : ["5"];
    },
    readPage: unused,
    nextPartition: unused,
    find: unused,
    exists: unused,
  };
}

function unused(): Promise<never> {
  return Promise.reject(new Error("Cannot answer: no such call is expected"));
}

describe("pruneRows()", () => {
  it("deletes a state of the gone only as it was read, and counts what went", async () => {
    const deleted: unknown[] = [];

    const count = await pruneRows(aTable(deleted), TENANT, { kind: "gone", olderThanMs: 10, maxRows: 9 });

    const wanted = [
      ["gone|old", "1"],
      ["gone|back", "3"],
      ["gone|again", "4"],
    ] as const;
    expect(deleted).toEqual(wanted.map(([rowKey, etag]) => guardedDelete(TENANT, rowKey, etag)));
    expect(count).toBe(2);
  });
});
