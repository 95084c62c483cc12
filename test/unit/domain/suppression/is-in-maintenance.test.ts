import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isInMaintenance, nextChange, windowsAt } from "../../../../src/domain/suppression/is-in-maintenance.ts";
import { type MaintenanceWindow, WEEKDAYS } from "../../../../src/domain/suppression/maintenance-window.ts";
import { DAY_MS, HOUR_MS, MINUTE_MS } from "../../../../src/domain/units.ts";

/** Saturdays from 22:00 for 4 hours, over midnight. */
function aWindow(overrides: Partial<MaintenanceWindow> = {}): MaintenanceWindow {
  return {
    name: "patch night",
    weekdays: ["sat"],
    startMinute: 22 * 60,
    durationMs: 4 * HOUR_MS,
    timeZone: "Europe/Berlin",
    match: {},
    ...overrides,
  };
}

function at(iso: string): number {
  return Date.parse(iso);
}

interface Interval {
  readonly fromMs: number;
  readonly toMs: number;
}

/** Lists what the zone's clock shows at each minute of a year of UTC, as if that were UTC; zones change their clocks at half hours of UTC. */
function clockOfYear(timeZone: string, year: number): readonly (readonly [atMs: number, localMs: number])[] {
  const formatter = new Intl.DateTimeFormat("en-US", {
    timeZone,
    hourCycle: "h23",
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
  });
  const minutes: (readonly [number, number])[] = [];
  for (let halfHourMs = Date.UTC(year, 0, 1); halfHourMs < Date.UTC(year + 1, 0, 1); halfHourMs += 30 * MINUTE_MS) {
    const parts = new Map(formatter.formatToParts(halfHourMs).map(({ type, value }) => [type, Number(value)]));
    const part = (type: Intl.DateTimeFormatPartTypes) => parts.get(type) ?? Number.NaN;
    const localMs = Date.UTC(part("year"), part("month") - 1, part("day"), part("hour"), part("minute"));
    for (let passedMs = 0; passedMs < 30 * MINUTE_MS; passedMs += MINUTE_MS) {
      minutes.push([halfHourMs + passedMs, localMs + passedMs]);
    }
  }
  return minutes;
}

/** Walks through the minutes with an eye on the clock: whenever it shows a start for the first time, or leaps over it, the window opens. */
function watchTheClock(window: MaintenanceWindow, clock: ReturnType<typeof clockOfYear>): readonly Interval[] {
  const intervals: Interval[] = [];
  let latestMs = Number.POSITIVE_INFINITY;
  for (const [atMs, localMs] of clock) {
    for (let shownMs = latestMs + MINUTE_MS; shownMs <= localMs; shownMs += MINUTE_MS) {
      if ((shownMs % DAY_MS) / MINUTE_MS !== window.startMinute) continue;
      const weekday = WEEKDAYS[new Date(shownMs).getUTCDay()];
      if (weekday === undefined || !window.weekdays.includes(weekday)) continue;
      intervals.push({ fromMs: atMs, toMs: atMs + window.durationMs });
    }
    latestMs = latestMs === Number.POSITIVE_INFINITY ? localMs : Math.max(latestMs, localMs);
  }
  return intervals;
}

function isInside(intervals: readonly Interval[], atMs: number): boolean {
  return intervals.some(({ fromMs, toMs }) => fromMs <= atMs && atMs < toMs);
}

const ZONES = [
  { timeZone: "Europe/Berlin", year: 2026 },
  { timeZone: "America/New_York", year: 2026 },
  { timeZone: "Australia/Lord_Howe", year: 2026 },
  { timeZone: "Asia/Kolkata", year: 2026 },
  { timeZone: "UTC", year: 2026 },
  { timeZone: "Pacific/Apia", year: 2011 },
  { timeZone: "Asia/Beirut", year: 2026 },
] as const;

const SHAPES = [
  { shape: "four hours over midnight", window: { weekdays: ["sat"], startMinute: 1_320, durationMs: 4 * HOUR_MS } },
  {
    shape: "four hours to the change of clocks",
    window: { weekdays: ["sat"], startMinute: 1_410, durationMs: 4 * HOUR_MS },
  },
  { shape: "a night at the change of clocks", window: { weekdays: ["sun"], startMinute: 150, durationMs: HOUR_MS } },
  { shape: "a minute a day", window: { weekdays: WEEKDAYS, startMinute: 0, durationMs: MINUTE_MS } },
  { shape: "every night at 2:15", window: { weekdays: WEEKDAYS, startMinute: 135, durationMs: 90 * MINUTE_MS } },
  {
    shape: "a week but a minute",
    window: { weekdays: ["fri"], startMinute: 1_439, durationMs: 7 * DAY_MS - MINUTE_MS },
  },
  { shape: "a whole week", window: { weekdays: ["mon"], startMinute: 600, durationMs: 7 * DAY_MS } },
] as const;

describe("isInMaintenance()", () => {
  it.each([
    { label: "just before it begins", atIso: "2026-11-21T20:59:59.999Z", want: false },
    { label: "as it begins", atIso: "2026-11-21T21:00:00Z", want: true },
    { label: "after midnight", atIso: "2026-11-21T23:30:00Z", want: true },
    { label: "just before it ends", atIso: "2026-11-22T00:59:59.999Z", want: true },
    { label: "as it ends", atIso: "2026-11-22T01:00:00Z", want: false },
    { label: "on another day", atIso: "2026-11-20T21:30:00Z", want: false },
    { label: "in summer, an hour of UTC earlier", atIso: "2026-07-04T20:00:00Z", want: true },
    { label: "before 1970", atIso: "1969-12-27T21:00:00Z", want: true },
  ])("is $want $label", ({ atIso, want }) => {
    expect(isInMaintenance(aWindow(), at(atIso))).toBe(want);
  });

  const fridays = { weekdays: ["fri"], timeZone: "Pacific/Apia", startMinute: 720, durationMs: HOUR_MS } as const;

  it.each([
    {
      label: "a start that spring leaps over begins with the first instant after the leap",
      window: aWindow({ weekdays: ["sun"], startMinute: 150, durationMs: HOUR_MS }),
      fromIso: "2026-03-29T01:00:00Z",
      toIso: "2026-03-29T02:00:00Z",
    },
    {
      label: "a start that autumn shows twice begins with the first",
      window: aWindow({ weekdays: ["sun"], startMinute: 150, durationMs: HOUR_MS }),
      fromIso: "2026-10-25T00:30:00Z",
      toIso: "2026-10-25T01:30:00Z",
    },
    {
      label: "a night in which the clock leaps ahead lasts as long as any other",
      window: aWindow(),
      fromIso: "2026-03-28T21:00:00Z",
      toIso: "2026-03-29T01:00:00Z",
    },
    {
      label: "a night in which the clock is put back lasts as long as any other",
      window: aWindow(),
      fromIso: "2026-10-24T20:00:00Z",
      toIso: "2026-10-25T00:00:00Z",
    },
    {
      label: "a clock that leaps half an hour",
      window: aWindow({ weekdays: ["sun"], startMinute: 135, durationMs: HOUR_MS, timeZone: "Australia/Lord_Howe" }),
      fromIso: "2026-10-03T15:30:00Z",
      toIso: "2026-10-03T16:30:00Z",
    },
    {
      label: "a Friday that the island's calendar left out begins with the day after it",
      window: aWindow(fridays),
      fromIso: "2011-12-30T10:00:00Z",
      toIso: "2011-12-30T11:00:00Z",
    },
    {
      label: "a day that begins twice begins with the first midnight",
      window: aWindow({ weekdays: ["sun"], startMinute: 0, durationMs: HOUR_MS, timeZone: "America/Havana" }),
      fromIso: "2026-11-01T04:00:00Z",
      toIso: "2026-11-01T05:00:00Z",
    },
    {
      label: "a day that begins a minute before the clock goes back to the day before",
      window: aWindow({ weekdays: ["sun"], startMinute: 0, durationMs: HOUR_MS, timeZone: "America/St_Johns" }),
      fromIso: "2010-11-07T02:30:00Z",
      toIso: "2010-11-07T03:30:00Z",
    },
    {
      label: "a night that goes on behind the leap for longer than the clock says",
      window: aWindow({ startMinute: 1_410 }),
      fromIso: "2026-03-28T22:30:00Z",
      toIso: "2026-03-29T02:30:00Z",
    },
    {
      label: "a weekend from Friday night to Monday morning",
      window: aWindow({ weekdays: ["fri"], durationMs: 56 * HOUR_MS }),
      fromIso: "2026-11-20T21:00:00Z",
      toIso: "2026-11-23T05:00:00Z",
    },
  ])("counts from begin to before the end: $label", ({ window, fromIso, toIso }) => {
    const edges = [at(fromIso) - 1, at(fromIso), at(toIso) - 1, at(toIso)];

    expect(edges.map((atMs) => isInMaintenance(window, atMs))).toEqual([false, true, true, false]);
  });

  it("throws for a zone that does not exist", () => {
    expect(() => isInMaintenance(aWindow({ timeZone: "Europe/Atlantis" }), 0)).toThrow(RangeError);
  });

  describe.each(ZONES)("in $timeZone in $year", ({ timeZone, year }) => {
    const clock = clockOfYear(timeZone, year);
    // A window that began in the year before is not seen, nor is one that begins in the year after.
    const [firstMs, lastMs] = [Date.UTC(year, 0, 16), Date.UTC(year, 11, 31)];
    const now = Array.from({ length: 5_000 }, (_, n) => firstMs + n * 101 * MINUTE_MS);

    it.each(SHAPES)("says what a watcher of the clock sees, minute by minute: $shape", ({ window }) => {
      const shaped = aWindow({ ...window, timeZone });
      const intervals = watchTheClock(shaped, clock);
      const edges = intervals.flatMap(({ fromMs, toMs }) => [fromMs - 1, fromMs, toMs - 1, toMs]);

      const wrong = [...edges, ...now].filter(
        (atMs) => atMs >= firstMs && atMs < lastMs && isInMaintenance(shaped, atMs) !== isInside(intervals, atMs),
      );

      expect(wrong.map((atMs) => new Date(atMs).toISOString())).toEqual([]);
      expect(intervals.length).toBeGreaterThan(50);
    });
  });

  const anyWindow = fc.record({
    name: fc.constant("any"),
    weekdays: fc.uniqueArray(fc.constantFrom(...WEEKDAYS), { minLength: 1 }),
    startMinute: fc.integer({ min: 0, max: 1_439 }),
    durationMs: fc.integer({ min: MINUTE_MS, max: 7 * DAY_MS }),
    timeZone: fc.constantFrom(...ZONES.map(({ timeZone }) => timeZone), "Africa/Casablanca", "America/Havana"),
    match: fc.constant({}),
  });
  const anyInstant = fc.integer({ min: Date.UTC(1970, 0, 1), max: Date.UTC(2100, 0, 1) });

  it("covers with a longer duration all that a shorter one covers", () => {
    fc.assert(
      fc.property(anyWindow, anyInstant, fc.double({ min: 0, max: 1, noNaN: true }), (window, atMs, share) => {
        const shorter = { ...window, durationMs: Math.floor(window.durationMs * share) };

        expect([isInMaintenance(shorter, atMs), isInMaintenance(window, atMs)]).not.toEqual([true, false]);
      }),
    );
  });

  it("covers on several weekdays what windows of one weekday each cover together", () => {
    fc.assert(
      fc.property(anyWindow, anyInstant, (window, atMs) => {
        const single = window.weekdays.map((weekday) => isInMaintenance({ ...window, weekdays: [weekday] }, atMs));

        expect(isInMaintenance(window, atMs)).toBe(single.includes(true));
      }),
    );
  });

  it("I11: repeats each week where the clock is never changed", () => {
    const constant = fc.constantFrom("UTC", "Asia/Kolkata", "Asia/Tokyo");
    fc.assert(
      fc.property(anyWindow, constant, anyInstant, (window, timeZone, atMs) => {
        const steady = { ...window, timeZone };

        expect(isInMaintenance(steady, atMs + 7 * DAY_MS)).toBe(isInMaintenance(steady, atMs));
      }),
    );
  });

  it("never leaves an instant uncovered by a whole week from one weekday on", () => {
    fc.assert(
      fc.property(anyWindow, anyInstant, (window, atMs) => {
        const week = { ...window, timeZone: "Asia/Kolkata", durationMs: 7 * DAY_MS };

        expect(isInMaintenance(week, atMs)).toBe(true);
      }),
    );
  });
});

describe("nextChange()", () => {
  const WEEK = { weekdays: ["mon"], durationMs: 7 * DAY_MS } as const;
  const BY_DAY = { weekdays: WEEKDAYS, startMinute: 0, durationMs: DAY_MS } as const;

  it.each([
    { label: "its beginning", window: aWindow(), atIso: "2026-11-17T12:00:00Z", wantIso: "2026-11-21T21:00:00Z" },
    { label: "its end", window: aWindow(), atIso: "2026-11-21T21:00:00Z", wantIso: "2026-11-22T01:00:00Z" },
    { label: "the one after", window: aWindow(), atIso: "2026-11-22T01:00:00Z", wantIso: "2026-11-28T21:00:00Z" },
    {
      label: "a beginning behind the clocks' leap ahead",
      window: aWindow(),
      atIso: "2026-03-29T01:00:00Z",
      wantIso: "2026-04-04T20:00:00Z",
    },
    {
      label: "a beginning that the clocks leap over",
      window: aWindow({ weekdays: ["sun"], startMinute: 150 }),
      atIso: "2026-03-25T12:00:00Z",
      wantIso: "2026-03-29T01:00:00Z",
    },
    {
      label: "a beginning behind the hour that comes twice",
      window: aWindow(),
      atIso: "2026-10-25T00:00:00Z",
      wantIso: "2026-10-31T21:00:00Z",
    },
    {
      label: "the end of days that join each other until one has 25 hours",
      window: aWindow(BY_DAY),
      atIso: "2026-04-01T12:00:00Z",
      wantIso: "2026-10-25T22:00:00Z",
    },
    {
      label: "the end of a weekend of two windows that overlap",
      window: aWindow({ weekdays: ["fri", "sat"], durationMs: 30 * HOUR_MS }),
      atIso: "2026-11-21T00:00:00Z",
      wantIso: "2026-11-23T03:00:00Z",
    },
  ])("finds $label", ({ window, atIso, wantIso }) => {
    expect(nextChange(window, at(atIso))).toBe(at(wantIso));
  });

  it.each([
    { label: "a week anew each week", window: aWindow({ ...WEEK, timeZone: "UTC" }) },
    { label: "a day anew each day", window: aWindow({ ...BY_DAY, timeZone: "Asia/Kolkata" }) },
  ])("finds none for what never ends: $label", ({ window }) => {
    expect(nextChange(window, at("2026-11-22T12:00:00Z"))).toBeUndefined();
  });

  it("throws for a zone that does not exist", () => {
    expect(() => nextChange(aWindow({ timeZone: "Europe/Atlantis" }), 0)).toThrow(RangeError);
  });

  it("finds the first minute that isInMaintenance() says otherwise of than now", () => {
    const anyChange = fc.constantFrom(
      { timeZone: "Europe/Berlin", changeIso: "2026-03-29T01:00:00Z" },
      { timeZone: "Europe/Berlin", changeIso: "2026-10-25T01:00:00Z" },
      { timeZone: "America/New_York", changeIso: "2026-11-01T06:00:00Z" },
      { timeZone: "Australia/Lord_Howe", changeIso: "2026-10-03T15:30:00Z" },
      { timeZone: "Pacific/Apia", changeIso: "2011-12-30T10:00:00Z" },
    );
    const anyShape = fc.record({
      weekdays: fc.uniqueArray(fc.constantFrom(...WEEKDAYS), { minLength: 1 }),
      startMinute: fc.integer({ min: 0, max: 1_439 }),
      durationMs: fc.integer({ min: 1, max: 3 * 24 * 60 }).map((minutes) => minutes * MINUTE_MS),
    });
    fc.assert(
      fc.property(anyChange, anyShape, fc.integer({ min: -4_000, max: 1_000 }), ({ timeZone, changeIso }, shape, n) => {
        const window = aWindow({ ...shape, timeZone });
        const fromMs = at(changeIso) + n * MINUTE_MS;
        const changeMs = nextChange(window, fromMs) ?? Number.POSITIVE_INFINITY;
        const toMs = Math.min(changeMs, fromMs + 3 * DAY_MS);
        const minutes = Array.from({ length: (toMs - fromMs) / MINUTE_MS }, (_, minute) => fromMs + minute * MINUTE_MS);
        const isOn = isInMaintenance(window, fromMs);

        expect(minutes.find((atMs) => isInMaintenance(window, atMs) !== isOn)).toBeUndefined();
        expect(isInMaintenance(window, toMs)).toBe(toMs === changeMs ? !isOn : isOn);
      }),
      { numRuns: 60 },
    );
  });
});

describe("windowsAt()", () => {
  it("names the open ones only, in the order given, and for whom they are", () => {
    const [first, shut, last] = [
      aWindow({ name: "b", match: { connection: "Jamf*" } }),
      aWindow({ name: "c", weekdays: ["mon"] }),
      aWindow({ name: "a" }),
    ];

    expect(windowsAt([first, shut, last], at("2026-11-21T22:00:00Z"))).toEqual([
      { name: "b", match: { connection: "Jamf*" } },
      { name: "a", match: last.match },
    ]);
  });
});
