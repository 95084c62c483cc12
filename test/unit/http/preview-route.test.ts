import { describe, expect, it } from "vitest";
import { parseRuleChanges } from "../../../src/config/parse-rule-changes.ts";
import { DAY_MS, MINUTE_MS } from "../../../src/domain/units.ts";
import { createPreviewRoute } from "../../../src/http/preview-route.ts";
import { aPolicy, digest } from "../../builders/a-policy.ts";
import { aPartner, aSnapshot, aState, at, bodyOf, OTHER_TENANT, PARTNER_ID, TENANT } from "./builders.ts";
import { aStoredHistory } from "./stored-history.ts";
import { aWrite } from "./write-world.ts";

const NOW_MS = at("2026-11-22T10:00:20Z");
const PREVIEW = "/api/v1/rules/preview";
const RULES = { "heartbeat-age": { warnAfter: "PT30M" } };

/** A partner that beat at eight for the last time, as polls saw it each hour since. */
async function aWorld() {
  const history = aStoredHistory(TENANT.tenantId);
  await history.addStates(aState());
  const reading = aPartner({ lastContact: { atMs: at("2026-11-22T08:00:00Z"), asSent: "" } });
  const slots = [0, 1, 2].map((hours) => at("2026-11-22T08:00:00Z") + hours * 60 * MINUTE_MS);
  await history.addSnapshots(...slots.map((slotMs) => aSnapshot({ slotMs, observedAtMs: slotMs, reading })));
  const deps = {
    history,
    store: history.store,
    tenants: [aPolicy({ tenantId: TENANT.tenantId })],
    clock: { nowMs: () => NOW_MS },
    parseRules: parseRuleChanges,
    digest,
    yieldNow: async () => undefined,
  };
  const route = createPreviewRoute(deps);
  const ask = (body: unknown, query = "") => route(aWrite("POST", PREVIEW + query, { body, headers: {} }));
  return { history, deps, ask };
}

describe("createPreviewRoute()", () => {
  it("answers what would have fired in the last 30 days, to whom may read", async () => {
    const { ask } = await aWorld();

    const reply = await ask({ rules: RULES });

    expect(reply.status).toBe(200);
    expect(reply.headers["Cache-Control"]).toBe("no-store");
    expect(bodyOf(reply)).toMatchObject({
      tenantId: TENANT.tenantId,
      from: "2026-10-23T10:00:00Z",
      to: "2026-11-22T10:00:00Z",
      snapshots: 2,
      value: [
        {
          connectionKey: digest(PARTNER_ID),
          connectionName: "Jamf",
          sinceDateTime: "2026-11-22T08:00:00Z",
          rules: [
            {
              ruleId: "heartbeat-age",
              current: { fired: 0, settings: { limits: { warnAfter: "P1DT12H" } } },
              tried: {
                fired: 1,
                open: "PT1H",
                settings: { limits: { warnAfter: "PT30M" } },
                episodes: [{ firedDateTime: "2026-11-22T09:00:00Z", duration: "PT1H", severity: "warning" }],
              },
            },
          ],
        },
      ],
    });
  });

  it.each([PARTNER_ID, digest(PARTNER_ID), digest(PARTNER_ID).toUpperCase()])(
    "finds the connection %s, in a window",
    async (connection) => {
      const { ask } = await aWorld();
      const window = { from: "2026-11-22T08:00:00Z", to: "2026-11-22T09:00:00Z" };

      const reply = await ask({ rules: RULES, connection, ...window });

      expect(bodyOf(reply)).toMatchObject({ ...window, snapshots: 1, value: [{ connectionKey: digest(PARTNER_ID) }] });
    },
  );

  it("clamps an end that is ahead, and says so", async () => {
    const { ask } = await aWorld();

    const reply = await ask({ rules: RULES, to: "2027-01-01T00:00:00Z" });

    expect(bodyOf(reply).to).toBe("2026-11-22T10:00:00Z");
  });

  it("writes nothing", async () => {
    const { ask, history } = await aWorld();
    history.clearCalls();

    await ask({ rules: RULES });

    expect(history.calls).toEqual(["loadLive", "snapshots"]);
  });

  it.each([
    { body: "[]", parameter: "body", message: "must be a JSON object" },
    { body: {}, parameter: "rules", message: "must be an object" },
    { body: { rules: {} }, parameter: "rules", message: "must name at least one rule" },
    { body: { rules: "s3cret" }, parameter: "rules", message: "must be an object" },
    {
      body: { rules: { "s3cret-rule": {} } },
      parameter: "rules.s3cret-rule",
      message: "must be left out, for there is no such setting",
    },
    {
      body: { rules: { "heartbeat-age": { warnAfter: "48h" } } },
      parameter: "rules.heartbeat-age.warnAfter",
      message: "must be an ISO 8601 duration such as PT36H or P7D, from PT0S to P3650D",
    },
    {
      body: { rules: { "connection-missing": { enabled: true } } },
      parameter: "rules.connection-missing",
      message: "must be left out: stored readings do not tell it",
    },
    {
      body: { rules: RULES, connection: "jamf" },
      parameter: "connection",
      message: "must be one connection key (32 hex digits) or connection id (<kind>:<id>)",
    },
    {
      body: { rules: RULES, from: "yesterday" },
      parameter: "from",
      message: "must be an RFC 3339 instant such as 2026-11-22T10:00:00Z",
    },
    {
      body: { rules: RULES, from: "2026-11-22T10:00:00Z" },
      parameter: "from",
      message: "must be before to, which is 2026-11-22T10:00:00Z",
    },
    {
      body: { rules: RULES, from: "2026-08-24T09:59:59Z" },
      parameter: "from",
      message: "must be at most 90 days before to, which is 2026-11-22T10:00:00Z",
    },
    { body: { rules: RULES, save: true }, parameter: "save", message: "is not a member of this body" },
  ])("refuses $body", async ({ body, parameter, message }) => {
    const { ask } = await aWorld();

    const reply = await ask(body);

    expect(reply.status).toBe(400);
    expect(bodyOf(reply).errors).toEqual([{ parameter, message }]);
  });

  it("names both limits that contradict, those that hold among them", async () => {
    const { ask } = await aWorld();

    const reply = await ask({ rules: { "heartbeat-age": { errorFrom: "P8D" } } });

    expect(reply.status).toBe(400);
    expect(bodyOf(reply).errors).toEqual([
      { parameter: "rules.heartbeat-age.errorFrom", message: "must be below criticalFrom" },
      { parameter: "rules.heartbeat-age.criticalFrom", message: "must be above errorFrom" },
    ]);
  });

  it("takes a window of 90 days to the minute", async () => {
    const { ask } = await aWorld();

    expect((await ask({ rules: RULES, from: "2026-08-24T10:00:00Z" })).status).toBe(200);
  });

  it.each([
    { query: "?tenant=fleet", status: 400 },
    { query: "?tenant=s3cret", status: 400 },
    { query: "?save=true", status: 400 },
    { query: `?tenant=${OTHER_TENANT.tenantId}`, status: 404 },
  ])("answers $status to $query", async ({ query, status }) => {
    const { ask } = await aWorld();

    expect((await ask({ rules: RULES }, query)).status).toBe(status);
  });

  it("answers 404 for a connection that is not there", async () => {
    const { ask } = await aWorld();

    expect((await ask({ rules: RULES, connection: "f".repeat(32) })).status).toBe(404);
  });

  it("answers 409 for a connection whose state cannot be read", async () => {
    const { ask, history } = await aWorld();
    history.spoil(digest(PARTNER_ID));

    expect((await ask({ rules: RULES, connection: PARTNER_ID })).status).toBe(409);
  });

  it("answers 413 to a body that is too long", async () => {
    const { ask } = await aWorld();

    expect((await ask({ rules: RULES, connection: "x".repeat(20_000) })).status).toBe(413);
  });

  it("answers 400 when there are too many readings", async () => {
    const { deps } = await aWorld();
    const rows = Array.from({ length: 35_001 }, () => aSnapshot());
    const route = createPreviewRoute({ ...deps, history: { snapshots: async () => ({ rows }) } });

    const reply = await route(aWrite("POST", PREVIEW, { body: { rules: RULES }, headers: {} }));

    expect(reply.status).toBe(400);
    expect(bodyOf(reply).errors).toEqual([
      { parameter: "from", message: "must be later, or connection given: there are more than 35,000 readings" },
    ]);
  });

  it("answers 400 when there are too many steps", async () => {
    const { deps } = await aWorld();
    const tenants = [aPolicy({ tenantId: TENANT.tenantId, periodMs: MINUTE_MS })];
    const rows = [aSnapshot({ slotMs: NOW_MS - 90 * DAY_MS })];
    const route = createPreviewRoute({ ...deps, tenants, history: { snapshots: async () => ({ rows }) } });
    const body = { rules: { ...RULES, "data-problem": {} }, from: "2026-08-24T10:00:00Z" };

    const reply = await route(aWrite("POST", PREVIEW, { body, headers: {} }));

    expect(reply.status).toBe(400);
    expect(bodyOf(reply).errors).toEqual([
      {
        parameter: "from",
        message: "must be later, or connection or fewer rules given: that takes more than 150,000 steps",
      },
    ]);
  });
});
