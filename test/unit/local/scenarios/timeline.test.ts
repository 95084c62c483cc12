import { describe, expect, it } from "vitest";
import { durationMs } from "../../../../local/scenarios/duration.ts";
import type { TimelineEvent } from "../../../../local/scenarios/scenario.schema.ts";
import { eventsUntil, isListed, lastBeatMs } from "../../../../local/scenarios/timeline.ts";

const quietThenBack: readonly TimelineEvent[] = [
  { at: "PT1H", do: "beat", every: "PT4H" },
  { at: "PT13H", do: "silence" },
  { at: "P2D", do: "beat" },
  { at: "P3D", do: "beat", every: "PT1H" },
  { at: "P4D", do: "terminate", removal: "+P90D", noncompliance: "none" },
];

describe("lastBeatMs()", () => {
  it.each([
    { at: "PT59M", want: undefined },
    { at: "PT1H", want: "PT1H" },
    { at: "PT4H59M59.999S", want: "PT1H" },
    { at: "PT5H", want: "PT5H" },
    { at: "PT12H", want: "PT9H" },
    { at: "PT13H", want: "PT9H" },
    { at: "P1DT23H", want: "PT9H" },
    { at: "P2D", want: "P2D" },
    { at: "P2DT20H", want: "P2D" },
    { at: "P3DT90M", want: "P3DT1H" },
    { at: "P4D", want: "P3DT23H" },
    { at: "P90D", want: "P3DT23H" },
  ])("is $want at $at", ({ at, want }) => {
    expect(lastBeatMs(quietThenBack, durationMs(at))).toBe(want === undefined ? undefined : durationMs(want));
  });

  it("replaces a cadence by the next one", () => {
    const timeline: readonly TimelineEvent[] = [
      { at: "-PT3H", do: "beat", every: "PT2H" },
      { at: "PT10H", do: "beat", every: "PT40H" },
    ];

    expect(lastBeatMs(timeline, durationMs("PT9H59M"))).toBe(durationMs("PT9H"));
    expect(lastBeatMs(timeline, durationMs("PT49H"))).toBe(durationMs("PT10H"));
    expect(lastBeatMs(timeline, durationMs("PT50H"))).toBe(durationMs("PT50H"));
  });
});

describe("isListed()", () => {
  const comesAndGoes: readonly TimelineEvent[] = [
    { at: "P1D", do: "appear" },
    { at: "P2D", do: "disappear" },
    { at: "P3D", do: "appear" },
  ];

  it.each([
    { at: "PT23H", want: false },
    { at: "P1D", want: true },
    { at: "P2D", want: false },
    { at: "P3D", want: true },
  ])("is $want at $at", ({ at, want }) => {
    expect(isListed(comesAndGoes, durationMs(at))).toBe(want);
  });

  it("is true from the start unless the row appears", () => {
    expect(isListed([], 0)).toBe(true);
    expect(isListed([{ at: "P1D", do: "disappear" }], 0)).toBe(true);
  });
});

describe("eventsUntil()", () => {
  it("includes what happens at that very time", () => {
    expect(eventsUntil(quietThenBack, durationMs("PT13H"))).toEqual(quietThenBack.slice(0, 2));
  });
});
