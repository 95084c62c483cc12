import { describe, expect, it } from "vitest";
import { outboxKey } from "../../../src/adapters/tables/row-keys.ts";
import { closeTenant } from "../../../src/app/close-tenant.ts";
import { runPoll } from "../../../src/app/run-poll.ts";
import { HOUR_MS, MINUTE_MS } from "../../../src/domain/units.ts";
import { anOutboxRow } from "../../builders/a-notification.ts";
import { aPolicy, digest, goodReads, TENANT_ID } from "../../builders/a-policy.ts";
import { aCompliancePartnerRow } from "../../builders/graph-rows.ts";
import { anAppWorld, fakeStores } from "../../fakes/app-world.ts";
import { createFakeWorkQueue } from "../../fakes/fake-work-queue.ts";
import { createMemoryStorage } from "../../fakes/memory-storage.ts";

const PERIOD_MS = 15 * MINUTE_MS;
const SLOT_MS = Date.UTC(2026, 10, 22);

/** A tenant with a partner that went quiet, polled twice, so that its alert fires. */
async function aTenantThatLeft() {
  const storage = createMemoryStorage();
  const stores = fakeStores(storage);
  const queue = createFakeWorkQueue();
  let nowMs = SLOT_MS;
  const deps = { ...stores, queue, clock: { nowMs: () => nowMs }, digest };
  const beatMs = SLOT_MS - 80 * HOUR_MS;
  const reads = goodReads({ complianceManagementPartners: [aCompliancePartnerRow({ beatMs })] });
  await stores.overview.register(TENANT_ID, SLOT_MS);
  for (const slot of [0, 1]) {
    nowMs = SLOT_MS + slot * PERIOD_MS;
    const request = { tenantId: TENANT_ID, slotMs: nowMs };
    await runPoll({ ...deps, source: { read: async () => reads } }, { request, policy: aPolicy() });
  }
  queue.takeDeliveries();
  const app = anAppWorld(stores);
  return {
    storage,
    sent: app.sent,
    close: (slot: number) => {
      nowMs = SLOT_MS + slot * PERIOD_MS;
      return closeTenant(deps, { tenantId: TENANT_ID, slotMs: nowMs, closing: true });
    },
    drain: () => app.drain({ tenantId: TENANT_ID, nowMs }),
    lines: () => stores.overview.loadLines(),
    states: () => storage.rows(TENANT_ID, "live|state|").length,
  };
}

describe("closeTenant()", () => {
  it("ends every alert, puts every state away, rings, and keeps the line while there is something to deliver", async () => {
    const world = await aTenantThatLeft();

    const report = await world.close(2);

    expect(report).toMatchObject({ kind: "closing", notifications: 1, rang: true });
    expect(world.states()).toBe(0);
    expect(world.storage.rows(TENANT_ID, "gone|").length).toBeGreaterThan(0);
    expect((await world.lines())[0]?.overview).toMatchObject({ tenantName: "Contoso", openAlerts: { error: 0 } });
  });

  it("tells of the end by the name that the last poll left, and why", async () => {
    const world = await aTenantThatLeft();

    await world.close(2);
    await world.drain();

    expect(world.sent.at(-1)?.facts).toMatchObject({
      tenantName: "Contoso",
      kind: "resolved",
      endReason: "removed-from-configuration",
    });
  });

  it("goes on ringing while a notification waits, and removes the line once nothing does", async () => {
    const world = await aTenantThatLeft();
    await world.close(2);

    const waiting = await world.close(3);
    await world.drain();
    const closed = await world.close(4);

    expect(waiting).toMatchObject({ kind: "closing", rang: true });
    expect(closed).toMatchObject({ kind: "closed", rang: false });
    expect(await world.lines()).toEqual([]);
  });

  it("changes nothing when its message comes twice", async () => {
    const world = await aTenantThatLeft();
    await world.close(2);
    const rows = world.storage.rows(TENANT_ID, "");

    expect(await world.close(2)).toMatchObject({ kind: "closing", notifications: 0 });
    expect(world.storage.rows(TENANT_ID, "")).toEqual(rows);
  });

  it("has nothing to do when the line is gone", async () => {
    const world = await aTenantThatLeft();
    for (const slot of [2, 3, 4]) {
      await world.close(slot);
      await world.drain();
    }
    const rows = world.storage.rows(TENANT_ID, "");

    expect(await world.close(5)).toEqual({ kind: "closed", transactions: 0, notifications: 0, rang: false });
    expect(world.storage.rows(TENANT_ID, "")).toEqual(rows);
  });

  it("passes over rows that cannot be parsed", async () => {
    const world = await aTenantThatLeft();
    world.storage.corrupt(TENANT_ID, `live|state|${digest("source:connectorStatus")}`);

    await world.close(2);
    await world.drain();

    expect((await world.close(3)).kind).toBe("closed");
  });

  it("waits for nothing that was given up, where no end can follow", async () => {
    const world = await aTenantThatLeft();
    const row = anOutboxRow({ tenantId: TENANT_ID, alertKey: "of-a-lost-state" }, { dead: true, attempts: 9 });
    world.storage.transact(TENANT_ID, [{ op: "put", rowKey: outboxKey(row), value: row }]);
    await world.close(2);
    await world.drain();

    expect((await world.close(3)).kind).toBe("closed");
    expect(await world.lines()).toEqual([]);
  });
});
