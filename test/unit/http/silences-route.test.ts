import { describe, expect, it } from "vitest";
import { createEndSilenceRoute } from "../../../src/http/end-silence-route.ts";
import { createSilencesRoute } from "../../../src/http/silences-route.ts";
import { aRequest, bodyOf, TENANT } from "./builders.ts";
import { aWrite, aWriteWorld, NOW } from "./write-world.ts";

const SILENCES = "/api/v1/silences";
const ORDER = {
  match: { rule: "heartbeat-age", connection: "*jamf*" },
  until: "2026-11-23T10:00:00Z",
  reason: "Jamf is being moved",
  by: "Ann",
};

describe("createSilencesRoute()", () => {
  it("orders a silence from now on, keeps who and why, and lists it", async () => {
    const world = await aWriteWorld();
    const route = createSilencesRoute(world);

    const ordered = await route(aWrite("POST", SILENCES, { body: ORDER }));
    const listed = await route(aRequest(SILENCES));

    const silence = {
      id: expect.stringMatching(/^[\da-f]{16}$/),
      match: ORDER.match,
      fromDateTime: NOW,
      untilDateTime: ORDER.until,
      writtenDateTime: NOW,
      by: "Ann",
      reason: "Jamf is being moved",
    };
    expect(ordered.status).toBe(201);
    expect(bodyOf(ordered)).toEqual(silence);
    expect(bodyOf(listed)).toEqual({ tenantId: TENANT.tenantId, value: [silence], windows: [] });
    expect(world.audit()).toEqual([
      expect.objectContaining({ action: "silence", by: "Ann", byVerified: false, reason: ORDER.reason }),
    ]);
  });

  it.each([
    { nowIso: "2026-11-22T10:00:00Z", want: { isActive: false, nextStartDateTime: "2026-11-22T21:05:00Z" } },
    { nowIso: "2026-11-22T21:05:00Z", want: { isActive: true, untilDateTime: "2026-11-22T23:05:00Z" } },
    { nowIso: "2026-11-22T23:05:00Z", want: { isActive: false, nextStartDateTime: "2026-11-29T21:05:00Z" } },
  ])("lists the maintenance windows of the tenant beside its silences, and how they stand at $nowIso", async (step) => {
    const night = { name: "patching", weekdays: ["sun"], timeZone: "Europe/Berlin", match: {} } as const;
    const maintenance = [{ ...night, startMinute: 22 * 60 + 5, durationMs: 2 * 3_600_000 }];
    const clock = { nowMs: () => Date.parse(step.nowIso) };
    const world = { ...(await aWriteWorld()), clock, tenants: [{ ...TENANT, maintenance }] };

    const listed = await createSilencesRoute(world)(aRequest(SILENCES));

    expect(bodyOf(listed).windows).toEqual([{ ...night, start: "22:05", duration: "PT2H", ...step.want }]);
  });

  it("takes the same order given twice as one", async () => {
    const world = await aWriteWorld();
    const later = { ...world, clock: { nowMs: () => world.clock.nowMs() + 60_000 } };

    const first = await createSilencesRoute(world)(aWrite("POST", SILENCES, { body: ORDER }));
    const again = await createSilencesRoute(later)(aWrite("POST", SILENCES, { body: ORDER }));

    expect(bodyOf(again)).toEqual(bodyOf(first));
    expect(await world.suppressions.listSilences(TENANT.tenantId)).toHaveLength(1);
    expect(world.audit()).toHaveLength(1);
  });

  it("orders one for the fleet", async () => {
    const world = await aWriteWorld();

    const reply = await createSilencesRoute(world)(aWrite("POST", `${SILENCES}?tenant=fleet`, { body: ORDER }));

    expect(reply.status).toBe(201);
    expect(await world.suppressions.listSilences("fleet")).toHaveLength(1);
  });

  const bad = [
    { order: { until: NOW }, message: "must be ahead" },
    { order: { from: "2026-11-24T10:00:00Z" }, message: "must be after from" },
    { order: { until: "2027-02-20T10:00:01Z" }, message: "must be at most 90 days after from" },
  ];

  it.each(bad)("answers 400 when until $message", async ({ order, message }) => {
    const world = await aWriteWorld();

    const reply = await createSilencesRoute(world)(aWrite("POST", SILENCES, { body: { ...ORDER, ...order } }));

    expect(reply.status).toBe(400);
    expect(bodyOf(reply).errors).toEqual([{ parameter: "until", message }]);
    expect(await world.suppressions.listSilences(TENANT.tenantId)).toEqual([]);
  });

  it("allows exactly 90 days", async () => {
    const body = { ...ORDER, until: "2027-02-20T10:00:00Z" };

    const reply = await createSilencesRoute(await aWriteWorld())(aWrite("POST", SILENCES, { body }));

    expect(reply.status).toBe(201);
  });

  it("asks who it is where the platform does not say", async () => {
    const { by: _by, ...body } = ORDER;

    const reply = await createSilencesRoute(await aWriteWorld())(aWrite("POST", SILENCES, { body }));

    expect(reply.status).toBe(400);
    expect(bodyOf(reply).errors[0].parameter).toBe("by");
  });

  it("writes nothing without the right key", async () => {
    const world = await aWriteWorld();

    const reply = await createSilencesRoute(world)(aWrite("POST", SILENCES, { body: ORDER, headers: {} }));

    expect(reply.status).toBe(403);
    expect(world.audit()).toEqual([]);
  });
});

describe("createEndSilenceRoute()", () => {
  const reason = { reason: "done", by: "Bob" };

  it("ends a silence now, once, and a silence that was ended cannot be ordered again as it was", async () => {
    const world = await aWriteWorld();
    const { id } = bodyOf(await createSilencesRoute(world)(aWrite("POST", SILENCES, { body: ORDER })));
    const end = () =>
      createEndSilenceRoute(world)(aWrite("DELETE", `${SILENCES}/${id}`, { body: reason, params: { id } }));

    expect((await end()).status).toBe(204);
    expect((await end()).status).toBe(204);
    const again = await createSilencesRoute(world)(aWrite("POST", SILENCES, { body: ORDER }));

    expect(again.status).toBe(409);
    expect(await world.suppressions.listSilences(TENANT.tenantId)).toEqual([
      expect.objectContaining({ id, endedAtMs: world.clock.nowMs() }),
    ]);
    expect(world.audit()).toHaveLength(2);
  });

  it.each(["", "no-such", "a|b", "../x"])("answers 404 for the id '%s'", async (id) => {
    const world = await aWriteWorld();

    const reply = await createEndSilenceRoute(world)(aWrite("DELETE", SILENCES, { body: reason, params: { id } }));

    expect(reply.status).toBe(404);
  });
});
