import { describe, expect, it } from "vitest";
import { toNotificationData } from "../../../../src/adapters/channels/to-notification-data.ts";
import type { NotificationFacts } from "../../../../src/domain/delivery/notification.ts";
import type { Evaluation } from "../../../../src/domain/rules/rule.ts";
import { toEvaluationBody } from "../../../../src/domain/wire.ts";
import { aNotification, anOutgoing, SLOT_MS } from "../../../builders/a-notification.ts";

function dataOf(facts: Partial<NotificationFacts>, maxTextChars = 1_000) {
  return toNotificationData(anOutgoing({ facts: aNotification(facts) }), {}, maxTextChars);
}

describe("toNotificationData()", () => {
  it("tells never, which is null, from not read, which is absent", () => {
    const data = dataOf({ lastContact: "never", nonComplianceDeadline: undefined });

    expect(data.lastContactDateTime).toBeNull();
    expect(data.nonComplianceDateTime).toBeUndefined();
  });

  it("gives a resolved its duration and reason, and an escalated the severity before", () => {
    const resolved = dataOf({ kind: "resolved", endReason: "retired", firedSlotMs: SLOT_MS - 90_000_000 });
    const escalated = dataOf({ kind: "escalated", previousSeverity: "warning" });

    expect(resolved).toMatchObject({ duration: "P1DT1H", endReason: "retired" });
    expect(escalated).toMatchObject({ duration: undefined, previousSeverity: "warning" });
  });

  it.each([
    { kind: "fired", consequence: true, remedy: true },
    { kind: "escalated", consequence: true, remedy: true },
    { kind: "deescalated", consequence: true, remedy: true },
    { kind: "reminder", consequence: true, remedy: true },
    { kind: "flapping", consequence: false, remedy: true },
    { kind: "resolved", consequence: false, remedy: false },
  ] as const)("tells of a $kind a consequence: $consequence, a remedy: $remedy", ({ kind, ...want }) => {
    const { consequence, remedy } = dataOf({ kind });

    expect({ consequence: consequence !== undefined, remedy: remedy !== undefined }).toEqual(want);
  });

  it("says why it is told, the date told before, and that it comes and goes", () => {
    const data = dataOf({ kind: "deescalated", reason: "date-moved-later", previousDateMs: SLOT_MS, isFlapping: true });

    expect(data).toMatchObject({
      reason: "date-moved-later",
      previousDateTime: "2026-11-22T04:00:00Z",
      isFlapping: true,
    });
    expect(dataOf({})).toMatchObject({ reason: "first-firing", previousDateTime: undefined, isFlapping: false });
  });

  it("writes what the rule said as the HTTP API does", () => {
    const evaluation: Evaluation = {
      verdict: "breach",
      severity: "error",
      reason: "silent",
      measured: { unit: "duration", ms: 5_400_000 },
      breachedSinceMs: SLOT_MS,
    };

    const data = dataOf({ evaluation });

    expect(data.evaluation).toEqual(toEvaluationBody(evaluation));
    expect(data.evaluation?.measured).toEqual({ unit: "duration", value: "PT1H30M" });
  });

  it("makes every text a harmless line and cuts it", () => {
    const text = `\u202Ea\nb\uD800${"c".repeat(300)}`;
    const data = dataOf(
      {
        connectionName: text,
        tenantName: text,
        reportedState: text,
        detail: text,
        verdictNote: text,
        consequence: text,
        remedy: text,
        evaluation: { verdict: "ok", reason: "any", measured: { unit: "text", text } },
      },
      20,
    );

    const { connectionName, tenantName, reportedState, detail, verdictNote, consequence, remedy, title, summary } =
      data;
    const cut = `a b${"c".repeat(16)}…`;
    const texts = [connectionName, tenantName, reportedState, detail, verdictNote, consequence, remedy];
    expect(texts).toEqual(Array(7).fill(cut));
    expect(data.evaluation?.measured?.value).toBe(cut);
    expect([title.length, summary.length]).toEqual([20, 20]);
  });
});
