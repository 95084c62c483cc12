import { describe, expect, it } from "vitest";
import { periodOfSchedule } from "../../../src/config/poll-period.ts";
import { HOUR_MS, MINUTE_MS } from "../../../src/domain/units.ts";

describe("periodOfSchedule()", () => {
  it.each([
    ["0 * * * * *", MINUTE_MS],
    ["0 */1 * * * *", MINUTE_MS],
    ["0 */15 * * * *", 15 * MINUTE_MS],
    [" 0  */15 * * *  * ", 15 * MINUTE_MS],
    ["0 */60 * * * *", HOUR_MS],
    ["0 0 * * * *", HOUR_MS],
    ["0 0 */6 * * *", 6 * HOUR_MS],
    ["0 0 */24 * * *", 24 * HOUR_MS],
  ])("reads %j", (schedule, periodMs) => {
    expect(periodOfSchedule(schedule)).toBe(periodMs);
  });

  it.each([
    ["an uneven step in the hour", "0 */25 * * * *"],
    ["an uneven step in the day", "0 0 */5 * * *"],
    ["a step of zero", "0 */0 * * * *"],
    ["another second", "30 */15 * * * *"],
    ["a list", "0 0,15,30,45 * * * *"],
    ["every minute of some hours", "0 * */2 * * *"],
    ["minutes of some hours", "0 */15 8-17 * * *"],
    ["some days", "0 */15 * * * 1-5"],
    ["five fields", "*/15 * * * *"],
    ["a time span", "00:15:00"],
    ["nothing", ""],
  ])("leaves %s to POLL_PERIOD", (_case, schedule) => {
    expect(periodOfSchedule(schedule)).toBeUndefined();
  });
});
