import { describe, expect, it } from "vitest";
import { checkCredentials, checkDocument } from "../../../src/config/check-document.ts";
import { documentSchema } from "../../../src/config/document.schema.ts";
import { parseObject } from "../../../src/config/parse-object.ts";
import { aDocument, aMaintenance, aTenant, CLIENT_ID, OTHER_TENANT_ID, TENANT_ID } from "./config-builders.ts";

const whole = documentSchema({ SECRET: "s3cret" });

/** Reads a document and returns what only the check of the whole finds. */
function problemsOf(
  given: Record<string, unknown>,
  check: (document: Parameters<typeof checkDocument>[0], report: Parameters<typeof checkDocument>[1]) => void,
): readonly string[] {
  const problems: string[] = [];
  const document = parseObject({ whole, partial: whole.partial() }, given, () => {});
  check(document, (setting, expected) => problems.push(`${setting}: ${expected}`));
  return problems;
}

const twoTenants = [aTenant(), aTenant({ id: OTHER_TENANT_ID })];
const elevenChannels = Array.from({ length: 11 }, (_, index) => ({ type: "log", name: `log-${index}` }));

describe("checkDocument()", () => {
  it("finds nothing wrong with a sound document", () => {
    const given = aDocument({
      tenants: [aTenant({ channels: ["a"], rules: { "sync-age": { warnAfter: "P2D" } } }), twoTenants[1]],
      channels: [
        { type: "log", name: "a" },
        { type: "log", name: "b" },
      ],
    });

    expect(problemsOf(given, checkDocument)).toEqual([]);
  });

  it.each([
    ["a tenant twice", { tenants: [aTenant(), aTenant()] }, ["tenants[1].id: the id of no other tenant"]],
    [
      "a channel twice",
      {
        channels: [
          { type: "log", name: "a" },
          { type: "log", name: "a" },
        ],
      },
      ["channels[1].name: the name of no other channel"],
    ],
    [
      "a maintenance window twice",
      { maintenance: [aMaintenance(), aMaintenance({ name: "other" }), aMaintenance({ weekdays: ["sun"] })] },
      ["maintenance[2].name: the name of no other maintenance window"],
    ],
    [
      "a channel that a tenant names twice",
      { tenants: [aTenant({ channels: ["log", "log"] })] },
      ["tenants[0].channels[1]: named once"],
    ],
    [
      "a channel that is not there",
      { tenants: [aTenant({ channels: ["log", "ops"] })] },
      ["tenants[0].channels[1]: the name of a channel of this document"],
    ],
    [
      "too many channels for a tenant",
      { channels: elevenChannels },
      ["tenants[0].channels: a list of at most 10 channels", "fleet.channels: a list of at most 10 channels"],
    ],
    [
      "a channel of the fleet that is not there",
      { fleet: { channels: ["log", "ops", "log"] } },
      ["fleet.channels[2]: named once", "fleet.channels[1]: the name of a channel of this document"],
    ],
    [
      "limits of the fleet that contradict the preset",
      { fleet: { rules: { "clock-skew": {}, "heartbeat-age": { warnAfter: "P9D" } } } },
      ["fleet.rules.heartbeat-age: warnAfter below errorFrom"],
    ],
    [
      "limits that contradict in the document",
      { rules: { "heartbeat-age": { warnAfter: "P9D" } }, tenants: twoTenants },
      ["rules.heartbeat-age: warnAfter below errorFrom"],
    ],
    [
      "limits that contradict the preset",
      { preset: "strict", rules: { "heartbeat-age": { warnAfter: "P3D" } } },
      ["rules.heartbeat-age: warnAfter below errorFrom"],
    ],
    [
      "limits that contradict in an override",
      { overrides: [{ match: { name: "*" }, rules: { "sync-age": { errorFrom: "PT1H" } } }] },
      ["overrides[0].rules.sync-age: warnAfter below errorFrom"],
    ],
    [
      "limits of a tenant that contradict the document's",
      {
        rules: { "sync-age": { errorFrom: "P2D" } },
        tenants: [aTenant(), aTenant({ id: OTHER_TENANT_ID, rules: { "sync-age": { warnAfter: "PT50H" } } })],
      },
      ["tenants[1].rules.sync-age: warnAfter below errorFrom"],
    ],
    [
      "limits of a tenant that contradict an override of the document",
      {
        overrides: [{ match: { name: "*" }, rules: { "sync-age": { errorFrom: "P2D" } } }],
        tenants: [aTenant({ rules: { "sync-age": { warnAfter: "PT50H" } } })],
      },
      ["tenants[0].rules.sync-age: warnAfter below errorFrom"],
    ],
    [
      "limits that contradict in an override of a tenant",
      {
        overrides: [{ match: { name: "*" }, rules: {} }],
        tenants: [aTenant({ overrides: [{ match: { name: "*" }, rules: { "sync-age": { errorFrom: "PT1H" } } }] })],
      },
      ["tenants[0].overrides[0].rules.sync-age: warnAfter below errorFrom"],
    ],
  ])("reports %s", (_case, changes, problems) => {
    expect(problemsOf(aDocument(changes), checkDocument)).toEqual(problems);
  });

  it.each([
    [
      "names of channels that could not be read",
      { channels: [{ type: "pager" }], tenants: [aTenant({ channels: ["ops"] })] },
    ],
    ["limits on a preset that could not be read", { preset: "x", rules: { "heartbeat-age": { warnAfter: "P9D" } } }],
  ])("says nothing of %s", (_case, changes) => {
    expect(problemsOf(aDocument(changes), checkDocument)).toEqual([]);
  });
});

function mailBy(credential: Record<string, unknown>): Record<string, unknown> {
  const [sender, to] = ["it@contoso.example", ["ops@contoso.example"]];
  return { type: "email", name: "mail", tenantId: TENANT_ID, sender, to, credential };
}

describe("checkCredentials()", () => {
  const development = { kind: "development-token" };
  const secret = { kind: "client-secret", clientId: CLIENT_ID, secretFrom: "SECRET" };
  const real = "https://graph.microsoft.com";
  const simulated = "http://127.0.0.1:5000";

  it.each([
    ["a development token for a simulated Graph", { credential: development }, simulated],
    ["a secret for the real Graph", { credential: secret, tenants: twoTenants }, real],
    ["no credential that could be read", { credential: { kind: "x" } }, simulated],
    ["a secret that sends mail through the real Graph", { credential: secret, channels: [mailBy(secret)] }, real],
    [
      "a managed identity that sends mail beside one that reads",
      { tenants: [aTenant()], channels: [mailBy({ kind: "managed-identity" })] },
      real,
    ],
    ["a managed identity for one tenant", { tenants: [aTenant({ credential: secret }), twoTenants[1]] }, real],
  ])("takes %s", (_case, changes, graphRoot) => {
    expect(problemsOf(aDocument(changes), (document, report) => checkCredentials(document, graphRoot, report))).toEqual(
      [],
    );
  });

  it.each([
    ["a development token for the real Graph", { credential: development }, real, ["credential"]],
    [
      "a secret for a simulated Graph",
      { tenants: [aTenant({ credential: secret })] },
      simulated,
      ["tenants[0].credential"],
    ],
    [
      "a secret that would send mail through a simulated Graph",
      { credential: development, channels: [mailBy(secret)] },
      simulated,
      ["channels[0].credential"],
    ],
    [
      "a development token that would send mail through the real Graph",
      { credential: secret, channels: [mailBy(development)] },
      real,
      ["channels[0].credential"],
    ],
    ["a managed identity for two tenants", { tenants: twoTenants }, real, ["tenants[1].credential"]],
  ])("reports %s", (_case, changes, graphRoot, settings) => {
    const problems = problemsOf(aDocument(changes), (document, report) =>
      checkCredentials(document, graphRoot, report),
    );

    expect(problems.map((problem) => problem.replace(/: .*/, ""))).toEqual(settings);
  });
});
