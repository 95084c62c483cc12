import { describe, expect, it } from "vitest";
import { joinRules } from "../../../src/config/tenant-rules.ts";
import { HOUR_MS } from "../../../src/domain/units.ts";

describe("joinRules()", () => {
  it("lays the tenant's word on the document's, limit by limit", () => {
    const document = {
      preset: "strict",
      rules: {
        "sync-age": {
          confirmPolls: 4,
          recoverPolls: 5,
          limits: { warnAfterMs: HOUR_MS, errorFromMs: 9 * HOUR_MS },
        },
      },
      overrides: [],
    } as const;
    const tenant = { rules: { "sync-age": { confirmPolls: 1, limits: { warnAfterMs: 2 * HOUR_MS } } }, overrides: [] };

    const policy = joinRules(document, tenant);

    expect(policy).toEqual({
      preset: "strict",
      rules: {
        "sync-age": {
          confirmPolls: 1,
          recoverPolls: 5,
          limits: { warnAfterMs: 2 * HOUR_MS, errorFromMs: 9 * HOUR_MS },
        },
      },
      overrides: [],
    });
  });

  it("keeps rules that only one of the two speaks of", () => {
    const document = { preset: "recommended", rules: { expiry: { enabled: false } }, overrides: [] } as const;
    const tenant = { rules: { "partner-state": { confirmPolls: 1 } }, overrides: [] };

    expect(joinRules(document, tenant).rules).toEqual({
      expiry: { enabled: false },
      "partner-state": { confirmPolls: 1 },
    });
  });

  it("puts the tenant's overrides last, so that they win", () => {
    const common = { match: { name: "a" }, rules: {} };
    const own = { match: { name: "b" }, rules: {} };

    const policy = joinRules(
      { preset: "recommended", rules: {}, overrides: [common] },
      { rules: {}, overrides: [own] },
    );

    expect(policy.overrides).toEqual([common, own]);
  });
});
