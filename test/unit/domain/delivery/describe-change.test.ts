import { describe, expect, it } from "vitest";
import {
  describeChange,
  latenessOf,
  lengthOf,
  remarksOn,
  type SendContext,
} from "../../../../src/domain/delivery/describe-change.ts";
import { NOTIFICATION_KINDS, type NotificationFacts } from "../../../../src/domain/delivery/notification.ts";
import type { Evaluation } from "../../../../src/domain/rules/rule.ts";
import { aNotification, SLOT_MS } from "../../../builders/a-notification.ts";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const MEASURED = "time without contact 3 d 4 h, limit 3 d";

/** The facts of a noncompliance date so far ahead, told before as three days later. */
function aDate(aheadMs: number): Partial<NotificationFacts> {
  const measured = { unit: "date", atMs: SLOT_MS + aheadMs } as const;
  const evaluation: Evaluation = { verdict: "breach", severity: "error", reason: "near", measured };
  return { ruleId: "noncompliance-deadline", evaluation };
}

function changeOf(facts: Partial<NotificationFacts>, isFirstNotice = false) {
  return describeChange(aNotification({ observedAtMs: SLOT_MS, ...facts }), isFirstNotice);
}

function remarks(facts: Partial<NotificationFacts>, context: Partial<SendContext> = {}) {
  return remarksOn(aNotification({ observedAtMs: SLOT_MS, ...facts }), {
    isFirstNotice: false,
    sentAtMs: SLOT_MS,
    ...context,
  });
}

describe("describeChange()", () => {
  it.each<{ readonly facts: Partial<NotificationFacts>; readonly want: string }>([
    { facts: { reason: "first-firing" }, want: `New alert: ${MEASURED}.` },
    { facts: { reason: "critical-while-flapping" }, want: `New alert: ${MEASURED}.` },
    { facts: { reason: "suppression-ended" }, want: `Alert that was kept quiet until now: ${MEASURED}.` },
    { facts: { reason: "flapping-ended" }, want: `Alert that no longer comes and goes: ${MEASURED}.` },
    { facts: { reason: "newly-routed" }, want: `Alert that this channel was not told of before: ${MEASURED}.` },
    { facts: { reason: "severity-rose" }, want: `Alert that has become grave enough for this channel: ${MEASURED}.` },
    {
      facts: { kind: "escalated", reason: "severity-rose", previousSeverity: "warning" },
      want: `Severity rose from warning to error: ${MEASURED}.`,
    },
    {
      facts: { kind: "deescalated", reason: "severity-fell", severity: "info", previousSeverity: "error" },
      want: `Severity fell from error to info: ${MEASURED}.`,
    },
    { facts: { kind: "fired", reason: "changed-again" }, want: `New alert: ${MEASURED}.` },
    {
      facts: { kind: "reminder", reason: "changed-again" },
      want: `Another change after the one told before: ${MEASURED}.`,
    },
    {
      facts: { kind: "escalated", reason: "changed-again", previousSeverity: "info" },
      want: `Another change after the one told before: ${MEASURED}.`,
    },
    { facts: { kind: "reminder", reason: "repeat-due" }, want: `Still an alert: ${MEASURED}.` },
    {
      facts: { kind: "reminder", reason: "flapping-ended" },
      want: `It no longer comes and goes, and is still an alert: ${MEASURED}.`,
    },
    {
      facts: { kind: "reminder", reason: "repeat-due", evaluation: { verdict: "unknown", reason: "not-read" } },
      want: "Still an alert.",
    },
    {
      facts: { kind: "reminder", reason: "bucket-crossed", ...aDate(DAY_MS) },
      want: "The date comes closer: noncompliance date 2026-11-23 04:00 UTC (in 1 d).",
    },
    {
      facts: { kind: "reminder", reason: "bucket-crossed", ...aDate(0) },
      want: "The date has passed: noncompliance date 2026-11-22 04:00 UTC (0 s ago).",
    },
    {
      facts: { kind: "reminder", reason: "date-moved-earlier", previousDateMs: SLOT_MS + 4 * DAY_MS, ...aDate(DAY_MS) },
      want: "The date moved earlier: noncompliance date 2026-11-23 04:00 UTC (in 1 d). The date told here before was 2026-11-26 04:00 UTC.",
    },
    {
      facts: {
        kind: "deescalated",
        reason: "date-moved-later",
        previousSeverity: "error",
        previousDateMs: SLOT_MS,
        ...aDate(DAY_MS),
      },
      want: "The date moved later: noncompliance date 2026-11-23 04:00 UTC (in 1 d). The date told here before was 2026-11-22 04:00 UTC.",
    },
    {
      facts: { kind: "flapping", reason: "flapping-began" },
      want: "Short breaches came and went several times within 7 days. Until it has been calm for 48 hours, it is told again only when it is critical.",
    },
    {
      facts: { kind: "resolved", reason: "ended", firedSlotMs: SLOT_MS - HOUR_MS },
      want: "Recovered after 1 h.",
    },
    {
      facts: { kind: "resolved", reason: "ended", endReason: "retired", firedSlotMs: SLOT_MS - HOUR_MS },
      want: "Closed, not recovered, after 1 h.",
    },
    {
      facts: { kind: "resolved", reason: "channel-left", endReason: "channel-left", firedSlotMs: SLOT_MS - HOUR_MS },
      want: "Closed, not recovered, after 1 h: the alert goes on, but is no longer told here.",
    },
  ])("says $want", ({ facts, want }) => {
    expect(changeOf(facts)).toBe(want);
  });

  it.each(["escalated", "deescalated", "reminder"] as const)("tells a %s that is a first notice as new", (kind) => {
    const reason = kind === "escalated" ? "severity-rose" : "date-moved-earlier";
    const facts = { kind, reason, previousSeverity: "info", previousDateMs: SLOT_MS } as const;

    expect(changeOf(facts, true)).toBe(`New alert: ${MEASURED}.`);
  });

  it("shows a text that was measured as it is", () => {
    const evaluation: Evaluation = {
      verdict: "breach",
      severity: "error",
      reason: "any",
      measured: { unit: "text", text: "isConfigured true → false" },
    };

    expect(changeOf({ ruleId: "configuration-changed", evaluation })).toBe(
      "New alert: changed isConfigured true → false.",
    );
  });
});

describe("remarksOn()", () => {
  it.each(NOTIFICATION_KINDS)("tells that earlier messages were lost before a %s", (kind) => {
    expect(remarks({ kind }, { isFirstNotice: true })).toEqual([
      "Earlier messages about this alert did not reach this channel.",
    ]);
  });

  it.each([
    { sentAfterMs: 599_999, want: [] },
    { sentAfterMs: 600_000, want: ["This message comes 10 min after the reading it tells of."] },
    { sentAfterMs: 8 * HOUR_MS, want: ["This message comes 8 h after the reading it tells of."] },
  ])("remarks on a message sent $sentAfterMs ms after its reading: $want", ({ sentAfterMs, want }) => {
    expect(remarks({}, { sentAtMs: SLOT_MS + sentAfterMs })).toEqual(want);
  });

  it.each([
    { kind: "fired", count: 1 },
    { kind: "escalated", count: 1 },
    { kind: "reminder", count: 1 },
    { kind: "flapping", count: 0 },
    { kind: "resolved", count: 0 },
  ] as const)("says of $count open alert that it comes and goes: $kind", ({ kind, count }) => {
    const said = remarks({ kind, isFlapping: true }).filter((remark) =>
      remark.startsWith("This alert comes and goes."),
    );

    expect(said).toHaveLength(count);
  });
});

describe("latenessOf()", () => {
  it("is nothing below ten minutes, also when the clock stood before the reading", () => {
    const facts = aNotification({ observedAtMs: SLOT_MS });

    expect([-1, 599_999, 600_000].map((lateMs) => latenessOf(facts, SLOT_MS + lateMs))).toEqual([0, 0, 600_000]);
  });
});

describe("lengthOf()", () => {
  it("says how long the episode lasted by its slots", () => {
    expect(lengthOf(aNotification({ firedSlotMs: SLOT_MS - 76 * HOUR_MS }))).toBe("3 d 4 h");
  });
});
