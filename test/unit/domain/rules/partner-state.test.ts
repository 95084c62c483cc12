import { describe, expect, it } from "vitest";
import type { PartnerState } from "../../../../src/domain/connections/reading.ts";
import { partnerState } from "../../../../src/domain/rules/partner-state.ts";
import { DAY_MS } from "../../../../src/domain/units.ts";
import { aCompliancePartner, aConnector, aPartner, at, NOW_MS } from "../connections/a-reading.ts";
import { evaluate, inWords } from "./an-input.ts";

interface Case {
  readonly state: PartnerState;
  readonly want: string;
  /** Of a compliance partner; of a management partner too, unless that has words of its own. */
  readonly follows: string;
  readonly ofManagement?: string;
}

const states: readonly Case[] = [
  { state: "enabled", want: "ok: enabled", follows: "enabled" },
  { state: "unavailable", want: "warning: unavailable", follows: "not documented" },
  { state: "rejected", want: "error: rejected", follows: "rejects" },
  { state: "terminated", want: "error: terminated", follows: "no compliance", ofManagement: "90 days later" },
  { state: "unresponsive", want: "critical: unresponsive", follows: "Conditional Access", ofManagement: "be removed" },
  { state: "unknown", want: "unknown: state-unknown", follows: "no longer says" },
];

describe("partner-state", () => {
  it.each(states)("says $want of a partner that is $state, and what follows", ({ state, want, follows, ...own }) => {
    const readings = [aCompliancePartner({ state }), aPartner({ state })];

    const words = readings.map((reading) => inWords(evaluate(partnerState, reading)));
    const [compliance, management] = readings.map((reading) => partnerState.consequence({ reading, nowMs: NOW_MS }));

    expect(words).toStrictEqual([want, want]);
    expect(compliance).toContain(follows);
    expect(management).toContain(own.ofManagement ?? follows);
  });

  it.each([
    {
      name: "an unknown state after a known one",
      reading: aPartner({ state: "unknown", stateAsSent: "quarantined" }),
      want: "warning: unknown-after-known-state",
    },
    {
      name: "a row that is told apart by its place only",
      reading: aPartner({ state: "unknown", problems: [{ code: "missing-id", property: "id" }] }),
      want: "unknown: state-unknown",
    },
    {
      name: "a state that was carried over",
      reading: aPartner({ state: "terminated", carriedOver: ["state"] }),
      want: "unknown: not-read",
    },
    { name: "a connector", reading: aConnector(), want: "not-applicable: other-kind" },
  ])("says $want of $name", ({ reading, want }) => {
    const evaluation = evaluate(partnerState, reading, { input: { lastKnownState: "enabled" } });

    expect(inWords(evaluation)).toBe(want);
  });

  it("measures the state as it was sent and begins at the last contact", () => {
    const reading = aPartner({ state: "unknown", stateAsSent: "quarantined", lastContact: at(NOW_MS - DAY_MS) });

    const evaluation = evaluate(partnerState, reading, { input: { lastKnownState: "enabled" } });

    expect(evaluation).toMatchObject({
      measured: { unit: "text", text: "quarantined" },
      breachedSinceMs: NOW_MS - DAY_MS,
    });
  });

  it("begins where the state was first read, however long ago the last contact was", () => {
    const reading = aPartner({ state: "rejected", lastContact: at(NOW_MS - 30 * DAY_MS) });

    const evaluation = evaluate(partnerState, reading, { input: { stateSinceMs: NOW_MS - DAY_MS } });

    expect(evaluation).toMatchObject({ breachedSinceMs: NOW_MS - DAY_MS });
  });

  it("begins at the contact before the date was set back", () => {
    const reading = aPartner({ state: "terminated", lastContact: "never", lastBeat: at(NOW_MS - DAY_MS) });

    expect(evaluate(partnerState, reading)).toMatchObject({ breachedSinceMs: NOW_MS - DAY_MS });
  });

  it("does not know since when a partner without contact is bad", () => {
    const evaluation = evaluate(partnerState, aPartner({ state: "terminated", lastContact: "never" }));

    expect(evaluation).not.toHaveProperty("breachedSinceMs");
  });

  it("names the dates that Intune has set", () => {
    const reading = aPartner({ state: "terminated", removalDeadline: at(NOW_MS + 10 * DAY_MS) });

    const consequence = partnerState.consequence({ reading, nowMs: NOW_MS });

    expect(consequence).toMatch(/\w\. By the dates .* are removed from Intune at 2026-08-02 17:00 UTC \(in 10 d\)\.$/);
  });

  it("warns against severing a partner to try it again", () => {
    expect(partnerState.remedy).toContain("Do not press Terminate to retry");
  });
});
