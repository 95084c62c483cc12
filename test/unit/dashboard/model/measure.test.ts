import { describe, expect, it } from "vitest";
import { measureOf, measureOfAlert } from "../../../../dashboard/model/measure.ts";
import { aConnection, anAlert, hoursAgo, NOW } from "../builders.ts";

const EXPIRY = [{ ruleId: "expiry", severity: "warning", side: "within", duration: "P30D" }] as const;

function aBreach(
  measured: { unit: "date" | "count" | "text" | "duration"; value: string | number },
  threshold?: typeof measured,
) {
  return { verdict: "breach", reason: "r", measured, threshold } as const;
}

describe("measureOf()", () => {
  it("measures a silence to this moment, not to the last poll", () => {
    const silent = aConnection({ lastContactDateTime: hoursAgo(24 * 9 + 1), alerts: [anAlert()] });

    expect(measureOf(silent, NOW)).toEqual({ value: "9 d 1 h", limit: "limit 3 d", ratio: 1 });
  });

  it("measures what is well against its calmest limit", () => {
    expect(measureOf(aConnection({ lastContactDateTime: hoursAgo(9) }), NOW)).toEqual({
      value: "9 h",
      limit: "limit 1 d 12 h",
      ratio: 0.25,
    });
  });

  it("measures the time left to a date that is far", () => {
    const expiring = aConnection({
      lastContactDateTime: undefined,
      thresholds: EXPIRY,
      deadlines: [{ kind: "expiry", dateTime: hoursAgo(-24 * 60) }],
    });

    expect(measureOf(expiring, NOW)).toEqual({ value: "60 d left", limit: "limit 30 d", ratio: 0.5 });
  });

  it.each([
    { name: "is not judged", connection: aConnection({ standing: "retired" }) },
    { name: "never was in contact", connection: aConnection({ lastContactDateTime: null }) },
    { name: "has no limit", connection: aConnection({ thresholds: [] }) },
  ])("says nothing of what $name", ({ connection }) => {
    expect(measureOf(connection, NOW)).toBeUndefined();
  });
});

describe("measureOfAlert()", () => {
  it.each([
    {
      name: "a date ahead",
      evaluation: aBreach({ unit: "date", value: hoursAgo(-30) }, { unit: "duration", value: "P7D" }),
      want: { value: "1 d 6 h left", limit: "limit 7 d", ratio: 1 },
    },
    {
      name: "a date that has passed",
      evaluation: aBreach({ unit: "date", value: hoursAgo(30) }, { unit: "duration", value: "PT0S" }),
      want: { value: "passed 1 d 6 h ago", limit: undefined, ratio: 1 },
    },
    {
      name: "a count",
      evaluation: aBreach({ unit: "count", value: 5 }, { unit: "count", value: 4 }),
      want: { value: "failed polls 5", limit: "limit 4", ratio: 1 },
    },
    {
      name: "a text",
      evaluation: aBreach({ unit: "text", value: "unresponsive" }),
      want: { value: "unresponsive", limit: undefined, ratio: undefined },
    },
    {
      name: "a duration that the poll measured",
      evaluation: aBreach({ unit: "duration", value: "PT6M" }, { unit: "duration", value: "PT5M" }),
      want: { value: "6 min", limit: "limit 5 min", ratio: 1 },
    },
  ])("says $name", ({ evaluation, want }) => {
    expect(measureOfAlert(aConnection(), anAlert({ ruleId: "clock-skew", evaluation }), NOW)).toEqual(want);
  });

  it("says nothing where nothing was measured", () => {
    expect(measureOfAlert(aConnection(), anAlert({ evaluation: undefined }), NOW)).toBeUndefined();
  });
});
