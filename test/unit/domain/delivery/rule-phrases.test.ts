import { describe, expect, it } from "vitest";
import type { NotificationFacts } from "../../../../src/domain/delivery/notification.ts";
import { RULE_PHRASES } from "../../../../src/domain/delivery/rule-phrases.ts";
import { type Evaluation, type Measure, RULE_IDS, type RuleId } from "../../../../src/domain/rules/rule.ts";
import { aNotification, SLOT_MS } from "../../../builders/a-notification.ts";

const DAY_MS = 86_400_000;

const forbidden: Evaluation = {
  verdict: "breach",
  severity: "error",
  reason: "forbidden",
  measured: { unit: "count", count: 2 },
};

function aBreach(measured: Measure): Evaluation {
  return { verdict: "breach", severity: "error", reason: "any", measured };
}

const forFiveHours = aBreach({ unit: "duration", ms: 5 * 3_600_000 });

function problemOf(ruleId: RuleId, facts: Partial<NotificationFacts> = {}): string {
  return RULE_PHRASES[ruleId].problem(aNotification({ ruleId, observedAtMs: SLOT_MS, ...facts }));
}

function moment(atMs: number) {
  return { atMs, asSent: "as sent" };
}

describe("RULE_PHRASES", () => {
  it.each(RULE_IDS)("can say %s with nothing known but the rule", (ruleId) => {
    const unknown = {
      lastContact: undefined,
      nonComplianceDeadline: undefined,
      removalDeadline: undefined,
      evaluation: { verdict: "unknown", reason: "not-read" },
    } as const;
    const { reportedState: _unread, ...facts } = aNotification({ ruleId, ...unknown });

    expect(RULE_PHRASES[ruleId].problem(facts)).toMatch(/^(?:is|has|was|can|cannot|devices|sends|expires)\b.*\w"?$/);
    expect(RULE_PHRASES[ruleId].recovery).toMatch(/^(?:is|has|was|can|delivers|devices|sends|syncs)\b/);
    expect(RULE_PHRASES[ruleId].measure).toMatch(/^\w.*\w$/);
  });

  it.each<{ readonly ruleId: RuleId; readonly facts: Partial<NotificationFacts>; readonly want: string }>([
    { ruleId: "heartbeat-age", facts: {}, want: "has not been in touch for 3 d 4 h" },
    { ruleId: "sync-age", facts: {}, want: "has not synced for 3 d 4 h" },
    { ruleId: "heartbeat-age", facts: { lastContact: "never" }, want: "has not been in touch" },
    { ruleId: "tenant-late", facts: { evaluation: forFiveHours }, want: "has not been polled for 5 h" },
    { ruleId: "tenant-late", facts: { evaluation: forbidden }, want: "has not been polled" },
    {
      ruleId: "clock-skew",
      facts: { evaluation: forFiveHours },
      want: "is answered by a clock that differs from this monitor's by 5 h",
    },
    {
      ruleId: "expiry",
      facts: { evaluation: aBreach({ unit: "date", atMs: SLOT_MS + DAY_MS }) },
      want: "expires in 1 d",
    },
    { ruleId: "expiry", facts: { evaluation: aBreach({ unit: "date", atMs: SLOT_MS }) }, want: "expired 0 s ago" },
    { ruleId: "expiry", facts: { evaluation: forbidden }, want: "expires soon" },
    {
      ruleId: "noncompliance-deadline",
      facts: { nonComplianceDeadline: "never" },
      want: "devices will be marked noncompliant",
    },
    { ruleId: "source-unreadable", facts: { evaluation: forbidden }, want: "cannot be read: forbidden" },
    { ruleId: "tenant-unreadable", facts: { evaluation: forbidden }, want: "cannot be read at all: forbidden" },
    {
      ruleId: "channel-failing",
      facts: { evaluation: { ...forbidden, reason: "sends-fail" } },
      want: "cannot deliver",
    },
    {
      ruleId: "channel-failing",
      facts: { evaluation: { ...forbidden, reason: "gave-up" } },
      want: "cannot deliver and has given notifications up",
    },
    {
      ruleId: "channel-failing",
      facts: { evaluation: { ...forbidden, reason: "sends-fail" }, reportedState: "http-503" },
      want: "cannot deliver: its receiver answers 503",
    },
    {
      ruleId: "channel-failing",
      facts: { evaluation: { ...forbidden, reason: "gave-up" }, reportedState: "timeout" },
      want: "cannot deliver and has given notifications up: its receiver does not answer",
    },
    {
      ruleId: "channel-failing",
      facts: { evaluation: { ...forbidden, reason: "switched-off" } },
      want: "is switched off, because its receiver wants no more",
    },
    { ruleId: "partner-state", facts: { reportedState: "rejected" }, want: 'is in state "rejected"' },
    { ruleId: "reported-health", facts: { reportedState: "warning" }, want: 'is reported "warning" by Microsoft' },
    {
      ruleId: "noncompliance-deadline",
      facts: { nonComplianceDeadline: moment(SLOT_MS + DAY_MS) },
      want: "devices will be marked noncompliant in 1 d",
    },
    {
      ruleId: "noncompliance-deadline",
      facts: { nonComplianceDeadline: moment(SLOT_MS) },
      want: "devices passed their noncompliance date 0 s ago",
    },
    {
      ruleId: "removal-deadline",
      facts: { removalDeadline: moment(SLOT_MS + 80 * DAY_MS), nonComplianceDeadline: moment(SLOT_MS) },
      want: "devices will be removed from Intune in 80 d",
    },
  ])("says of $ruleId: $want", ({ ruleId, facts, want }) => {
    expect(problemOf(ruleId, facts)).toBe(want);
  });
});
