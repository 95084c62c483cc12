import { describe, expect, it } from "vitest";
import { orderSilence } from "../../../src/app/order-silence.ts";
import { takeBack } from "../../../src/app/take-back.ts";
import { TENANT } from "../http/builders.ts";
import { aWriteWorld } from "../http/write-world.ts";

const person = { by: "Bob", byVerified: true };

describe("takeBack()", () => {
  it("ends a silence and keeps who did it, once", async () => {
    const world = await aWriteWorld();
    const untilMs = world.clock.nowMs() + 60_000;
    const order = { tenantId: TENANT.tenantId, match: {}, untilMs, reason: "known", person };
    const ordered = await orderSilence(world, order);
    const target = ordered.kind === "ordered" ? ordered.silence.id : "";
    const end = { tenantId: TENANT.tenantId, what: "silence", target, reason: "done", person } as const;

    expect([await takeBack(world, end), await takeBack(world, end)]).toEqual(["done", "done"]);
    expect(world.audit()).toContainEqual(expect.objectContaining({ action: "end-silence", ...person, reason: "done" }));
    expect(world.audit()).toHaveLength(2);
  });

  it.each(["silence", "acknowledgement"] as const)("finds no %s that was never written", async (what) => {
    const world = await aWriteWorld();
    const order = { tenantId: TENANT.tenantId, what, target: "a".repeat(32), reason: "x", person };

    expect(await takeBack(world, order)).toBe("not-found");
  });
});
