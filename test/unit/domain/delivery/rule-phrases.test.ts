import { describe, expect, it } from "vitest";
import type { NotificationFacts } from "../../../../src/domain/delivery/notification.ts";
import { RULE_PHRASES } from "../../../../src/domain/delivery/rule-phrases.ts";
import { type Evaluation, RULE_IDS, type RuleId } from "../../../../src/domain/rules/rule.ts";
import { aNotification, SLOT_MS } from "../../../builders/a-notification.ts";

const DAY_MS = 86_400_000;

const forbidden: Evaluation = {
  verdict: "breach",
  severity: "error",
  reason: "forbidden",
  measured: { unit: "count", count: 2 },
};

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

    expect(problemOf(ruleId, unknown)).toMatch(/^(?:is|has|was|can|cannot|devices|sends|expires)\b.*\w"?$/);
    expect(RULE_PHRASES[ruleId].recovery).toMatch(/^(?:is|has|was|can|devices|sends|syncs)\b/);
  });

  it.each<{ readonly ruleId: RuleId; readonly facts: Partial<NotificationFacts>; readonly want: string }>([
    { ruleId: "heartbeat-age", facts: {}, want: "has not been in touch for 3 d 4 h" },
    { ruleId: "sync-age", facts: {}, want: "has not synced for 3 d 4 h" },
    { ruleId: "heartbeat-age", facts: { lastContact: "never" }, want: "has not been in touch" },
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
