import { describe, expect, it } from "vitest";
import { setAlarm } from "../../../../../local/host/timers/alarm.ts";
import { aFakeClock } from "./fake-clock.ts";

const DAY_MS = 86_400_000;

describe("setAlarm()", () => {
  it("rings once, at its time, when that is further away than the longest timer", async () => {
    const clock = aFakeClock(0);
    const rungAtMs: number[] = [];
    setAlarm(clock, 60 * DAY_MS, () => rungAtMs.push(clock.nowMs()));

    await clock.advanceTo(100 * DAY_MS);

    expect(rungAtMs).toEqual([60 * DAY_MS]);
    expect(Math.max(...clock.delays)).toBeLessThan(2 ** 31);
  });

  it("rings at once when its time is over", async () => {
    const clock = aFakeClock(1000);
    let count = 0;
    setAlarm(clock, 500, () => {
      count += 1;
    });

    await clock.advanceTo(1000);

    expect(count).toBe(1);
  });

  it("stays silent after a cancel between two steps", async () => {
    const clock = aFakeClock(0);
    let count = 0;
    const cancel = setAlarm(clock, 60 * DAY_MS, () => {
      count += 1;
    });
    await clock.advanceTo(30 * DAY_MS);

    cancel();
    await clock.advanceTo(100 * DAY_MS);

    expect(count).toBe(0);
  });
});
