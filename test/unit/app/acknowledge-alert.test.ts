import { describe, expect, it } from "vitest";
import { acknowledgeAlert } from "../../../src/app/acknowledge-alert.ts";
import { anAlert, aState, TENANT } from "../http/builders.ts";
import { aWriteWorld } from "../http/write-world.ts";

const ORDER = {
  tenantId: TENANT.tenantId,
  alertKey: "a".repeat(32),
  untilMs: 2_000_000_000_000,
  reason: "seen",
  person: { by: "Ann", byVerified: false },
};

describe("acknowledgeAlert()", () => {
  it.each(["firing", "recovering"] as const)("acknowledges the episode of an alert that is %s", async (phase) => {
    const world = await aWriteWorld([aState({ alerts: { "heartbeat-age": anAlert({ phase }) } })]);

    const written = await acknowledgeAlert(world, ORDER);

    expect(written).toEqual({
      alertKey: ORDER.alertKey,
      episode: anAlert().episode?.id,
      writtenAtMs: world.clock.nowMs(),
      untilMs: ORDER.untilMs,
      by: "Ann",
      reason: "seen",
    });
    expect((await world.store.loadLive(TENANT.tenantId)).acknowledgements).toEqual([written]);
  });

  it.each(["inactive", "pending"] as const)("finds nothing to acknowledge in an alert that is %s", async (phase) => {
    const world = await aWriteWorld([aState({ alerts: { "heartbeat-age": anAlert({ phase }) } })]);

    expect(await acknowledgeAlert(world, ORDER)).toBeUndefined();
    expect(world.audit()).toEqual([]);
  });
});
