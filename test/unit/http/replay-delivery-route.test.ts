import { describe, expect, it } from "vitest";
import { toDeliveryId } from "../../../src/domain/delivery/delivery-id.ts";
import type { Delivery } from "../../../src/domain/delivery/notification.ts";
import { createReplayDeliveryRoute } from "../../../src/http/replay-delivery-route.ts";
import { aDelivery, anOutboxRow } from "../../contract/storage/storage-builders.ts";
import { anAlert, aState, bodyOf, TENANT } from "./builders.ts";
import { aWrite, aWriteWorld } from "./write-world.ts";

const ORDER = { reason: "the address is right now", by: "Ann" };
const ROW = anOutboxRow();
const { connectionKey, episode } = ROW.facts;
const DEAD = aDelivery(ROW, { outcome: "dead" });
const OPEN = aState({
  connectionKey,
  alerts: { "heartbeat-age": anAlert({ episode: { id: episode, firedSlotMs: ROW.facts.firedSlotMs } }) },
});

/** A notification was given up; its alert is still open unless told otherwise. */
async function aWorld(state = OPEN, dead: Delivery = DEAD) {
  const world = await aWriteWorld([state]);
  const { outbox, storage } = world;
  storage.transact(TENANT.tenantId, [{ op: "put", rowKey: world.outboxKeyOf(ROW), value: ROW }]);
  const [row] = (await outbox.load(TENANT.tenantId)).rows;
  if (row !== undefined) await outbox.settle(TENANT.tenantId, [{ row, delivery: dead }]);
  return { ...world, route: createReplayDeliveryRoute(world) };
}

function replay(
  write: { readonly headers?: Record<string, string>; readonly body?: unknown; readonly id?: string } = {},
) {
  const { id = toDeliveryId(DEAD), ...rest } = write;
  return aWrite("POST", `/api/v1/deliveries/${id}/replay`, { body: ORDER, params: { id }, ...rest });
}

describe("createReplayDeliveryRoute()", () => {
  it("has it sent again, with who and why", async () => {
    const { route, queue, outbox, audit } = await aWorld();

    const reply = await route(replay());

    expect(reply.status).toBe(202);
    expect(bodyOf(reply)).toEqual({ tenantId: TENANT.tenantId, notificationId: DEAD.id });
    expect(queue.takeDeliveries()).toHaveLength(1);
    expect((await outbox.load(TENANT.tenantId)).rows).toHaveLength(1);
    expect(audit()).toEqual([
      expect.objectContaining({ action: "replay-delivery", target: toDeliveryId(DEAD), ...ORDER }),
    ]);
  });

  it("answers 202 again and sends once when it is asked twice", async () => {
    const { route, outbox, audit } = await aWorld();

    const replies = [await route(replay()), await route(replay())];

    expect(replies.map(({ status }) => status)).toEqual([202, 202]);
    expect((await outbox.load(TENANT.tenantId)).rows).toHaveLength(1);
    expect(audit()).toHaveLength(1);
  });

  it("answers 409 with the reason when the alert is over", async () => {
    const { route, audit } = await aWorld(aState({ connectionKey }));

    const reply = await route(replay());

    expect([reply.status, bodyOf(reply).detail]).toEqual([409, expect.stringContaining("The alert is over")]);
    expect(audit()).toEqual([]);
  });

  it.each([
    { what: "the right key", write: { headers: {} }, status: 403 },
    { what: "a reason", write: { body: { by: "Ann" } }, status: 400 },
    { what: "a name that may be one", write: { id: "a|b" }, status: 404 },
    { what: "the time of its record", write: { id: DEAD.id }, status: 404 },
    { what: "the right time", write: { id: toDeliveryId({ ...DEAD, settledAtMs: 1 }) }, status: 404 },
  ])("answers $status without $what, and writes nothing", async ({ write, status }) => {
    const { route, audit } = await aWorld();

    expect((await route(replay(write))).status).toBe(status);
    expect(audit()).toEqual([]);
  });
});
