import { describe, expect, it } from "vitest";
import { nextRunMs, parseSchedule } from "../../../../../local/host/timers/schedule.ts";
import fixture from "../../../../fixtures/ncrontab-cases.json" with { type: "json" };
import { aSchedule } from "./a-schedule.ts";

interface NcrontabCase {
  readonly expr: string;
  readonly valid: boolean;
  readonly from: string;
  readonly next: readonly string[];
  readonly next333?: readonly string[];
}

const CASES: readonly NcrontabCase[] = fixture.cases;

describe("parseSchedule()", () => {
  it.each(CASES)("reads $expr as valid: $valid", ({ expr, valid }) => {
    const schedule = parseSchedule(expr);

    expect(schedule !== undefined).toBe(valid);
  });

  it.each([
    { expr: "*/10 * * * * *", want: true },
    { expr: "0 * * * * *", want: false },
    { expr: "*/10 0 * * * *", want: false },
    { expr: "*/10 */1 * * * *", want: false },
    { expr: "* * * * *", want: false },
    { expr: "00:00:59", want: true },
    { expr: "00:01:00", want: false },
  ])("takes $expr as oftener than once a minute: $want", ({ expr, want }) => {
    const schedule = parseSchedule(expr);

    expect(schedule?.isOftenerThanMinutely).toBe(want);
  });
});

describe("nextRunMs()", () => {
  it.each(CASES.filter((one) => one.valid && one.next.length > 0))("finds the times of $expr after $from", (one) => {
    const found = one.next.reduce<readonly number[]>(
      (times) => [...times, nextRunMs(aSchedule(one.expr), times.at(-1) ?? Date.parse(one.from))],
      [],
    );

    expect(found).toEqual((one.next333 ?? one.next).map((time) => Date.parse(time)));
  });
});
