import { describe, expect, it } from "vitest";
import type { ConnectionState } from "../../../src/domain/poll/connection-state.ts";
import type { Verdict } from "../../../src/domain/rules/verdict.ts";
import { toConnection } from "../../../src/http/to-connection.ts";
import { aConnector, anAlert, aPartner, aSource, aState, at } from "./builders.ts";

// oxlint-disable-next-line typescript/no-explicit-any -- tests compare what came, whatever it is
function overTheWire(state: Partial<ConnectionState>, verdict: Verdict = "ok"): any {
  return JSON.parse(JSON.stringify(toConnection({ state: aState(state), verdict })));
}

const { evaluation: _, ...UNJUDGED } = anAlert();

describe("toConnection()", () => {
  it("writes standing, contact, presence and verdicts beside the reading", () => {
    const connection = overTheWire({
      connectionKey: "k",
      standing: { standing: "retired", reason: "severed-and-silent" },
      absentPolls: 2,
      absentSinceMs: at("2026-11-22T09:45:00Z"),
    });

    expect(connection).toEqual({
      connectionKey: "k",
      verdict: "ok",
      microsoftVerdict: "enabled",
      portalPage: "Tenant administration > Connectors and tokens > Partner compliance management",
      standing: "retired",
      standingReason: "severed-and-silent",
      lastContactDateTime: "2026-11-22T09:00:00Z",
      deadlines: [],
      thresholds: [],
      ruleLimits: [],
      observedDateTime: "2026-11-22T10:00:20Z",
      firstSeenDateTime: "2026-11-01T00:00:00Z",
      lastSeenDateTime: "2026-11-22T10:00:00Z",
      absentSinceDateTime: "2026-11-22T09:45:00Z",
      alerts: [],
      reading: expect.objectContaining({ displayName: "Jamf" }),
    });
  });

  it("tells the 90 days, and which is the last of them", () => {
    const bar90 = "wo".padStart(90, "-");

    expect(overTheWire({ bar90 })).toMatchObject({ bar90, bar90Until: "2026-11-22" });
  });

  it.each([
    { name: "a partner's state", reading: aPartner({ state: "unresponsive" }), want: "unresponsive" },
    {
      name: "a state that we do not know",
      reading: aPartner({ state: "unknown", stateAsSent: "paused" }),
      want: "paused",
    },
    { name: "a connector's health", reading: aConnector({ reportedHealth: "warning" }), want: "warning" },
    {
      name: "a health that we do not know",
      reading: aConnector({ reportedHealth: "unknown", reportedHealthAsSent: "odd" }),
      want: "odd",
    },
    { name: "nothing of a source", reading: aSource("connectorStatus"), want: undefined },
  ])("shows $name as Microsoft's verdict", ({ reading, want }) => {
    expect(overTheWire({ reading }).microsoftVerdict).toBe(want);
  });

  it.each([
    { verdict: "ok", want: "Microsoft reports unresponsive, our rules say ok" },
    { verdict: "warning", want: "Microsoft reports unresponsive, our rules say warning" },
    { verdict: "error", want: undefined },
    { verdict: "unknown", want: undefined },
    { verdict: "pending", want: undefined },
    { verdict: "not-judged", want: undefined },
  ] as const)("notes '$want' beside our $verdict", ({ verdict, want }) => {
    expect(overTheWire({ reading: aPartner({ state: "unresponsive" }) }, verdict).verdictNote).toBe(want);
  });

  it.each([
    { name: "never", reading: aPartner({ lastContact: "never" }), want: null },
    { name: "not read", reading: aPartner({ lastContact: undefined }), want: undefined },
    { name: "an expiry, which is no contact", reading: aConnector(), want: undefined },
    { name: "a sync", reading: aConnector({ meaning: "sync" }), want: "2026-12-01T00:00:00Z" },
    { name: "our own last good read", reading: aSource("connectorStatus"), want: "2026-11-22T10:00:20Z" },
  ])("shows $want as the last contact for $name", ({ reading, want }) => {
    expect(overTheWire({ reading }).lastContactDateTime).toBe(want);
  });

  it("lists a partner's deadlines, soonest first", () => {
    const reading = aPartner({
      nonComplianceDeadline: { atMs: at("2026-12-02T00:00:00Z"), asSent: "x" },
      removalDeadline: { atMs: at("2026-12-01T00:00:00Z"), asSent: "x" },
    });

    expect(overTheWire({ reading }).deadlines).toEqual([
      { kind: "removal", dateTime: "2026-12-01T00:00:00Z" },
      { kind: "noncompliance", dateTime: "2026-12-02T00:00:00Z" },
    ]);
  });

  it("lists the expiry of a connector that has one", () => {
    expect(overTheWire({ reading: aConnector() }).deadlines).toEqual([
      { kind: "expiry", dateTime: "2026-12-01T00:00:00Z" },
    ]);
    expect(overTheWire({ reading: aConnector({ meaning: "sync" }) }).deadlines).toEqual([]);
  });

  it("writes an alert with its evaluation, its episode and whom it was told to", () => {
    expect(overTheWire({ alerts: { "heartbeat-age": anAlert() } }).alerts).toEqual([
      {
        ruleId: "heartbeat-age",
        title: "Heartbeat is late",
        consequence: expect.stringContaining("Conditional Access stops trusting them"),
        remedy: expect.stringContaining("Check the partner's own console"),
        measure: "time without contact",
        alertKey: "a".repeat(32),
        phase: "firing",
        severity: "error",
        sinceDateTime: "2026-11-22T08:00:00Z",
        reason: "silent",
        evaluation: {
          verdict: "breach",
          severity: "error",
          reason: "silent",
          measured: { unit: "duration", value: "P3DT1H" },
          threshold: { unit: "duration", value: "P3D" },
          breachedSinceDateTime: "2026-11-22T07:00:00Z",
        },
        episode: { id: `${"a".repeat(32)}-1795334400000`, firedDateTime: "2026-11-22T08:00:00Z" },
        quiet: [],
        told: [{ channel: "ops", severity: "error", slotDateTime: "2026-11-22T08:00:00Z" }],
      },
    ]);
  });

  it("says why an alert is quiet, and until when", () => {
    const silence = { kind: "silence", id: "s-1", by: "anna", reason: "known" } as const;
    const quiet = [{ ...silence, untilMs: at("2026-11-22T09:00:00Z") }, { kind: "flapping" }] as const;

    const [alert] = overTheWire({ alerts: { "heartbeat-age": { ...anAlert(), quiet } } }).alerts;

    expect(alert.quiet).toEqual([{ ...silence, untilDateTime: "2026-11-22T09:00:00Z" }, { kind: "flapping" }]);
  });

  it("lists alerts gravest first and leaves out those that ended", () => {
    const { severity: _severity, ...mild } = { ...UNJUDGED, ruleId: "data-problem" as const };
    const alerts = {
      "data-problem": mild,
      "sync-age": anAlert({ ruleId: "sync-age", severity: "warning" }),
      expiry: anAlert({ ruleId: "expiry", severity: "critical" }),
      "heartbeat-age": anAlert({ severity: "warning" }),
      "partner-state": anAlert({ ruleId: "partner-state", phase: "inactive" }),
    };

    const listed: readonly { ruleId: string }[] = overTheWire({ alerts }).alerts;

    expect(listed.map(({ ruleId }) => ruleId)).toEqual(["expiry", "heartbeat-age", "sync-age", "data-problem"]);
  });

  it("writes the limits that its age is judged by, where the policy is known", () => {
    const rules = { preset: "recommended", rules: {}, overrides: [] } as const;

    const { thresholds } = toConnection({ state: aState(), verdict: "ok" }, rules);

    expect(thresholds).toEqual([
      { ruleId: "heartbeat-age", severity: "warning", side: "after", duration: "P1DT12H" },
      { ruleId: "heartbeat-age", severity: "error", side: "from", duration: "P3D" },
    ]);
  });

  it("writes all limits that can be tried in the names of the configuration, a step that is off as null", () => {
    const rules = { preset: "microsoft", rules: { "heartbeat-age": { enabled: false } }, overrides: [] } as const;

    const { ruleLimits } = toConnection({ state: aState(), verdict: "ok" }, rules);

    expect(ruleLimits).toEqual([
      {
        ruleId: "heartbeat-age",
        enabled: false,
        limits: { warnAfter: "P1D", errorFrom: "P3D", criticalFrom: null },
      },
    ]);
  });
});
