import { describe, expect, it } from "vitest";
import { toDaily } from "../../../src/http/to-daily.ts";
import { aDay } from "./builders.ts";

describe("toDaily()", () => {
  it("writes seconds, the ratio and the date", () => {
    expect(toDaily(aDay())).toEqual({
      connectionKey: aDay().connectionKey,
      date: "2026-11-22",
      verdictSeconds: { error: 3_600, ok: 82_800 },
      ratio: 0.9583,
      upSeconds: 82_800,
      downSeconds: 3_600,
      unknownSeconds: 0,
      maintenanceSeconds: 0,
      coveredSeconds: 86_400,
      fired: 1,
    });
  });

  it("has no ratio of a day of which nothing is known", () => {
    const day = aDay({ verdictsMs: { unknown: 86_400_000 }, partsMs: { unknown: 86_400_000 } });

    expect(toDaily(day)).toMatchObject({ ratio: undefined, coveredSeconds: 0, unknownSeconds: 86_400 });
  });
});
