import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  closeDay,
  type DailyRollup,
  type DayCondition,
  type DayTotals,
  dayOf,
  NO_DAY,
  turnDay,
} from "../../../../src/domain/history/daily.ts";
import { DAY_MS, HOUR_MS, MINUTE_MS } from "../../../../src/domain/units.ts";

const DAY = Date.UTC(2026, 10, 22);
const OK: DayCondition = { verdict: "ok", part: "up" };
const DOWN: DayCondition = { verdict: "error", part: "down" };
const BEFORE: DayTotals = { verdictsMs: { ok: HOUR_MS }, partsMs: { up: HOUR_MS }, fired: 2 };

function stretch(fromHour: number, toHour: number, knownHours = 72) {
  const fromMs = DAY + fromHour * HOUR_MS;
  return { fromMs, toMs: DAY + toHour * HOUR_MS, knownToMs: fromMs + knownHours * HOUR_MS };
}

describe("dayOf()", () => {
  it.each([
    { atMs: DAY, want: DAY },
    { atMs: DAY - 1, want: DAY - DAY_MS },
    { atMs: DAY + DAY_MS - 1, want: DAY },
  ])("finds the midnight before $atMs", ({ atMs, want }) => {
    expect(dayOf(atMs)).toBe(want);
  });
});

describe("turnDay()", () => {
  it("adds to the day while it lasts", () => {
    const turn = turnDay(BEFORE, { ...stretch(1, 3), condition: DOWN });

    expect(turn).toEqual({
      today: {
        verdictsMs: { ok: HOUR_MS, error: 2 * HOUR_MS },
        partsMs: { up: HOUR_MS, down: 2 * HOUR_MS },
        fired: 2,
      },
    });
  });

  it("splits at midnight, and begins to count anew", () => {
    const turn = turnDay(BEFORE, { ...stretch(23, 26), condition: OK });

    expect(turn).toEqual({
      ended: { verdictsMs: { ok: 2 * HOUR_MS }, partsMs: { up: 2 * HOUR_MS }, fired: 2 },
      today: { verdictsMs: { ok: 2 * HOUR_MS }, partsMs: { up: 2 * HOUR_MS }, fired: 0 },
    });
  });

  it("ends a day with the slot at midnight, which belongs to the next one", () => {
    const turn = turnDay(NO_DAY, { ...stretch(23, 24), condition: OK });

    expect(turn.ended?.verdictsMs).toEqual({ ok: HOUR_MS });
    expect(turn.today).toEqual(NO_DAY);
  });

  it("knows nothing of what lies behind the poll's word", () => {
    const turn = turnDay(NO_DAY, { ...stretch(1, 6, 3), condition: DOWN });

    expect(turn.today.verdictsMs).toEqual({ error: 3 * HOUR_MS, unknown: 2 * HOUR_MS });
    expect(turn.today.partsMs).toEqual({ down: 3 * HOUR_MS, unknown: 2 * HOUR_MS });
  });

  it("drops the days between two polls, and knows nothing of the day of the second", () => {
    const turn = turnDay(NO_DAY, { ...stretch(23, 24 * 4 + 2, 3), condition: OK });

    expect(turn.ended?.verdictsMs).toEqual({ ok: HOUR_MS });
    expect(turn.today.verdictsMs).toEqual({ unknown: 2 * HOUR_MS });
  });

  it("believes a poll across a whole day where the polls are that far apart", () => {
    const turn = turnDay(NO_DAY, { ...stretch(23, 49, 72), condition: OK });

    expect(turn.today.verdictsMs).toEqual({ ok: HOUR_MS });
  });
});

describe("closeDay()", () => {
  it("fills up with what is not known", () => {
    const day = closeDay(BEFORE, { connectionKey: "k", dayMs: DAY });

    expect(day).toEqual({
      connectionKey: "k",
      dayMs: DAY,
      verdictsMs: { ok: HOUR_MS, unknown: 23 * HOUR_MS },
      partsMs: { up: HOUR_MS, unknown: 23 * HOUR_MS },
      fired: 2,
    });
  });

  it("leaves a whole day as it is", () => {
    const whole = { verdictsMs: { ok: DAY_MS }, partsMs: { up: DAY_MS }, fired: 0 };

    expect(closeDay(whole, { connectionKey: "k", dayMs: DAY })).toEqual({ ...whole, connectionKey: "k", dayMs: DAY });
  });
});

/** Polls at random minutes, each leaving some condition, and how long a word is believed. */
const someSlots = fc.record({
  polls: fc.array(
    fc.record({
      afterMinutes: fc.constantFrom(1, 14, 15, 60, 700, 1_440, 4_000),
      condition: fc.constantFrom(OK, DOWN),
    }),
    { minLength: 2, maxLength: 40 },
  ),
  believedMinutes: fc.constantFrom(45, 180, 4_320),
});

describe("turnDay() over random polls", () => {
  it("I7: tells what a naive count of minutes tells, for each day that had a poll", () => {
    fc.assert(
      fc.property(someSlots, ({ polls, believedMinutes }) => {
        const { closed, minutes } = play(polls, believedMinutes);

        const naive = [...minutes].map(([dayMs, counts]) => ({ dayMs, counts }));
        expect(closed.map(({ dayMs, verdictsMs }) => ({ dayMs, counts: verdictsMs }))).toEqual(naive);
        for (const { partsMs } of closed) expect(Object.values(partsMs).reduce((sum, ms) => sum + ms, 0)).toBe(DAY_MS);
      }),
      { seed: 20_261_122, numRuns: 200 },
    );
  });
});

function play(polls: readonly { readonly afterMinutes: number; readonly condition: DayCondition }[], believed: number) {
  const closed: DailyRollup[] = [];
  const slots = new Map<number, DayCondition>();
  let totals: DayTotals = NO_DAY;
  let lastMinute = 0;
  for (const [index, { afterMinutes, condition }] of polls.entries()) {
    const minute = index === 0 ? 0 : lastMinute + afterMinutes;
    const meanwhile = slots.get(lastMinute) ?? condition;
    const [fromMs, toMs] = [DAY + lastMinute * MINUTE_MS, DAY + minute * MINUTE_MS];
    const turn = turnDay(totals, { fromMs, toMs, knownToMs: fromMs + believed * MINUTE_MS, condition: meanwhile });
    if (turn.ended !== undefined) closed.push(closeDay(turn.ended, { connectionKey: "k", dayMs: dayOf(fromMs) }));
    totals = turn.today;
    slots.set(minute, condition);
    lastMinute = minute;
  }
  closed.push(closeDay(totals, { connectionKey: "k", dayMs: dayOf(DAY + lastMinute * MINUTE_MS) }));
  return { closed, minutes: countMinutes(slots, lastMinute, believed) };
}

/** Walks each minute of each day that had a poll and asks what the poll before it had said. */
function countMinutes(slots: ReadonlyMap<number, DayCondition>, lastMinute: number, believed: number) {
  const days = new Set([...slots.keys()].map((minute) => Math.floor(minute / 1_440)));
  const counts = new Map<number, Record<string, number>>();
  for (const day of days) {
    const ofDay: Record<string, number> = {};
    for (let minute = day * 1_440; minute < (day + 1) * 1_440; minute += 1) {
      let said = minute;
      while (said >= 0 && !slots.has(said)) said -= 1;
      const isKnown = minute < lastMinute && minute - said < believed;
      const verdict = (isKnown ? slots.get(said)?.verdict : undefined) ?? "unknown";
      ofDay[verdict] = (ofDay[verdict] ?? 0) + MINUTE_MS;
    }
    counts.set(DAY + day * DAY_MS, ofDay);
  }
  return counts;
}
