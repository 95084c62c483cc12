import { describe, expect, it } from "vitest";
import { rewriteRows, settleRows, settleTogether } from "../../../src/app/write-outbox.ts";
import { toSuperseded } from "../../../src/domain/delivery/conclude-attempt.ts";
import type { OutboxRow } from "../../../src/domain/delivery/notification.ts";
import type { Outbox, Settlement } from "../../../src/ports/outbox.ts";
import { SLOT_MS } from "../../builders/a-notification.ts";
import { aDrainWorld, aRowOf, DRAIN_TENANT } from "../../fakes/drain-world.ts";

async function aWorld(count: number, change: (outbox: Outbox) => Partial<Outbox> = () => ({})) {
  const rows = Array.from({ length: count }, (_, index) => aRowOf(`a${String(index).padStart(3, "0")}`));
  const world = aDrainWorld(rows);
  const { outbox } = world.deps;
  const stored = (await outbox.load(DRAIN_TENANT)).rows;
  const transactions: number[] = [];
  const settle: Outbox["settle"] = (tenantId, settlements) => {
    transactions.push(settlements.length);
    return outbox.settle(tenantId, settlements);
  };
  const settlements = stored.map((row): Settlement => {
    return { row, delivery: toSuperseded(row.value, "newer-notification", SLOT_MS) };
  });
  const tenant = { tenantId: DRAIN_TENANT, outbox: { ...outbox, settle, ...change(outbox) } };
  return { ...world, tenant, stored, settlements, transactions };
}

function tried({ attempts, ...row }: OutboxRow): OutboxRow {
  return { ...row, attempts: attempts + 1 };
}

describe("settleRows()", () => {
  it.each([
    { count: 0, transactions: [] },
    { count: 50, transactions: [50] },
    { count: 51, transactions: [50, 1] },
  ])("settles $count rows in transactions of $transactions", async ({ count, transactions }) => {
    const world = await aWorld(count);

    const contended = await settleRows(world.tenant, world.settlements);

    expect(contended.size).toBe(0);
    expect(world.transactions).toEqual(transactions);
    expect(await world.rows()).toEqual([]);
  });

  it("counts the rows that are removed too", async () => {
    const world = await aWorld(51);
    const [first, second, ...rest] = world.settlements;
    if (first === undefined || second === undefined) throw new Error("Two rows are wanted");

    await settleRows(world.tenant, [{ ...first, remove: [second.row] }, ...rest]);

    expect(world.transactions).toEqual([49, 1]);
    expect(await world.rows()).toEqual([]);
  });

  it("settles the others one by one when one was changed meanwhile", async () => {
    const world = await aWorld(3);
    const [first] = world.stored;
    if (first === undefined) throw new Error("A row is wanted");
    await world.deps.outbox.update(DRAIN_TENANT, [{ row: first, next: tried(first.value) }]);

    const contended = await settleRows(world.tenant, world.settlements);

    expect([...contended].map(({ row }) => row)).toEqual([first]);
    expect(await world.rows()).toEqual([tried(first.value)]);
  });
});

describe("settleTogether()", () => {
  it("knows a conflict that was none", async () => {
    const world = await aWorld(2, ({ settle }) => ({
      settle: async (...args) => {
        await settle(...args);
        return "conflict";
      },
    }));

    expect(await settleTogether(world.tenant, world.settlements)).toBe(true);
  });

  it("settles none when one was changed meanwhile", async () => {
    const world = await aWorld(2);
    const [first] = world.stored;
    if (first === undefined) throw new Error("A row is wanted");
    await world.deps.outbox.update(DRAIN_TENANT, [{ row: first, next: tried(first.value) }]);

    expect(await settleTogether(world.tenant, world.settlements)).toBe(false);
    expect(await world.rows()).toHaveLength(2);
  });
});

describe("rewriteRows()", () => {
  it("knows its own writes behind a conflict that was none", async () => {
    const world = await aWorld(2, ({ update }) => ({
      update: async (...args) => {
        await update(...args);
        return undefined;
      },
    }));

    const written = await rewriteRows(
      world.tenant,
      world.stored.map((row) => ({ row, next: tried(row.value) })),
    );

    expect(written).toEqual((await world.deps.outbox.load(DRAIN_TENANT)).rows);
  });

  it.each([
    { label: "was claimed by another", next: { owner: "other" } },
    { label: "was tried", next: { attempts: 7 } },
    { label: "was put off", next: { nextAttemptAtMs: SLOT_MS + 1 } },
  ])("rewrites nothing when one $label", async ({ next }) => {
    const world = await aWorld(2);
    const [first] = world.stored;
    if (first === undefined) throw new Error("A row is wanted");
    await world.deps.outbox.update(DRAIN_TENANT, [{ row: first, next: { ...first.value, ...next } }]);

    const written = await rewriteRows(
      world.tenant,
      world.stored.map((row) => ({ row, next: tried(row.value) })),
    );

    expect(written).toBeUndefined();
    expect((await world.rows())[1]).toMatchObject({ attempts: 0 });
  });
});
