import { describe, expect, it } from "vitest";
import { historySlots } from "../../../../local/history-player/history-slots.ts";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
const START_MS = Date.UTC(2026, 10, 8);

describe("historySlots()", () => {
  it("lists hours, then the quarters of the last day, without the end", () => {
    const slots = historySlots(START_MS, START_MS + 14 * DAY_MS);

    expect(slots).toHaveLength(13 * 24 + 4 * 24);
    expect(slots[0]).toEqual({ slotMs: START_MS, periodMs: HOUR_MS });
    expect(slots.at(-1)).toEqual({ slotMs: START_MS + 14 * DAY_MS - 15 * MINUTE_MS, periodMs: 15 * MINUTE_MS });
  });

  it("keeps to full hours and quarters when it begins and ends between them", () => {
    const slots = historySlots(START_MS + 7 * MINUTE_MS, START_MS + 2 * DAY_MS + 7 * MINUTE_MS);

    expect(slots.every(({ slotMs, periodMs }) => slotMs % periodMs === 0)).toBe(true);
    expect(slots.every(({ slotMs }, index) => index === 0 || slotMs > (slots[index - 1]?.slotMs ?? 0))).toBe(true);
    expect(slots.at(-1)?.slotMs).toBe(START_MS + 2 * DAY_MS);
  });

  it("lists only quarters for less than a day, and nothing for no time", () => {
    expect(historySlots(START_MS, START_MS + HOUR_MS).map(({ periodMs }) => periodMs)).toEqual(
      Array(4).fill(15 * MINUTE_MS),
    );
    expect(historySlots(START_MS, START_MS)).toEqual([]);
  });
});
