import { describe, expect, it } from "vitest";
import { type OrderSilenceDeps, orderSilence, type SilenceOrder } from "../../../src/app/order-silence.ts";
import { MAX_SILENCE_MS } from "../../../src/domain/suppression/silence.ts";
import { DAY_MS, MINUTE_MS } from "../../../src/domain/units.ts";
import { digest, TENANT_ID } from "../../builders/a-policy.ts";
import { createFakeSuppressionStore } from "../../fakes/fake-suppression-store.ts";
import { createMemoryStorage } from "../../fakes/memory-storage.ts";

const NOW_MS = Date.UTC(2026, 10, 22, 10);

const ORDER: SilenceOrder = {
  tenantId: TENANT_ID,
  match: { rule: "heartbeat-age" },
  untilMs: NOW_MS + DAY_MS,
  reason: "known",
  person: { by: "Ann", byVerified: true },
};

function aWorld() {
  const suppressions = createFakeSuppressionStore(createMemoryStorage());
  const order = (changes: Partial<SilenceOrder> = {}, nowMs = NOW_MS) => {
    const deps: OrderSilenceDeps = { suppressions, clock: { nowMs: () => nowMs }, digest };
    return orderSilence(deps, { ...ORDER, ...changes });
  };
  return { suppressions, order };
}

describe("orderSilence()", () => {
  it("begins now unless another beginning is ordered", async () => {
    const { order } = aWorld();

    const now = await order();
    const later = await order({ fromMs: NOW_MS + MINUTE_MS, untilMs: NOW_MS + MINUTE_MS + MAX_SILENCE_MS });

    expect(now).toMatchObject({ kind: "ordered", silence: { fromMs: NOW_MS, by: "Ann" } });
    expect(later).toMatchObject({ kind: "ordered", silence: { fromMs: NOW_MS + MINUTE_MS } });
  });

  it("finds the same order a minute later as it was written first", async () => {
    const { order } = aWorld();
    const first = await order();

    expect(await order({}, NOW_MS + MINUTE_MS)).toEqual(first);
  });

  it.each<Partial<SilenceOrder>>([
    { match: { rule: "sync-age" } },
    { untilMs: NOW_MS + 2 * DAY_MS },
    { reason: "other" },
    { person: { by: "Bob", byVerified: true } },
    { fromMs: NOW_MS },
  ])("takes %j for another order", async (changes) => {
    const { suppressions, order } = aWorld();
    await order();
    await order(changes);

    expect(await suppressions.listSilences(TENANT_ID)).toHaveLength(2);
  });

  it("does not bring back a silence that was ended", async () => {
    const { suppressions, order } = aWorld();
    const first = await order();
    const id = first.kind === "ordered" ? first.silence.id : "";
    const audit = { id: "end", atMs: NOW_MS, by: "Bob", byVerified: false, target: id, reason: "done" };
    await suppressions.endSilence(TENANT_ID, { id, endedAtMs: NOW_MS }, { ...audit, action: "end-silence" });

    expect(await order()).toEqual({ kind: "ended-before" });
  });
});
