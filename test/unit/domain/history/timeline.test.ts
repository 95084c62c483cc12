import { describe, expect, it } from "vitest";
import { combine, cutWindow, type Timeline } from "../../../../src/domain/history/timeline.ts";

function aTimeline<T>(first: T, ...turns: readonly (readonly [number, T])[]): Timeline<T> {
  return { first, turns: turns.map(([atMs, value]) => ({ atMs, value })) };
}

describe("combine()", () => {
  it("turns where either one does, once where both do", () => {
    const joined = combine(aTimeline("a", [1, "b"], [5, "c"]), aTimeline(1, [3, 2], [5, 3]), (a, b) => a + b);

    expect(joined).toEqual(aTimeline("a1", [1, "b1"], [3, "b2"], [5, "c3"]));
  });

  it("keeps a value that is undefined apart from no turn", () => {
    const joined = combine(aTimeline<string | undefined>("a", [2, undefined]), aTimeline(1), (a, b) => `${a}${b}`);

    expect(joined).toEqual(aTimeline("a1", [2, "undefined1"]));
  });
});

describe("cutWindow()", () => {
  const timeline = aTimeline("a", [10, "b"], [20, "c"]);

  it.each([
    { name: "before all turns", fromMs: 0, toMs: 5, want: ["0-5 a"] },
    { name: "up to a turn", fromMs: 0, toMs: 10, want: ["0-10 a"] },
    { name: "from a turn", fromMs: 10, toMs: 15, want: ["10-15 b"] },
    { name: "over all turns", fromMs: 5, toMs: 25, want: ["5-10 a", "10-20 b", "20-25 c open"] },
    { name: "after all turns", fromMs: 30, toMs: 31, want: ["30-31 c open"] },
    { name: "from the last turn", fromMs: 20, toMs: 21, want: ["20-21 c open"] },
  ])("tells what held $name", ({ fromMs, toMs, want }) => {
    const intervals = cutWindow(timeline, { fromMs, toMs }, String);

    expect(intervals.map((one) => `${one.fromMs}-${one.toMs} ${one.value}${one.isOpen ? " open" : ""}`)).toEqual(want);
  });

  it("joins neighbours that are alike, and gives the oldest of them, also from before the window", () => {
    const words = aTimeline("x", [1, "old"], [5, "OLD"], [9, "Old"]);

    const intervals = cutWindow(words, { fromMs: 6, toMs: 12 }, (word) => word.toLowerCase());

    expect(intervals).toEqual([{ fromMs: 6, toMs: 12, isOpen: true, value: "old" }]);
  });
});
