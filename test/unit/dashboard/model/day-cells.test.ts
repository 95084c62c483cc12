import { describe, expect, it } from "vitest";
import {
  BAR_DAYS,
  barDays,
  barOf,
  cellsOfIntervals,
  sayBar,
  toDayState,
} from "../../../../dashboard/model/day-cells.ts";
import { aConnection, anInterval, NOW } from "../builders.ts";

function stateOn(day: string, ...intervals: Parameters<typeof cellsOfIntervals>[0]): string | undefined {
  return cellsOfIntervals(intervals, { nowMs: NOW, isCut: false }).find((cell) => cell.day === day)?.state;
}

describe("barDays()", () => {
  it("lists ninety UTC days, the last of them today", () => {
    const days = barDays(NOW);

    expect([days.length, days[0], days.at(-1)]).toEqual([BAR_DAYS, "2026-08-25", "2026-11-22"]);
  });
});

describe("barOf()", () => {
  it("reads a letter a day, up to today", () => {
    const bar90 = `${"-".repeat(79)}cewubiponx-`;

    const cells = barOf(aConnection({ bar90, bar90Until: "2026-11-22" }), NOW) ?? [];

    expect(cells.slice(-11).map(({ state }) => state)).toEqual([
      "critical",
      "error",
      "warning",
      "blind",
      "partly-blind",
      "info",
      "pending",
      "ok",
      "not-judged",
      "none",
      "none",
    ]);
    expect([cells.length, cells.at(-1)?.day]).toEqual([BAR_DAYS, "2026-11-22"]);
  });

  it.each([
    { name: "leaves the days since the last poll empty", bar90Until: "2026-11-20", last: ["error", "none", "none"] },
    { name: "leaves out a day that is to come", bar90Until: "2026-11-23", last: ["ok", "ok", "ok"] },
  ])("$name", ({ bar90Until, last }) => {
    const cells = barOf(aConnection({ bar90: `${"o".repeat(89)}e`, bar90Until }), NOW) ?? [];

    expect(cells.slice(-3).map(({ state }) => state)).toEqual(last);
    expect([cells.length, cells.at(-1)?.day]).toEqual([BAR_DAYS, "2026-11-22"]);
  });

  it("is absent where the API sends none", () => {
    expect(barOf(aConnection(), NOW)).toBeUndefined();
  });
});

describe("cellsOfIntervals()", () => {
  const on20 = { startDateTime: "2026-11-20T00:00:00Z", endDateTime: "2026-11-21T00:00:00Z" };

  it.each([
    {
      name: "the worst state of a day",
      intervals: [{ state: "ok" }, { state: "warning" }, { state: "critical" }],
      want: "critical",
    },
    { name: "blindness", intervals: [{ state: "unknown", reason: "forbidden" }], want: "blind" },
    {
      name: "blindness beside what was seen",
      intervals: [{ state: "unknown", reason: "forbidden" }, { state: "ok" }],
      want: "partly-blind",
    },
    { name: "blindness over what was believed well", intervals: [{ state: "ok", blind: "forbidden" }], want: "blind" },
    {
      name: "trouble that was known though it was not seen",
      intervals: [{ state: "error", blind: "forbidden" }],
      want: "error",
    },
    { name: "nothing before it was watched", intervals: [{ state: "unknown", reason: "not-seen-yet" }], want: "none" },
    { name: "maintenance", intervals: [{ state: "error", maintenance: ["patching"] }], want: "maintenance" },
    { name: "what is not judged", intervals: [{ state: "not-judged" }], want: "not-judged" },
  ] as const)("shows $name", ({ intervals, want }) => {
    expect(stateOn("2026-11-20", ...intervals.map((given) => anInterval({ ...on20, ...given })))).toBe(want);
  });

  it("ends an interval before the midnight that it ends with, and lets an open one run to today", () => {
    const open = anInterval({ state: "error", startDateTime: "2026-11-21T00:00:00Z" });
    const before = anInterval({ state: "critical", ...on20 });

    expect([stateOn("2026-11-21", before, open), stateOn("2026-11-22", before, open)]).toEqual(["error", "error"]);
  });

  it("leaves out the days of which not all was read", () => {
    const intervals = [
      anInterval({ startDateTime: "2026-11-21T06:00:00Z" }),
      anInterval({ startDateTime: "2026-11-20T06:00:00Z", endDateTime: "2026-11-21T06:00:00Z" }),
    ];

    const days = cellsOfIntervals(intervals, { nowMs: NOW, isCut: true }).map(({ day }) => day);

    expect(days).toEqual(["2026-11-21", "2026-11-22"]);
  });
});

describe("sayBar()", () => {
  it("counts the days of each state, worst first", () => {
    const cells = ["ok", "error", "ok"].map((state) => ({ day: "2026-11-20", state: toDayState(state) }));

    expect(sayBar(cells)).toBe("Last 3 days, oldest first: error on 1 day, well on 2 days");
  });
});

describe("toDayState()", () => {
  it.each([
    ["unknown", "blind"],
    ["critical", "critical"],
    ["something new", "none"],
  ])("shows %s as %s", (verdict, want) => {
    expect(toDayState(verdict)).toBe(want);
  });
});
