import { describe, expect, it } from "vitest";
import { toCurve } from "../../../../dashboard/model/chart-data.ts";
import type { SnapshotBody } from "../../../../src/http/contract/history.ts";
import { aConnection, aSnapshot, hoursAgo, NOW } from "../builders.ts";

const { thresholds } = aConnection();

/** The points of a curve as "hours before now: value". */
function drawn(snapshots: readonly SnapshotBody[], periodMs = 900_000): readonly string[] | undefined {
  const curve = toCurve(snapshots, { thresholds, nowMs: NOW, periodMs });
  return curve?.times.map((seconds, index) => {
    const hours = curve.hours[index];
    const ago = Math.round(((NOW - seconds * 1_000) / 3_600_000) * 100) / 100;
    return `${ago}: ${typeof hours === "number" ? Math.round(hours * 100) / 100 : "gap"}`;
  });
}

function anExpiry(readHoursAgo: number): SnapshotBody {
  const dateTime = hoursAgo(-100);
  return {
    ...aSnapshot(readHoursAgo, 0),
    reading: {
      kind: "connector",
      connectionId: "connector:x:default",
      displayName: "X",
      connectorName: "x",
      meaning: "expiry",
      reportedHealth: "healthy",
      eventDate: { dateTime, asSent: dateTime },
      problems: [],
    },
  };
}

describe("toCurve()", () => {
  it("climbs while nothing is heard, up to now", () => {
    expect(drawn([aSnapshot(2, 5), aSnapshot(1, 5)])).toEqual(["2: 3", "1: 4", "0: 5"]);
  });

  it("falls to zero at a contact between two readings, not at the reading", () => {
    expect(drawn([aSnapshot(2, 5), aSnapshot(1, 1.5)])).toEqual(["2: 3", "1.5: 3.5", "1.5: 0", "1: 0.5", "0: 1.5"]);
  });

  it("breaks where nothing was read for hours, and does not guess on to now", () => {
    expect(drawn([aSnapshot(20, 21), aSnapshot(10, 21)])).toEqual(["20: 1", "20: gap", "10: 11"]);
  });

  it.each([
    { name: "draws a line between rare polls, and on to now", periodHours: 4, want: ["20: 1", "8: 13", "0: 21"] },
    { name: "breaks where three rare polls are missing", periodHours: 3, want: ["20: 1", "20: gap", "8: 13", "0: 21"] },
  ])("$name", ({ periodHours, want }) => {
    expect(drawn([aSnapshot(20, 21), aSnapshot(8, 21)], periodHours * 3_600_000)).toEqual(want);
  });

  it("orders the readings itself", () => {
    expect(drawn([aSnapshot(1, 5), aSnapshot(2, 5)])).toEqual(["2: 3", "1: 4", "0: 5"]);
  });

  it("draws the time left to an expiry, with its own limits", () => {
    const limits = [{ ruleId: "expiry", severity: "warning", side: "within", duration: "P30D" }] as const;

    const curve = toCurve([anExpiry(2)], { thresholds: limits, nowMs: NOW, periodMs: 0 });

    expect(curve).toMatchObject({ measure: "left", hours: [102, 100], limits: [{ severity: "warning", hours: 720 }] });
  });

  it("draws the limits of ages only beside an age", () => {
    const all = [
      ...thresholds,
      { ruleId: "removal-deadline", severity: "error", side: "within", duration: "P14D" },
    ] as const;

    expect(toCurve([aSnapshot(1, 2)], { thresholds: all, nowMs: NOW, periodMs: 0 })?.limits).toEqual([
      { severity: "warning", hours: 36 },
      { severity: "error", hours: 72 },
    ]);
  });

  it("does not let an age fall below zero for a clock that runs ahead", () => {
    expect(drawn([aSnapshot(1, 0.5)])).toEqual(["1: 0", "0: 0.5"]);
  });

  it.each([
    ["nothing was read", []],
    ["nothing was ever heard", [aSnapshot(1, undefined)]],
  ])("is absent when %s", (_name, snapshots) => {
    expect(drawn(snapshots)).toBeUndefined();
  });
});
