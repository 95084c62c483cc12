import { describe, expect, it } from "vitest";
import { type AlertState, type Flaps, isFlapping } from "../../../../src/domain/alerts/alert-state.ts";
import { calmDown, noteFlaps } from "../../../../src/domain/alerts/flapping.ts";
import { DAY_MS, HOUR_MS } from "../../../../src/domain/units.ts";
import { anAlert, quiet } from "./an-alert.ts";

function someFlaps(overrides: Partial<Flaps> = {}): Flaps {
  return { firedSlotsMs: [], clearedSlotsMs: [], changedSlotMs: 0, ...overrides };
}

function fired(slotMs: number): AlertState {
  return anAlert("firing", { episode: { id: `e-${slotMs}`, firedSlotMs: slotMs } });
}

/** Lets an alert fire and end in each of the slots. */
function fireAt(slotsMs: readonly number[]): AlertState {
  let state = quiet;
  for (const slotMs of slotsMs) {
    const firing = noteFlaps(state, { ...fired(slotMs), ...flapsOf(state) }, slotMs);
    state = noteFlaps(firing, { ...quiet, ...flapsOf(firing) }, slotMs + HOUR_MS);
  }
  return state;
}

/** Lets a breach come and go before it is confirmed in each of the slots. */
function clearAt(slotsMs: readonly number[]): AlertState {
  let state = quiet;
  for (const slotMs of slotsMs) {
    const pending = noteFlaps(state, { ...anAlert("pending"), ...flapsOf(state) }, slotMs - HOUR_MS);
    state = noteFlaps(pending, { ...quiet, ...flapsOf(pending) }, slotMs);
  }
  return state;
}

function flapsOf({ flaps }: AlertState): Pick<AlertState, "flaps"> {
  return flaps === undefined ? {} : { flaps };
}

function days(...numbers: readonly number[]): readonly number[] {
  return numbers.map((day) => day * DAY_MS);
}

describe("noteFlaps()", () => {
  it.each([
    { what: "2 episodes", slots: days(0, 1), is: false },
    { what: "3 episodes within 7 days", slots: days(0, 1, 7), is: true },
    { what: "3 episodes in a little more than 7 days", slots: [0, DAY_MS, 7 * DAY_MS + 1], is: false },
    { what: "3 episodes within 7 days after older ones", slots: days(0, 10, 20, 21, 22), is: true },
  ])("calls an alert flapping after $what: $is", ({ slots, is }) => {
    expect(isFlapping(fireAt(slots))).toBe(is);
  });

  it.each([
    { what: "5 breaches that went unconfirmed", slots: days(1, 2, 3, 4, 5), is: false },
    { what: "6 of them within 7 days", slots: days(1, 2, 3, 4, 5, 8), is: true },
    { what: "6 of them in a little more than 7 days", slots: [...days(1, 2, 3, 4, 5), 8 * DAY_MS + 1], is: false },
  ])("calls an alert flapping after $what: $is", ({ slots, is }) => {
    expect(isFlapping(clearAt(slots))).toBe(is);
  });

  it("does not add episodes to unconfirmed breaches", () => {
    const alert = { ...quiet, ...flapsOf(fireAt(days(0, 1))) };
    const pending = noteFlaps(alert, { ...anAlert("pending"), ...flapsOf(alert) }, 2 * DAY_MS);

    expect(isFlapping(noteFlaps(pending, { ...quiet, ...flapsOf(pending) }, 2 * DAY_MS))).toBe(false);
  });

  it.each([
    { to: "is confirmed at last", next: fired(6 * DAY_MS) },
    { to: "is still to be confirmed", next: anAlert("pending", { breaches: 2 }) },
  ])("does not count a breach that $to among those that went unconfirmed", ({ next }) => {
    const cleared = clearAt(days(1, 2, 3, 4, 5));
    const pending = noteFlaps(cleared, { ...anAlert("pending"), ...flapsOf(cleared) }, 6 * DAY_MS);

    const { flaps } = noteFlaps(pending, { ...next, ...flapsOf(pending) }, 6 * DAY_MS);

    expect([flaps?.clearedSlotsMs, flaps?.sinceSlotMs]).toEqual([days(1, 2, 3, 4, 5), undefined]);
  });

  it("keeps no more slots than it counts by, and the slot in which flapping began", () => {
    const ofEpisodes = fireAt(days(0, 1, 2, 3, 4));
    const ofBreaches = clearAt([1, 2, 3, 4, 5, 6, 7].map((hour) => hour * HOUR_MS));

    expect([ofEpisodes, ofBreaches].map(({ flaps }) => flaps)).toEqual([
      someFlaps({ firedSlotsMs: days(2, 3, 4), changedSlotMs: 4 * DAY_MS + HOUR_MS, sinceSlotMs: 2 * DAY_MS }),
      someFlaps({
        clearedSlotsMs: [2, 3, 4, 5, 6, 7].map((hour) => hour * HOUR_MS),
        changedSlotMs: 7 * HOUR_MS,
        sinceSlotMs: 6 * HOUR_MS,
      }),
    ]);
  });

  it("remembers as many episodes as breaches that went unconfirmed", () => {
    const once = { ...quiet, ...flapsOf(fireAt([0])) };
    const pending = noteFlaps(once, { ...anAlert("pending"), ...flapsOf(once) }, DAY_MS);

    const { flaps } = noteFlaps(pending, { ...quiet, ...flapsOf(pending) }, DAY_MS);

    expect(flaps).toMatchObject({ firedSlotsMs: [0], clearedSlotsMs: [DAY_MS] });
  });

  it("does not count an episode that goes on", () => {
    const before = anAlert("firing", { flaps: someFlaps({ firedSlotsMs: [0] }) });

    expect(noteFlaps(before, before, DAY_MS).flaps?.firedSlotsMs).toEqual([0]);
  });

  it.each([
    { from: "firing", to: "recovering", changedSlotMs: DAY_MS },
    { from: "recovering", to: "firing", changedSlotMs: DAY_MS },
    { from: "firing", to: "firing", changedSlotMs: HOUR_MS },
  ] as const)("takes the step from $from to $to for the newest change: $changedSlotMs", (row) => {
    const flaps = someFlaps({ firedSlotsMs: [0], changedSlotMs: HOUR_MS });

    const noted = noteFlaps(anAlert(row.from, { flaps }), anAlert(row.to, { flaps }), DAY_MS);

    expect(noted.flaps?.changedSlotMs).toBe(row.changedSlotMs);
  });

  it("forgets comings and goings after 7 days, and all of them leave no trace", () => {
    const { flaps = someFlaps() } = fireAt([0]);

    const kept = noteFlaps({ ...quiet, flaps }, { ...quiet, flaps }, 7 * DAY_MS);
    const gone = noteFlaps({ ...quiet, flaps }, { ...quiet, flaps }, 7 * DAY_MS + 1);

    expect([kept.flaps?.firedSlotsMs, gone]).toEqual([[0], quiet]);
  });

  it("goes on flapping when its comings and goings are older than 7 days", () => {
    const flaps = someFlaps({ firedSlotsMs: [0], sinceSlotMs: 0, noticed: ["ops"] });

    const noted = noteFlaps(anAlert("firing", { flaps }), anAlert("firing", { flaps }), 8 * DAY_MS);

    expect(noted.flaps).toEqual(someFlaps({ sinceSlotMs: 0, noticed: ["ops"] }));
  });
});

describe("calmDown()", () => {
  it.each([
    { when: "48 hours after its last change", flaps: someFlaps({ sinceSlotMs: 0 }), slotMs: 48 * HOUR_MS, calm: true },
    { when: "a moment before", flaps: someFlaps({ sinceSlotMs: 0 }), slotMs: 48 * HOUR_MS - 1, calm: false },
    { when: "when it is not flapping", flaps: someFlaps({ firedSlotsMs: [0] }), slotMs: 49 * HOUR_MS, calm: false },
  ])("takes flapping and the comings and goings off $when: $calm", ({ flaps, slotMs, calm }) => {
    const alert = anAlert("firing", { flaps });

    expect(calmDown(alert, slotMs)).toEqual(calm ? anAlert("firing") : alert);
  });
});
