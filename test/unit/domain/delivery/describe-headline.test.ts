import { describe, expect, it } from "vitest";
import { describeHeadline, hasRecovered, toTitlePart } from "../../../../src/domain/delivery/describe-headline.ts";
import type { NotificationFacts } from "../../../../src/domain/delivery/notification.ts";
import { aNotification, SLOT_MS } from "../../../builders/a-notification.ts";

function headlineOf(facts: Partial<NotificationFacts>, isFirstNotice = false) {
  return describeHeadline(aNotification({ observedAtMs: SLOT_MS, ...facts }), isFirstNotice);
}

describe("describeHeadline()", () => {
  it.each<{ readonly facts: Partial<NotificationFacts>; readonly word: string; readonly tone: string }>([
    { facts: { kind: "fired", severity: "critical" }, word: "Critical", tone: "critical" },
    { facts: { kind: "escalated", reason: "severity-rose" }, word: "Now error", tone: "error" },
    {
      facts: { kind: "escalated", reason: "date-moved-earlier" },
      word: "Error, date moved earlier",
      tone: "error",
    },
    {
      facts: { kind: "deescalated", reason: "severity-fell", severity: "warning" },
      word: "Now only warning",
      tone: "warning",
    },
    {
      facts: { kind: "deescalated", reason: "date-moved-later", severity: "warning" },
      word: "Warning, date moved later",
      tone: "warning",
    },
    { facts: { kind: "reminder", reason: "repeat-due" }, word: "Still error", tone: "error" },
    { facts: { kind: "reminder", reason: "bucket-crossed", severity: "info" }, word: "Still info", tone: "info" },
    {
      facts: { kind: "reminder", reason: "date-moved-earlier" },
      word: "Error, date moved earlier",
      tone: "error",
    },
    { facts: { kind: "reminder", reason: "changed-again" }, word: "Error, changed again", tone: "error" },
    { facts: { kind: "escalated", reason: "changed-again" }, word: "Error, changed again", tone: "error" },
    { facts: { kind: "fired", reason: "changed-again" }, word: "Error", tone: "error" },
    { facts: { kind: "flapping", reason: "flapping-began", severity: "critical" }, word: "Unstable", tone: "info" },
    { facts: { kind: "resolved", reason: "ended" }, word: "Resolved", tone: "good" },
    {
      facts: { kind: "resolved", reason: "ended", endReason: "retired" },
      word: "Closed without recovery",
      tone: "neutral",
    },
  ])("begins $facts with $word", ({ facts, word, tone }) => {
    expect(headlineOf(facts)).toMatchObject({ word, tone });
  });

  it.each(["escalated", "deescalated", "reminder"] as const)("reads as a first notice: %s", (kind) => {
    expect(headlineOf({ kind, reason: "date-moved-earlier" }, true).word).toBe("Error");
  });

  it.each([
    { endReason: "recovered", want: "is in touch again" },
    { endReason: "connection-gone", want: "is no longer listed in Intune" },
    { endReason: "not-configured", want: "is no longer configured" },
    { endReason: "retired", want: "counts as retired" },
    { endReason: "ignored", want: "is now ignored by configuration" },
    { endReason: "rule-off", want: "is no longer checked, because the rule was switched off" },
    { endReason: "rule-changed", want: "is within the limits since they were changed" },
    { endReason: "not-applicable", want: "is no longer subject to this rule" },
    { endReason: "source-not-watched", want: "is no longer watched" },
    { endReason: "removed-from-configuration", want: "was taken out of the configuration" },
    { endReason: "channel-left", want: "is no longer reported to this channel" },
    { endReason: "state-reset", want: "is judged anew, because what was remembered of it could not be read" },
  ] as const)("says how it ended: $endReason", ({ endReason, want }) => {
    const facts = { kind: "resolved", reason: "ended", endReason } as const;

    expect(headlineOf(facts).text).toBe(`Jamf Device Compliance ${want}`);
    expect(hasRecovered(aNotification(facts))).toBe(endReason === "recovered");
  });

  it("names of what is unstable the rule, and not a finding that may not hold now", () => {
    expect(headlineOf({ kind: "flapping" }).text).toBe(
      "Jamf Device Compliance breaks rule heartbeat-age again and again",
    );
  });

  it("cuts name and finding, and keeps both whole beside that", () => {
    const reportedState = "s".repeat(200);

    const { text, wholeText } = headlineOf({
      ruleId: "partner-state",
      connectionName: "n".repeat(200),
      reportedState,
    });

    expect(text).toBe(`${"n".repeat(79)}… is in state "${"s".repeat(66)}…`);
    expect(wholeText).toBe(`${"n".repeat(200)} is in state "${reportedState}"`);
  });
});

describe("toTitlePart()", () => {
  it.each([
    { label: "a hostile text", text: "a\n b\u202E", want: "a b" },
    { label: "80 characters", text: "x".repeat(80), want: "x".repeat(80) },
    { label: "81 characters", text: "x".repeat(81), want: `${"x".repeat(79)}…` },
  ])("makes a part of $label", ({ text, want }) => {
    expect(toTitlePart(text)).toBe(want);
  });
});
