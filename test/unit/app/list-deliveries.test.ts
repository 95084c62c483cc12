import { describe, expect, it } from "vitest";
import { type DeliveriesRequest, listDeliveries } from "../../../src/app/list-deliveries.ts";
import { type Delivery, notificationId, type OutboxRow } from "../../../src/domain/delivery/notification.ts";
import { anOutboxRow, SLOT_MS, stored } from "../../builders/a-notification.ts";

const TENANT_ID = "00000000-0000-4000-8000-0000000000a1";

function aRow(n: number, channel = "ops"): OutboxRow {
  return anOutboxRow({ slotMs: SLOT_MS + n }, { channel });
}

function aWorld(rows: readonly OutboxRow[]) {
  const asked: unknown[] = [];
  const deps = {
    outbox: { load: async () => ({ rows: rows.map((row) => stored(row)), silences: [] }) },
    history: {
      deliveries: async (...question: readonly unknown[]) => {
        asked.push(question);
        return { rows: [] as readonly Delivery[], next: "p" };
      },
    },
  };
  return {
    asked,
    list: (request: Partial<DeliveriesRequest>) =>
      listDeliveries(deps, { tenantId: TENANT_ID, status: "pending", limit: 100, ...request }),
  };
}

describe("listDeliveries()", () => {
  it("lists what is on its way, newest first, without what was given up", async () => {
    const dead = anOutboxRow({ slotMs: SLOT_MS + 9 }, { dead: true });

    const list = await aWorld([aRow(1), dead, aRow(2), aRow(2, "a")]).list({});

    expect(list).toEqual({ kind: "pending", page: { rows: [aRow(2, "a"), aRow(2), aRow(1)] } });
  });

  it.each([1, 2, 3, 4])("gives each of three once in pages of %i", async (limit) => {
    const world = aWorld([aRow(1), aRow(2), aRow(3)]);
    const found: string[] = [];
    let pages = 0;

    let after: string | undefined = "";
    while (after !== undefined) {
      const { page }: Awaited<ReturnType<typeof world.list>> = await world.list({ limit, after });
      for (const row of page.rows) found.push(notificationId(row.facts, row.channel));
      after = page.next;
      pages += 1;
    }

    expect(pages).toBe(Math.ceil(3 / limit));
    expect(found).toEqual([aRow(3), aRow(2), aRow(1)].map(({ facts, channel }) => notificationId(facts, channel)));
  });

  it.each(["delivered", "dead"] as const)("asks storage for one page of those that are %s", async (status) => {
    const world = aWorld([]);

    const list = await world.list({ status, limit: 7, after: "x" });

    expect(list).toEqual({ kind: "settled", page: { rows: [], next: "p" } });
    expect(world.asked).toEqual([
      [{ tenantId: TENANT_ID, fromMs: 0, toMs: Number.MAX_SAFE_INTEGER, limit: 7, after: "x" }, status],
    ]);
  });
});
