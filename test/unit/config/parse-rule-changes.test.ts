import { describe, expect, it } from "vitest";
import { parseRuleChanges } from "../../../src/config/parse-rule-changes.ts";
import { HOUR_MS } from "../../../src/domain/units.ts";

describe("parseRuleChanges()", () => {
  it("reads rules as the configuration has them", () => {
    const given = { "heartbeat-age": { warnAfter: "PT48H", confirmPolls: 3 } };

    expect(parseRuleChanges(given)).toEqual({
      kind: "ok",
      rules: { "heartbeat-age": { confirmPolls: 3, limits: { warnAfterMs: 48 * HOUR_MS } } },
    });
  });

  it.each([
    { given: "s3cret", path: [], expected: "an object" },
    { given: { "no-such-rule": {} }, path: ["no-such-rule"], expected: "left out, for there is no such setting" },
    {
      given: { expiry: { warnAfter: "PT1H" } },
      path: ["expiry", "warnAfter"],
      expected: "left out, for there is no such setting",
    },
    { given: { expiry: { enabled: "s3cret" } }, path: ["expiry", "enabled"], expected: "true or false" },
    {
      given: { expiry: { warnWithin: "P1Y" } },
      path: ["expiry", "warnWithin"],
      expected: "an ISO 8601 duration such as PT36H or P7D, from PT0S to P3650D",
    },
  ])("says where $path is not $expected", ({ given, path, expected }) => {
    expect(parseRuleChanges(given)).toEqual({ kind: "bad", faults: [{ path, expected }] });
  });
});
