import { describe, expect, it } from "vitest";
import { compareVerdicts } from "../../../../src/domain/rules/compare-verdicts.ts";
import { aConnector, aPartner, aSource } from "../connections/a-reading.ts";

describe("compareVerdicts()", () => {
  it.each([
    {
      reading: aConnector({ reportedHealth: "healthy" }),
      ours: "error",
      want: "Microsoft reports healthy, our rules say error",
    },
    {
      reading: aConnector({ reportedHealth: "warning" }),
      ours: "ok",
      want: "Microsoft reports warning, our rules say ok",
    },
    {
      reading: aConnector({ reportedHealth: "unhealthy" }),
      ours: "warning",
      want: "Microsoft reports unhealthy, our rules say warning",
    },
    {
      reading: aPartner({ state: "enabled" }),
      ours: "warning",
      want: "Microsoft reports enabled, our rules say warning",
    },
    { reading: aPartner({ state: "terminated" }), ours: "ok", want: "Microsoft reports terminated, our rules say ok" },
  ] as const)("says: $want", ({ reading, ours, want }) => {
    expect(compareVerdicts(reading, ours)).toBe(want);
  });

  it.each([
    { name: "both are calm", reading: aConnector({ reportedHealth: "healthy" }), ours: "info" },
    { name: "both are grave", reading: aConnector({ reportedHealth: "unhealthy" }), ours: "critical" },
    { name: "Microsoft has no verdict", reading: aConnector({ reportedHealth: "unknown" }), ours: "error" },
    { name: "Microsoft does not know the partner", reading: aPartner({ state: "unknown" }), ours: "error" },
    { name: "we have no verdict yet", reading: aPartner({ state: "unresponsive" }), ours: "pending" },
    { name: "we cannot judge", reading: aConnector({ reportedHealth: "healthy" }), ours: "unknown" },
    { name: "the reading is ours", reading: aSource(), ours: "error" },
  ] as const)("says nothing where $name", ({ reading, ours }) => {
    expect(compareVerdicts(reading, ours)).toBeUndefined();
  });
});
