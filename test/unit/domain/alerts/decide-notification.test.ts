import { describe, expect, it } from "vitest";
import type { AlertState, Told } from "../../../../src/domain/alerts/alert-state.ts";
import { decideNotification } from "../../../../src/domain/alerts/decide-notification.ts";
import { quietAlert } from "../../../../src/domain/alerts/step-alert.ts";
import type { Severity } from "../../../../src/domain/rules/rule.ts";

const quiet = quietAlert({ ruleId: "expiry", alertKey: "b".repeat(32), sinceSlotMs: 0 });

function open(phase: "firing" | "recovering", severity: Severity): AlertState {
  return { ...quiet, phase, severity, episode: { id: "b-1", firedSlotMs: 1 } };
}

const pending: AlertState = { ...quiet, phase: "pending", severity: "error" };
const told: Told = { severity: "warning", slotMs: 1 };

const cases = [
  { when: "nothing is open", before: quiet, after: pending, decision: "no-episode" },
  { when: "it fires at the channel's minimum", before: pending, after: open("firing", "warning"), decision: "fired" },
  {
    when: "it fires below the channel's minimum",
    before: pending,
    after: open("firing", "info"),
    decision: "below-minimum",
  },
  {
    when: "it fires and the channel is not routed here",
    before: pending,
    after: open("firing", "error"),
    min: undefined,
    decision: "not-routed",
  },
  {
    when: "it goes on firing as told",
    before: open("firing", "warning"),
    after: open("firing", "warning"),
    told,
    decision: "already-told",
  },
  {
    when: "it is graver than told",
    before: open("firing", "warning"),
    after: open("firing", "critical"),
    told,
    decision: "escalated",
  },
  {
    when: "it rises above the minimum untold",
    before: open("firing", "info"),
    after: open("firing", "error"),
    decision: "fired",
  },
  {
    when: "it goes on firing and the channel is new",
    before: open("firing", "error"),
    after: open("firing", "error"),
    decision: "fired",
  },
  {
    when: "it is recovering untold",
    before: open("firing", "error"),
    after: open("recovering", "error"),
    decision: "recovering",
  },
  { when: "a told episode ends", before: open("recovering", "warning"), after: quiet, told, decision: "resolved" },
  {
    when: "a told episode ends and the channel is no longer routed",
    before: open("firing", "error"),
    after: quiet,
    told,
    min: undefined,
    decision: "resolved",
  },
  { when: "an untold episode ends", before: open("recovering", "warning"), after: quiet, decision: "ended-untold" },
];

describe("decideNotification()", () => {
  it.each(cases)("says $decision when $when", ({ before, after, decision, ...channel }) => {
    const minSeverity = "min" in channel ? undefined : "warning";
    const decided = decideNotification(before, after, { minSeverity, told: channel.told });

    expect(decided.kind === "send" ? decided.notification : decided.reason).toBe(decision);
  });

  it("escalates from what this channel was told, not from what the alert was", () => {
    const decided = decideNotification(open("firing", "error"), open("firing", "critical"), {
      minSeverity: "info",
      told,
    });

    expect(decided).toMatchObject({ notification: "escalated", previousSeverity: "warning" });
  });

  it("resolves with the gravest severity that the channel was told", () => {
    const decided = decideNotification(open("recovering", "critical"), quiet, { minSeverity: "info", told });

    expect(decided).toMatchObject({ notification: "resolved", severity: "warning" });
  });
});
