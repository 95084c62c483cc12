import { describe, expect, it } from "vitest";
import {
  compliancePartnerTimeline,
  connectorTimeline,
  devicePartnerTimeline,
} from "../../../../local/scenarios/timeline.schema.ts";

const at = "P1D";

describe("devicePartnerTimeline", () => {
  it("lets a termination set both dates 90 days ahead when it does not say otherwise", () => {
    expect(devicePartnerTimeline.parse([{ at, do: "terminate" }])).toEqual([
      { at, do: "terminate", removal: "+P90D", noncompliance: "+P90D" },
    ]);
  });

  it.each([
    { what: "a bad time", event: { at: "4h", do: "silence" }, path: "0.at", want: /ISO 8601/ },
    { what: "a cadence of nothing", event: { at, do: "beat", every: "PT0S" }, path: "0.every", want: /above zero/ },
    { what: "a cadence backwards", event: { at, do: "beat", every: "-PT4H" }, path: "0.every", want: /above zero/ },
    { what: "a bad deadline", event: { at, do: "set", removal: "soon" }, path: "0.removal", want: /P90D.*none/ },
    { what: "an unknown state", event: { at, do: "set", state: "quarantined" }, path: "0.state", want: /unresponsive/ },
    { what: "an unknown key", event: { at, do: "silence", until: at }, path: "0", want: /until/ },
    { what: "platforms", event: { at, do: "set", platforms: [] }, path: "0", want: /platforms/ },
    {
      what: "a bad assignment",
      event: { at, do: "set", assignments: ["all"] },
      path: "0.assignments.0",
      want: /all-users/,
    },
  ])("refuses $what", ({ event, path, want }) => {
    const issues = devicePartnerTimeline.safeParse([event]).error?.issues ?? [];

    expect(issues.map((issue) => issue.path.join("."))).toEqual([path]);
    expect(issues[0]?.message).toMatch(want);
  });

  it.each([
    { times: ["-P1D", "PT0S", "P1D"], want: true },
    { times: ["P1D", "P1D"], want: true },
    { times: ["P2D", "P1D"], want: false },
  ])("wants events in order of time: $times is $want", ({ times, want }) => {
    const events = times.map((time) => ({ at: time, do: "silence" }));

    expect(devicePartnerTimeline.safeParse(events).success).toBe(want);
  });
});

describe("compliancePartnerTimeline", () => {
  it.each([
    { event: { at, do: "set", platforms: ["linux"] }, want: true },
    { event: { at, do: "set", removal: "P90D" }, want: false },
    { event: { at, do: "terminate" }, want: false },
    { event: { at, do: "renew", expires: "P90D" }, want: false },
  ])("takes $event: $want", ({ event, want }) => {
    expect(compliancePartnerTimeline.safeParse([event]).success).toBe(want);
  });
});

describe("connectorTimeline", () => {
  it.each([
    { event: { at, do: "renew", expires: "+P365D" }, want: true },
    { event: { at, do: "renew" }, want: false },
    { event: { at, do: "set", status: "automatic" }, want: true },
    { event: { at, do: "set", status: "fine" }, want: false },
    { event: { at, do: "set", state: "enabled" }, want: false },
    { event: { at, do: "terminate" }, want: false },
  ])("takes $event: $want", ({ event, want }) => {
    expect(connectorTimeline.safeParse([event]).success).toBe(want);
  });
});
