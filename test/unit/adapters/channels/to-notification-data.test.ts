import { describe, expect, it } from "vitest";
import { toNotificationData } from "../../../../src/adapters/channels/to-notification-data.ts";
import type { NotificationFacts } from "../../../../src/domain/delivery/notification.ts";
import type { Measure } from "../../../../src/domain/rules/rule.ts";
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

  it.each<{ readonly measured: Measure; readonly want: string | number }>([
    { measured: { unit: "duration", ms: 5_400_000 }, want: "PT1H30M" },
    { measured: { unit: "date", atMs: SLOT_MS }, want: "2026-11-22T04:00:00Z" },
    { measured: { unit: "count", count: 4 }, want: 4 },
    { measured: { unit: "text", text: "un\u202Eresponsive" }, want: "unresponsive" },
  ])("writes $measured as $want", ({ measured, want }) => {
    const data = dataOf({ evaluation: { verdict: "breach", severity: "error", reason: "any", measured } });

    expect(data.evaluation?.measured).toEqual({ unit: measured.unit, value: want });
  });

  it("writes what an ok rule measured, and only the reason of one that did not judge", () => {
    const ok = dataOf({ evaluation: { verdict: "ok", reason: "recent", measured: { unit: "duration", ms: 60_000 } } });
    const other = dataOf({ evaluation: { verdict: "not-applicable", reason: "retired" } });

    expect(ok.evaluation).toEqual({ verdict: "ok", reason: "recent", measured: { unit: "duration", value: "PT1M" } });
    expect(other.evaluation).toEqual({ verdict: "not-applicable", reason: "retired" });
  });

  it("makes every text a harmless line and cuts it", () => {
    const text = `\u202Ea\nb\uD800${"c".repeat(300)}`;
    const data = dataOf(
      {
        connectionName: text,
        tenantName: text,
        reportedState: text,
        verdictNote: text,
        consequence: text,
        remedy: text,
      },
      20,
    );

    const { connectionName, tenantName, reportedState, verdictNote, consequence, remedy, title, summary } = data;
    const cut = `a b${"c".repeat(16)}…`;
    expect([connectionName, tenantName, reportedState, verdictNote, consequence, remedy]).toEqual(Array(6).fill(cut));
    expect([title.length, summary.length]).toEqual([20, 20]);
  });
});
