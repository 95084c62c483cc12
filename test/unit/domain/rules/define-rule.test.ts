import { describe, expect, it } from "vitest";
import { isPartner } from "../../../../src/domain/connections/reading.ts";
import { defaultKeepFiringMs, defineRule } from "../../../../src/domain/rules/define-rule.ts";
import { MINUTE_MS } from "../../../../src/domain/units.ts";
import { aConnector, aPartner } from "../connections/a-reading.ts";
import { anInput } from "./an-input.ts";

const rule = defineRule({
  id: "heartbeat-age",
  title: "Test",
  appliesTo: ["device-management-partner"],
  watches: isPartner,
  limits: { warnAfterMs: 1, errorFromMs: 2 },
  confirmPolls: 2,
  recoverPolls: 3,
  judge: ({ reading }, limits) => ({ verdict: "ok", reason: `${reading.state}-${limits["warnAfterMs"]}` }),
  consequence: () => "",
  remedy: "",
});

describe("defineRule()", () => {
  it("switches the rule on with its defaults", () => {
    expect(rule.defaults).toStrictEqual({
      enabled: true,
      limits: { warnAfterMs: 1, errorFromMs: 2 },
      confirmPolls: 2,
      recoverPolls: 3,
      keepFiringMs: 30 * MINUTE_MS,
    });
  });

  it("judges a reading that it watches, by the limits it is given", () => {
    const evaluation = rule.evaluate(anInput(aPartner()), { warnAfterMs: 7 });

    expect(evaluation).toStrictEqual({ verdict: "ok", reason: "enabled-7" });
  });

  it("has nothing to say of any other reading", () => {
    const evaluation = rule.evaluate(anInput(aConnector()), {});

    expect(evaluation).toStrictEqual({ verdict: "not-applicable", reason: "other-kind" });
  });

  it("throws when the limits contradict", () => {
    const input = anInput(aPartner());

    expect(() => rule.evaluate(input, { warnAfterMs: 3, errorFromMs: 2 })).toThrow(
      new RangeError(
        'Cannot judge heartbeat-age: warnAfter below errorFrom is wanted, current limits are {"warnAfterMs":3,"errorFromMs":2}',
      ),
    );
  });
});

describe("defaultKeepFiringMs()", () => {
  it.each([
    { confirmPolls: 1, want: 0 },
    { confirmPolls: 2, want: 30 * MINUTE_MS },
  ])("is $want with $confirmPolls polls to confirm", ({ confirmPolls, want }) => {
    expect(defaultKeepFiringMs(confirmPolls)).toBe(want);
  });
});
