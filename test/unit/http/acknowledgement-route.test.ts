import { describe, expect, it } from "vitest";
import { createAcknowledgementRoute } from "../../../src/http/acknowledgement-route.ts";
import { anAlert, aState, bodyOf, TENANT } from "./builders.ts";
import { aWrite, aWriteWorld, NOW } from "./write-world.ts";

const ALERT_KEY = "a".repeat(32);
const PATH = `/api/v1/alerts/${ALERT_KEY}/acknowledgement`;
const ORDER = { until: "2026-11-29T10:00:00Z", reason: "vendor is called", by: "Ann" };
const firing = aState({ alerts: { "heartbeat-age": anAlert() } });

function put(body: unknown = ORDER, alertKey = ALERT_KEY) {
  return aWrite("PUT", PATH, { body, params: { alertKey } });
}

describe("createAcknowledgementRoute()", () => {
  it("acknowledges the open episode, with who and why", async () => {
    const world = await aWriteWorld([firing]);

    const reply = await createAcknowledgementRoute(world)(put());

    expect(reply.status).toBe(200);
    expect(bodyOf(reply)).toEqual({
      alertKey: ALERT_KEY,
      episode: anAlert().episode?.id,
      writtenDateTime: NOW,
      untilDateTime: ORDER.until,
      by: "Ann",
      reason: ORDER.reason,
    });
    expect((await world.store.loadLive(TENANT.tenantId)).acknowledgements).toHaveLength(1);
    expect(world.audit()).toEqual([expect.objectContaining({ action: "acknowledge", target: ALERT_KEY })]);
  });

  it("takes it back", async () => {
    const world = await aWriteWorld([firing]);
    const route = createAcknowledgementRoute(world);
    await route(put());
    const withdraw = aWrite("DELETE", PATH, { body: { reason: "not us", by: "Bob" }, params: { alertKey: ALERT_KEY } });

    expect((await route(withdraw)).status).toBe(204);
    expect((await world.store.loadLive(TENANT.tenantId)).acknowledgements).toEqual([]);
  });

  const missing = [
    { what: "an alert that nobody knows", states: [firing], alertKey: "b".repeat(32) },
    { what: "a key that is none", states: [firing], alertKey: "a|b" },
    {
      what: "an alert that is only pending",
      states: [aState({ alerts: { "heartbeat-age": anAlert({ phase: "pending" }) } })],
      alertKey: ALERT_KEY,
    },
  ];

  it.each(missing)("answers 404 for $what", async ({ states, alertKey }) => {
    const world = await aWriteWorld(states);

    expect((await createAcknowledgementRoute(world)(put(ORDER, alertKey))).status).toBe(404);
    expect(world.audit()).toEqual([]);
  });

  it.each(["2026-11-29T10:00:01Z", NOW])("answers 400 until %s", async (until) => {
    const reply = await createAcknowledgementRoute(await aWriteWorld([firing]))(put({ ...ORDER, until }));

    expect(reply.status).toBe(400);
    expect(bodyOf(reply).errors[0].parameter).toBe("until");
  });

  it("answers 404 for taking back what is not there, and 403 without the key", async () => {
    const world = await aWriteWorld([firing]);
    const body = { reason: "x", by: "Ann" };
    const params = { alertKey: ALERT_KEY };

    expect((await createAcknowledgementRoute(world)(aWrite("DELETE", PATH, { body, params }))).status).toBe(404);
    expect(
      (await createAcknowledgementRoute(world)(aWrite("DELETE", PATH, { body, params, headers: {} }))).status,
    ).toBe(403);
  });
});
