import { describe, expect, it } from "vitest";
import { documentSchema } from "../../../src/config/document.schema.ts";
import { toFleetPolicy, toTenantPolicy } from "../../../src/config/to-policy.ts";
import { MINUTE_MS } from "../../../src/domain/units.ts";
import { aDocument, aMaintenance, aTenant, TENANT_ID } from "./config-builders.ts";

const PERIOD_MS = 15 * MINUTE_MS;
const channels = ["a", "b"].map((name) => ({ type: "log", name }));

function parse(changes: Record<string, unknown>) {
  return documentSchema({}).parse(aDocument({ channels, ...changes }));
}

describe("toFleetPolicy()", () => {
  it("watches the monitor itself, and tells all channels", () => {
    const ignore = [{ connection: "*", reason: "all of them" }];

    expect(toFleetPolicy(parse({ ignore, watchedConnectors: ["jamfLastSync"] }), PERIOD_MS)).toMatchObject({
      tenantId: "fleet",
      tenantName: "Fleet",
      periodMs: PERIOD_MS,
      sources: [],
      ignore: [],
      watchedConnectors: [],
      channels: [{ name: "a" }, { name: "b" }],
    });
  });

  it("lays its own rules on those of the document, and tells the channels that it names", () => {
    const rules = { "tenant-late": { warnAfterPeriods: 8 } };
    const document = parse({
      preset: "relaxed",
      rules,
      fleet: { channels: ["b"], rules: { "tenant-late": { confirmPolls: 2 } } },
    });

    const policy = toFleetPolicy(document, PERIOD_MS);

    expect(policy.rules).toEqual({
      preset: "relaxed",
      rules: { "tenant-late": { limits: { warnAfterPeriods: 8 }, confirmPolls: 2 } },
      overrides: [],
    });
    expect(policy.channels.map(({ name }) => name)).toEqual(["b"]);
  });

  it("is in maintenance only where a window names it", () => {
    const maintenance = [aMaintenance(), aMaintenance({ name: "own", match: { tenant: "fleet" } })];

    expect(toFleetPolicy(parse({ maintenance }), PERIOD_MS).maintenance.map(({ name }) => name)).toEqual(["own"]);
  });
});

describe("toTenantPolicy()", () => {
  it("takes what the tenant says, and of the document what it does not", () => {
    const ignore = [{ connection: "old*", reason: "replaced" }];
    const document = parse({ tenants: [aTenant({ channels: ["b"], ignore })], reminders: { warning: "never" } });
    const [tenant] = document.tenants;

    expect(tenant && toTenantPolicy(document, tenant, PERIOD_MS)).toMatchObject({
      tenantId: TENANT_ID,
      ignore,
      channels: [{ name: "b", keepsIncidents: false }],
    });
    expect(toFleetPolicy(document, PERIOD_MS).repeatMs).not.toHaveProperty("warning");
  });
});
