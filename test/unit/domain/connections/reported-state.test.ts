import { describe, expect, it } from "vitest";
import { reportedStateOf } from "../../../../src/domain/connections/reported-state.ts";
import { aConnector, aPartner, aSource, aTenant } from "./a-reading.ts";

describe("reportedStateOf()", () => {
  it.each([
    { name: "a partner's state", reading: aPartner({ state: "unresponsive" }), want: "unresponsive" },
    { name: "a state that is new", reading: aPartner({ state: "unknown", stateAsSent: "paused" }), want: "paused" },
    { name: "a connector's health", reading: aConnector({ reportedHealth: "warning" }), want: "warning" },
    {
      name: "a health that is new",
      reading: aConnector({ reportedHealth: "unknown", reportedHealthAsSent: "odd" }),
      want: "odd",
    },
    { name: "nothing of a source", reading: aSource({ outcome: "unreadable", reason: "forbidden" }), want: undefined },
    { name: "nothing of a tenant", reading: aTenant(), want: undefined },
  ])("returns $name", ({ reading, want }) => {
    expect(reportedStateOf(reading)).toBe(want);
  });
});
