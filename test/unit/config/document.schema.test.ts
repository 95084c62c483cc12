import { describe, expect, it } from "vitest";
import { documentSchema } from "../../../src/config/document.schema.ts";
import { SOURCE_IDS } from "../../../src/domain/connections/source.ts";
import { DAY_MS, HOUR_MS } from "../../../src/domain/units.ts";
import { aDocument, aTenant, TENANT_ID } from "./config-builders.ts";

const schema = documentSchema({});

describe("documentSchema()", () => {
  it("needs nothing but a tenant with id and name", () => {
    expect(schema.parse(aDocument())).toEqual({
      tenants: [{ id: TENANT_ID, name: "Contoso", sources: [...SOURCE_IDS], rules: {}, overrides: [], ignore: [] }],
      credential: { kind: "managed-identity" },
      preset: "recommended",
      rules: {},
      overrides: [],
      ignore: [],
      watchedConnectors: [],
      maintenance: [],
      channels: [{ name: "log", minSeverity: "info", settings: { type: "log" } }],
      fleet: { rules: {}, overrides: [] },
      reminders: { critical: 4 * HOUR_MS, error: DAY_MS, warning: DAY_MS },
      trustAppServiceAuthentication: false,
      retention: { snapshots: 90 * DAY_MS, events: 400 * DAY_MS, daily: 1_825 * DAY_MS, deliveries: 90 * DAY_MS },
    });
  });

  it.each([
    ["no tenants", aDocument({ tenants: undefined }), "tenants"],
    ["an empty list of tenants", aDocument({ tenants: [] }), "tenants"],
    ["a tenant without id", aDocument({ tenants: [{ name: "Contoso" }] }), "tenants.0.id"],
    ["a tenant without name", aDocument({ tenants: [{ id: TENANT_ID }] }), "tenants.0.name"],
    ["an unknown source", aDocument({ tenants: [aTenant({ sources: ["devices"] })] }), "tenants.0.sources.0"],
    ["no source", aDocument({ tenants: [aTenant({ sources: [] })] }), "tenants.0.sources"],
    [
      "a source twice",
      aDocument({ tenants: [aTenant({ sources: ["connectorStatus", "connectorStatus"] })] }),
      "tenants.0.sources",
    ],
    ["an empty list of channels", aDocument({ channels: [] }), "channels"],
    ["a tenant that tells nobody", aDocument({ tenants: [aTenant({ channels: [] })] }), "tenants.0.channels"],
    ["an unknown preset", aDocument({ preset: "loose" }), "preset"],
    ["an ignored connection without reason", aDocument({ ignore: [{ connection: "*" }] }), "ignore.0.reason"],
    ["a retention below a day", aDocument({ retention: { snapshots: "PT12H" } }), "retention.snapshots"],
    ["a retention in months", aDocument({ retention: { events: "P3M" } }), "retention.events"],
    ["reminders each minute", aDocument({ reminders: { critical: "PT1M" } }), "reminders.critical"],
    ["reminders of information", aDocument({ reminders: { info: "P1D" } }), "reminders"],
    ["trust in a word", aDocument({ trustAppServiceAuthentication: "yes" }), "trustAppServiceAuthentication"],
    ["a setting of another version", aDocument({ quietHours: [] }), ""],
    ["maintenance without a list", aDocument({ maintenance: {} }), "maintenance"],
  ])("refuses %s", (_case, given, path) => {
    expect(schema.safeParse(given).error?.issues.map((issue) => issue.path.join("."))).toEqual([path]);
  });

  it("takes reminders that never come", () => {
    expect(schema.parse(aDocument({ reminders: { warning: "never" } })).reminders.warning).toBe("never");
  });
});
