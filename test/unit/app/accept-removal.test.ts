import { describe, expect, it } from "vitest";
import { stateKey } from "../../../src/adapters/tables/row-keys.ts";
import { type AcceptRemovalDeps, acceptRemoval } from "../../../src/app/accept-removal.ts";
import { MINUTE_MS } from "../../../src/domain/units.ts";
import { aPolicy, digest, goodReads, TENANT_ID } from "../../builders/a-policy.ts";
import { aCompliancePartnerRow } from "../../builders/graph-rows.ts";
import { anAppWorld, fakeStores } from "../../fakes/app-world.ts";
import { createFakeHistoryStore } from "../../fakes/fake-history-store.ts";
import { createFakeOperatorStore } from "../../fakes/fake-operator-store.ts";
import { createMemoryStorage } from "../../fakes/memory-storage.ts";

const SLOT_MS = Date.UTC(2026, 10, 22, 4);
const PARTNER_ID = "00000000-0000-4000-8000-000000000021";
const KEY = digest(`compliance-management-partner:${PARTNER_ID}`);
const OTHER_ROW = aCompliancePartnerRow({ id: "00000000-0000-4000-8000-000000000022", beatMs: SLOT_MS - MINUTE_MS });
const PERSON = { by: "anna", byVerified: true };

/** A tenant one of whose two partners was seen once and is absent from then on. */
async function aWorld(absentPolls: number) {
  const storage = createMemoryStorage();
  const stores = fakeStores(storage);
  const app = anAppWorld(stores);
  let slots = 0;
  async function poll(rows: readonly object[] = []): Promise<void> {
    const slotMs = SLOT_MS + slots * 15 * MINUTE_MS;
    slots += 1;
    const reads = goodReads({ complianceManagementPartners: [OTHER_ROW, ...rows] });
    await app.poll({ slotMs, policy: aPolicy(), reads });
  }
  const seen = () => poll([aCompliancePartnerRow({ id: PARTNER_ID, beatMs: SLOT_MS - MINUTE_MS })]);
  await seen();
  for (let polls = 0; polls < absentPolls; polls += 1) await poll();

  const operators = createFakeOperatorStore(storage);
  const deps: AcceptRemovalDeps = {
    store: stores.store,
    history: createFakeHistoryStore(storage),
    operators,
    clock: { nowMs: () => SLOT_MS + 100 * MINUTE_MS },
  };
  return {
    storage,
    deps,
    poll,
    seen,
    accept: (overrides: Partial<AcceptRemovalDeps> = {}, connectionKey = KEY) =>
      acceptRemoval(
        { ...deps, ...overrides },
        { tenantId: TENANT_ID, rules: aPolicy().rules, connectionKey, reason: "moved away", person: PERSON },
      ),
    isWatched: async () =>
      (await stores.store.loadLive(TENANT_ID)).states.some(({ value }) => value.connectionKey === KEY),
    state: async () =>
      (await stores.store.loadLive(TENANT_ID)).states.find(({ value }) => value.connectionKey === KEY)?.value,
    gone: async () => (await stores.store.loadGone(TENANT_ID)).map(({ connectionKey }) => connectionKey),
    audit: () => operators.listAudit(TENANT_ID, 0),
    told: async () =>
      (await stores.store.loadLive(TENANT_ID)).outbox.map(({ value: { facts } }) => [
        facts.ruleId,
        facts.kind,
        facts.endReason,
      ]),
  };
}

describe("acceptRemoval()", () => {
  it("lets the next poll move a missing connection to the gone, and tells the end of its alert", async () => {
    const world = await aWorld(4);

    const outcome = await world.accept();
    await world.poll();

    expect(outcome).toBe("accepted");
    expect(await world.isWatched()).toBe(false);
    expect(await world.gone()).toEqual([KEY]);
    expect(await world.told()).toEqual([
      ["connection-missing", "fired", undefined],
      ["connection-missing", "resolved", "connection-gone"],
    ]);
    expect(await world.audit()).toMatchObject([
      { action: "accept-removal", target: KEY, by: "anna", byVerified: true, reason: "moved away" },
    ]);
  });

  it("is done once when it is asked for twice, before the next poll and after it", async () => {
    const world = await aWorld(4);
    await world.accept();

    const again = await world.accept();
    await world.poll();
    const late = await world.accept();

    expect([again, late]).toEqual(["accepted", "accepted"]);
    expect(await world.audit()).toHaveLength(1);
  });

  it("forgets the acceptance of a connection that is there again", async () => {
    const world = await aWorld(4);
    await world.accept();

    await world.seen();
    await world.poll();

    expect(await world.isWatched()).toBe(true);
    expect((await world.state())?.removalAcceptedAtMs).toBeUndefined();
  });

  it.each([0, 3])("refuses after %i complete reads without it", async (absentPolls) => {
    const world = await aWorld(absentPolls);

    expect(await world.accept()).toBe("not-missing");
    expect(await world.audit()).toEqual([]);
  });

  it("knows no connection that never was", async () => {
    const world = await aWorld(0);

    expect(await world.accept({}, digest("another"))).toBe("unknown");
  });

  it("does not judge a state that it cannot read", async () => {
    const world = await aWorld(4);
    world.storage.corrupt(TENANT_ID, stateKey(KEY));

    expect(await world.accept()).toBe("unreadable");
  });

  it("is not lost when a poll writes the state meanwhile", async () => {
    const world = await aWorld(4);
    let polls = 0;
    const racing: AcceptRemovalDeps["operators"] = {
      rewriteState: async (...args) => {
        polls += 1;
        if (polls === 1) await world.poll();
        return world.deps.operators.rewriteState(...args);
      },
    };

    const outcome = await world.accept({ operators: racing });
    await world.poll();

    expect([outcome, polls]).toEqual(["accepted", 2]);
    expect(await world.gone()).toEqual([KEY]);
  });

  it("knows its own write behind a conflict that was none", async () => {
    const world = await aWorld(4);
    const ambiguous: AcceptRemovalDeps["operators"] = {
      rewriteState: async (...args) => {
        await world.deps.operators.rewriteState(...args);
        return "conflict";
      },
    };

    expect(await world.accept({ operators: ambiguous })).toBe("accepted");
    expect(await world.audit()).toHaveLength(1);
  });

  it("gives up when others keep writing", async () => {
    const world = await aWorld(4);

    expect(await world.accept({ operators: { rewriteState: async () => "conflict" } })).toBe("changed-meanwhile");
  });
});
