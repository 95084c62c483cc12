import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { RULES, ruleOf } from "../../../../src/domain/rules/catalogue.ts";
import { checkLimits } from "../../../../src/domain/rules/check-limits.ts";
import {
  type ConnectionOverride,
  checkPolicy,
  PRESETS,
  type RulePolicy,
  resolveSettings,
} from "../../../../src/domain/rules/resolve-settings.ts";
import { DAY_MS, HOUR_MS, MINUTE_MS } from "../../../../src/domain/units.ts";
import { aCompliancePartner, aPartner } from "../connections/a-reading.ts";

function aPolicy(overrides: Partial<RulePolicy> = {}): RulePolicy {
  return { preset: "recommended", rules: {}, overrides: [], ...overrides };
}

function anOverride(warnAfterMs: number, match: ConnectionOverride["match"] = {}): ConnectionOverride {
  return { match, rules: { "heartbeat-age": { limits: { warnAfterMs } } } };
}

describe("resolveSettings()", () => {
  it("returns a rule's own defaults", () => {
    const settings = resolveSettings(aPolicy(), aPartner(), "heartbeat-age");

    expect(settings).toStrictEqual(ruleOf("heartbeat-age").defaults);
  });

  it.each([
    { preset: "microsoft", rule: "heartbeat-age", want: { warnAfterMs: DAY_MS, errorFromMs: 3 * DAY_MS } },
    { preset: "microsoft", rule: "expiry", want: { warnWithinMs: 7 * DAY_MS, errorWithinMs: 0 } },
    {
      preset: "microsoft",
      rule: "removal-deadline",
      want: { errorWithinMs: 14 * DAY_MS, criticalWithinMs: 7 * DAY_MS },
    },
    { preset: "strict", rule: "sync-age", want: { warnAfterMs: 27 * HOUR_MS, errorFromMs: 54 * HOUR_MS } },
    {
      preset: "strict",
      rule: "expiry",
      want: { warnWithinMs: 40 * DAY_MS, errorWithinMs: 224 * HOUR_MS, criticalWithinMs: 32 * HOUR_MS },
    },
    { preset: "relaxed", rule: "sync-age", want: { warnAfterMs: 72 * HOUR_MS, errorFromMs: 144 * HOUR_MS } },
    {
      preset: "relaxed",
      rule: "expiry",
      want: { warnWithinMs: 15 * DAY_MS, errorWithinMs: 84 * HOUR_MS, criticalWithinMs: 12 * HOUR_MS },
    },
    { preset: "relaxed", rule: "connection-missing", want: { warnFromPolls: 4, goneFromMs: 7 * DAY_MS } },
    { preset: "strict", rule: "configuration-changed", want: { noticeMs: DAY_MS } },
  ] as const)("stretches $rule by the preset $preset", ({ preset, rule, want }) => {
    const settings = resolveSettings(aPolicy({ preset }), aPartner(), rule);

    expect(settings.limits).toStrictEqual(want);
  });

  it("lays the policy's word on the preset and keeps the limits it does not name", () => {
    const policy = aPolicy({ rules: { "heartbeat-age": { recoverPolls: 9, limits: { warnAfterMs: 5 } } } });

    const settings = resolveSettings(policy, aPartner(), "heartbeat-age");

    expect(settings).toStrictEqual({
      ...ruleOf("heartbeat-age").defaults,
      recoverPolls: 9,
      limits: { ...ruleOf("heartbeat-age").defaults.limits, warnAfterMs: 5 },
    });
  });

  it.each([
    { name: "everything", match: {}, isHit: true },
    { name: "its kind", match: { kind: "compliance-management-partner" }, isHit: true },
    { name: "its name", match: { name: "jamf*" }, isHit: true },
    { name: "its id", match: { connection: "*-000000000021" }, isHit: true },
    { name: "another kind", match: { kind: "connector" }, isHit: false },
    {
      name: "its kind and another name",
      match: { kind: "compliance-management-partner", name: "kandji" },
      isHit: false,
    },
    { name: "another id", match: { connection: "*-000000000022" }, isHit: false },
  ] as const)("applies an override that matches $name: $isHit", ({ match, isHit }) => {
    const settings = resolveSettings(
      aPolicy({ overrides: [anOverride(5, match)] }),
      aCompliancePartner(),
      "heartbeat-age",
    );

    expect(settings.limits["warnAfterMs"]).toBe(isHit ? 5 : 36 * HOUR_MS);
  });

  it("leaves a rule alone that an override does not name", () => {
    const settings = resolveSettings(aPolicy({ overrides: [anOverride(5)] }), aPartner(), "first-heartbeat");

    expect(settings).toStrictEqual(ruleOf("first-heartbeat").defaults);
  });

  it("lets the last override with limits win whole, and other fields one by one", () => {
    const policy = aPolicy({
      overrides: [
        { match: {}, rules: { "heartbeat-age": { limits: { errorFromMs: 90 * HOUR_MS }, confirmPolls: 5 } } },
        { match: {}, rules: { "heartbeat-age": { limits: { warnAfterMs: 5 } } } },
        { match: {}, rules: { "heartbeat-age": { enabled: false } } },
      ],
    });

    const settings = resolveSettings(policy, aPartner(), "heartbeat-age");

    expect(settings).toStrictEqual({
      ...ruleOf("heartbeat-age").defaults,
      enabled: false,
      confirmPolls: 5,
      limits: { ...ruleOf("heartbeat-age").defaults.limits, warnAfterMs: 5 },
    });
  });

  it.each([
    { name: "0 where one poll is enough", override: { confirmPolls: 1 }, want: 0 },
    { name: "30 minutes where it takes more", override: { confirmPolls: 3 }, want: 30 * MINUTE_MS },
    { name: "as it says", override: { confirmPolls: 1, keepFiringMs: 7 }, want: 7 },
  ])("keeps firing $name", ({ override, want }) => {
    const policy = aPolicy({ rules: { "heartbeat-age": override } });

    expect(resolveSettings(policy, aPartner(), "heartbeat-age").keepFiringMs).toBe(want);
  });

  it("goes on firing as the policy says when an override changes the polls only", () => {
    const override = { match: {}, rules: { "heartbeat-age": { confirmPolls: 1 } } };
    const policy = aPolicy({ rules: { "heartbeat-age": { keepFiringMs: 7 } }, overrides: [override] });

    expect(resolveSettings(policy, aPartner(), "heartbeat-age").keepFiringMs).toBe(7);
  });

  it("never leads to limits that contradict when checkPolicy() finds no problem", () => {
    const anyOverride = fc.record({
      match: fc.constantFrom({}, { name: "contoso*" }, { name: "other" }),
      rules: fc.record({
        "heartbeat-age": fc.record({
          limits: fc.record(
            {
              warnAfterMs: fc.integer({ min: 0, max: 5 * DAY_MS }),
              errorFromMs: fc.integer({ min: 0, max: 9 * DAY_MS }),
            },
            { requiredKeys: [] },
          ),
        }),
      }),
    });
    fc.assert(
      fc.property(fc.constantFrom(...PRESETS), fc.array(anyOverride, { maxLength: 4 }), (preset, overrides) => {
        const policy = aPolicy({ preset, overrides });
        fc.pre(checkPolicy(policy).length === 0);

        const settings = resolveSettings(policy, aPartner(), "heartbeat-age");

        expect(checkLimits(ruleOf("heartbeat-age"), settings.limits)).toBeUndefined();
      }),
    );
  });
});

describe("checkPolicy()", () => {
  it.each(PRESETS)("finds the preset %s sound for every rule", (preset) => {
    const policy = aPolicy({ preset });

    expect(RULES.length).toBeGreaterThan(0);
    expect(checkPolicy(policy)).toStrictEqual([]);
  });

  it("names every wrong set of limits by its path", () => {
    const policy = aPolicy({
      rules: { expiry: { limits: { warnWithinMs: 1 } } },
      overrides: [anOverride(5), anOverride(80 * HOUR_MS)],
    });

    const problems = checkPolicy(policy);

    expect(problems).toStrictEqual([
      { setting: "overrides[1].rules.heartbeat-age", expected: "warnAfter below errorFrom" },
      { setting: "rules.expiry", expected: "warnWithin above errorWithin" },
    ]);
  });
});
