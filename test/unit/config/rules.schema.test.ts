import { describe, expect, it } from "vitest";
import { overridesSchema, rulesSchema } from "../../../src/config/rules.schema.ts";
import { RULES } from "../../../src/domain/rules/catalogue.ts";
import { DAY_MS, formatDuration, HOUR_MS, MINUTE_MS } from "../../../src/domain/units.ts";

describe("rulesSchema", () => {
  it("reads durations and polls under the names of the configuration", () => {
    const rules = rulesSchema.parse({
      "heartbeat-age": { warnAfter: "PT48H", errorFrom: "P4D", confirmPolls: 3, keepFiring: "PT10M" },
      "connection-missing": { warnFromPolls: 6, enabled: false },
    });

    expect(rules).toEqual({
      "heartbeat-age": {
        limits: { warnAfterMs: 48 * HOUR_MS, errorFromMs: 4 * DAY_MS },
        confirmPolls: 3,
        keepFiringMs: 10 * MINUTE_MS,
      },
      "connection-missing": { limits: { warnFromPolls: 6 }, enabled: false },
    });
  });

  it.each(RULES)("takes every limit of $id at its default", ({ id, defaults }) => {
    const given = Object.entries(defaults.limits).map(([limit, value]) =>
      limit.endsWith("Ms") ? [limit.slice(0, -2), formatDuration(value)] : [limit, value],
    );

    const rules = rulesSchema.parse({ [id]: { recoverPolls: 2, ...Object.fromEntries(given) } });

    expect(rules[id]?.limits ?? {}).toEqual(defaults.limits);
  });

  it.each([
    ["an unknown rule", { "heart-age": {} }, [[]]],
    ["an unknown limit", { "heartbeat-age": { warnAfterMs: "PT48H" } }, [["heartbeat-age"]]],
    ["a limit of another rule", { "partner-state": { warnAfter: "PT48H" } }, [["partner-state"]]],
    ["a number for a duration", { "sync-age": { warnAfter: 48 } }, [["sync-age", "warnAfter"]]],
    [
      "a duration for polls",
      { "connection-missing": { warnFromPolls: "PT1H" } },
      [["connection-missing", "warnFromPolls"]],
    ],
    ["no poll at all", { expiry: { confirmPolls: 0 } }, [["expiry", "confirmPolls"]]],
    ["too many polls", { expiry: { recoverPolls: 101 } }, [["expiry", "recoverPolls"]]],
    ["a hold of more than a day", { expiry: { keepFiring: "P2D" } }, [["expiry", "keepFiring"]]],
  ])("refuses %s", (_case, given, paths) => {
    expect(rulesSchema.safeParse(given).error?.issues.map(({ path }) => path)).toEqual(paths);
  });
});

describe("overridesSchema", () => {
  it("reads matchers and rules", () => {
    const overrides = overridesSchema.parse([
      { match: { kind: "connector", name: "Jamf*" }, rules: { "sync-age": { enabled: false } } },
    ]);

    expect(overrides).toEqual([
      { match: { kind: "connector", name: "Jamf*" }, rules: { "sync-age": { enabled: false } } },
    ]);
  });

  it.each([
    ["no matcher", { match: {}, rules: {} }, [[0, "match"]]],
    [
      "an unknown matcher",
      { match: { id: "x" }, rules: {} },
      [
        [0, "match"],
        [0, "match"],
      ],
    ],
    ["an unknown kind", { match: { kind: "partner" }, rules: {} }, [[0, "match", "kind"]]],
    ["no rules", { match: { name: "*" } }, [[0, "rules"]]],
  ])("refuses %s", (_case, given, paths) => {
    expect(overridesSchema.safeParse([given]).error?.issues.map(({ path }) => path)).toEqual(paths);
  });
});
