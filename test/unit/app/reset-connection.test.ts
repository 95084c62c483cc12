import { describe, expect, it } from "vitest";
import { stateKey } from "../../../src/adapters/tables/row-keys.ts";
import { type ResetDeps, resetConnection } from "../../../src/app/reset-connection.ts";
import { HOUR_MS, MINUTE_MS } from "../../../src/domain/units.ts";
import { aPolicy, digest, goodReads, TENANT_ID } from "../../builders/a-policy.ts";
import { aCompliancePartnerRow } from "../../builders/graph-rows.ts";
import { anAppWorld, fakeStores } from "../../fakes/app-world.ts";
import { createFakeHistoryStore } from "../../fakes/fake-history-store.ts";
import { createFakeOperatorStore } from "../../fakes/fake-operator-store.ts";
import { createMemoryStorage } from "../../fakes/memory-storage.ts";

const SLOT_MS = Date.UTC(2026, 10, 22, 4);
const PARTNER_ID = "00000000-0000-4000-8000-000000000021";
const KEY = digest(`compliance-management-partner:${PARTNER_ID}`);

/** A tenant whose only partner has been quiet for three days: its alert was told to `ops`. */
async function aWorld() {
  const storage = createMemoryStorage();
  const stores = fakeStores(storage);
  const app = anAppWorld(stores);
  let slots = 0;
  async function poll(beatMs = SLOT_MS - 73 * HOUR_MS): Promise<void> {
    const rows = [aCompliancePartnerRow({ id: PARTNER_ID, beatMs })];
    const slotMs = SLOT_MS + slots * 15 * MINUTE_MS;
    slots += 1;
    await app.poll({ slotMs, policy: aPolicy(), reads: goodReads({ complianceManagementPartners: rows }) });
    await app.drain({ tenantId: TENANT_ID, nowMs: slotMs });
  }
  await poll();
  await poll();
  app.queue.takeDeliveries();

  const operators = createFakeOperatorStore(storage);
  const deps: ResetDeps = {
    store: stores.store,
    history: createFakeHistoryStore(storage),
    operators,
    queue: app.queue,
    clock: { nowMs: () => SLOT_MS + 20 * MINUTE_MS },
  };
  return {
    app,
    deps,
    poll,
    drain: () => app.drain({ tenantId: TENANT_ID, nowMs: SLOT_MS + 21 * MINUTE_MS }),
    spoil: () => storage.corrupt(TENANT_ID, stateKey(KEY)),
    reset: (overrides: Partial<ResetDeps> = {}, connectionKey = KEY) =>
      resetConnection(
        { ...deps, ...overrides },
        {
          tenantId: TENANT_ID,
          tenantName: "Contoso",
          connectionKey,
          reason: "damaged by hand",
          person: { by: "anna", byVerified: true },
        },
      ),
    told: () => app.sent.map(({ facts }) => `${facts.kind} ${facts.endReason ?? facts.episode}`),
    live: () => stores.store.loadLive(TENANT_ID),
    bad: () => storage.rows(TENANT_ID, "bad|").length,
    audit: () => operators.listAudit(TENANT_ID, 0),
  };
}

describe("resetConnection()", () => {
  it("sets the state aside, tells the end of its alert, and lets the next polls begin anew", async () => {
    const world = await aWorld();
    const [fired] = world.told();
    world.spoil();

    const outcome = await world.reset();
    const bells = world.app.queue.takeDeliveries();
    await world.drain();
    await world.poll();
    await world.poll();

    expect(outcome).toBe("reset");
    expect(bells).toEqual([{ request: { tenantId: TENANT_ID }, delayMs: 0 }]);
    expect(world.told()).toEqual([fired, "resolved state-reset", expect.stringMatching(/^fired /)]);
    expect(world.told()[2]).not.toBe(fired);
    expect((await world.live()).unreadable).toEqual([]);
    expect(world.bad()).toBe(1);
    expect(await world.audit()).toMatchObject([
      { action: "reset-connection", target: KEY, by: "anna", reason: "damaged by hand" },
    ]);
  });

  it("is done once when it is asked for twice", async () => {
    const world = await aWorld();
    world.spoil();
    await world.reset();

    expect(await world.reset()).toBe("reset");
    expect(world.bad()).toBe(1);
    expect(await world.audit()).toHaveLength(1);
  });

  it("refuses to touch a state that can be read", async () => {
    const world = await aWorld();

    expect(await world.reset()).toBe("readable");
    expect((await world.live()).states.some(({ value }) => value.connectionKey === KEY)).toBe(true);
  });

  it("knows no connection that never was", async () => {
    const world = await aWorld();

    expect(await world.reset({}, digest("another"))).toBe("unknown");
  });

  it("reads all events that are kept, page by page", async () => {
    const world = await aWorld();
    await world.poll(SLOT_MS);
    world.spoil();
    const paged: ResetDeps["history"] = {
      events: (range, key) => world.deps.history.events({ ...range, limit: 1 }, key),
    };

    await world.reset({ history: paged });
    await world.drain();

    const [newest] = (
      await world.deps.history.events({ tenantId: TENANT_ID, fromMs: 0, toMs: SLOT_MS * 2, limit: 1 }, KEY)
    ).rows;
    expect(newest?.changes).toMatchObject([{ from: "recovering", to: "inactive", told: { ops: "resolved" } }]);
    expect(world.told().at(-1)).toBe("resolved state-reset");
  });

  it.each([
    { label: "says so when somebody else was faster", isOurs: false, want: "changed-meanwhile" },
    { label: "knows its own write behind a conflict that was none", isOurs: true, want: "reset" },
  ])("$label", async ({ isOurs, want }) => {
    const world = await aWorld();
    world.spoil();
    const operators: ResetDeps["operators"] = {
      ...world.deps.operators,
      setAside: async (...args) => {
        if (isOurs) await world.deps.operators.setAside(...args);
        return "conflict";
      },
    };

    expect(await world.reset({ operators })).toBe(want);
  });
});
