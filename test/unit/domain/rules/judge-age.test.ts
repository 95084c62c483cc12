import { describe, expect, it } from "vitest";
import { judgeAge, judgeConnectorAge } from "../../../../src/domain/rules/judge-age.ts";
import { HOUR_MS, MINUTE_MS } from "../../../../src/domain/units.ts";
import { aConnector, NOW_MS } from "../connections/a-reading.ts";

const reasons = { ok: "recent", breach: "late" };
const limits = { warnAfterMs: 36 * HOUR_MS, errorFromMs: 72 * HOUR_MS };

describe("judgeAge()", () => {
  it("measures the age, names the limit, and says since when it is crossed", () => {
    const contactAtMs = NOW_MS - 80 * HOUR_MS;

    const evaluation = judgeAge({ contactAtMs, observedAtMs: NOW_MS }, reasons, limits);

    expect(evaluation).toStrictEqual({
      verdict: "breach",
      severity: "error",
      reason: "late",
      measured: { unit: "duration", ms: 80 * HOUR_MS },
      threshold: { unit: "duration", ms: 72 * HOUR_MS },
      breachedSinceMs: contactAtMs + 36 * HOUR_MS,
    });
  });

  it.each([
    { name: "a clock that runs ahead", aheadMs: HOUR_MS, want: { verdict: "ok", measured: { ms: 0 } } },
    { name: "a date far ahead", aheadMs: HOUR_MS + 1, want: { verdict: "unknown", reason: "date-in-future" } },
    { name: "a contact of just now", aheadMs: -MINUTE_MS, want: { verdict: "ok", measured: { ms: MINUTE_MS } } },
  ])("says $want.verdict of $name", ({ aheadMs, want }) => {
    const evaluation = judgeAge({ contactAtMs: NOW_MS + aheadMs, observedAtMs: NOW_MS }, reasons, limits);

    expect(evaluation).toMatchObject(want);
  });
});

describe("judgeConnectorAge()", () => {
  it.each([
    { name: "never was in contact", overrides: { eventDate: "never" as const }, want: "never-in-contact" },
    { name: "has a date that was not read", overrides: { eventDate: undefined }, want: "not-read" },
    { name: "has a date of an earlier reading", overrides: { carriedOver: ["eventDate"] }, want: "not-read" },
  ])("does not know of a connector that $name", ({ overrides, want }) => {
    const reading = aConnector(overrides);

    const evaluation = judgeConnectorAge({ reading, observedAtMs: NOW_MS }, reasons, limits);

    expect(evaluation).toStrictEqual({ verdict: "unknown", reason: want });
  });
});
