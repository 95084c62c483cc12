import { describe, expect, it } from "vitest";
import { CONNECTION_KINDS } from "../../../../src/domain/connections/reading.ts";
import { describeFacts, sinceMsOf } from "../../../../src/domain/delivery/describe-facts.ts";
import { NOTIFICATION_KINDS, type NotificationFacts } from "../../../../src/domain/delivery/notification.ts";
import type { Evaluation } from "../../../../src/domain/rules/rule.ts";
import { aNotification, SLOT_MS } from "../../../builders/a-notification.ts";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** The lines that have a text, by label. */
function linesOf(facts: Partial<NotificationFacts> = {}): Readonly<Record<string, string>> {
  const lines = describeFacts(aNotification({ observedAtMs: SLOT_MS, ...facts }));
  return Object.fromEntries(lines.flatMap(([label, text = ""]) => (text === "" ? [] : [[label, text]])));
}

function moment(atMs: number) {
  return { atMs, asSent: "as sent" };
}

describe("describeFacts()", () => {
  it.each(["fired", "escalated", "deescalated", "reminder"] as const)(
    "tells of a %s what follows and what to do",
    (kind) => {
      expect(Object.keys(linesOf({ kind }))).toEqual([
        "Since",
        "Last contact",
        "Reported state",
        "What happens next",
        "What to do",
        "Where to look",
        "Kind",
        "Tenant",
        "Severity",
        "As of",
      ]);
    },
  );

  it("speaks of no future and no remedy once it is over", () => {
    const lines = linesOf({
      kind: "resolved",
      firedSlotMs: SLOT_MS - HOUR_MS,
      evaluation: { verdict: "ok", reason: "recent", measured: { unit: "duration", ms: HOUR_MS } },
    });

    expect(lines).toMatchObject({
      Lasted: "1 h, from 2026-11-22 03:00 UTC to 2026-11-22 04:00 UTC",
      Measured: "time without contact 1 h",
      Severity: "was error",
    });
    expect(Object.keys(lines)).not.toEqual(expect.arrayContaining(["What happens next"]));
    expect(Object.keys(lines)).not.toEqual(expect.arrayContaining(["What to do"]));
  });

  it("gives an alert that goes on without the channel no end", () => {
    const lines = linesOf({ kind: "resolved", endReason: "channel-left", firedSlotMs: SLOT_MS - HOUR_MS });

    expect(lines["Since"]).toBe("2026-11-20 12:00 UTC (1 d 16 h)");
    expect(lines).not.toHaveProperty("Lasted");
  });

  it("tells of what is unstable how it is now, and no consequence of an alert that there is not", () => {
    expect(Object.keys(linesOf({ kind: "flapping" }))).toEqual([
      "Measured now",
      "Last contact",
      "Reported state",
      "What to do",
      "Where to look",
      "Kind",
      "Tenant",
      "As of",
    ]);
  });

  it("says a severity that was told before", () => {
    expect(linesOf({ kind: "escalated", previousSeverity: "warning" })["Severity"]).toBe("error, was warning");
    expect(linesOf({ kind: "deescalated", previousSeverity: "error" })["Severity"]).toBe("error");
  });

  it("says a date once: in a line of its own unless consequence or measure name it", () => {
    const dates = {
      nonComplianceDeadline: moment(SLOT_MS + 6 * DAY_MS),
      removalDeadline: moment(SLOT_MS + 20 * DAY_MS),
    };
    const evaluation: Evaluation = {
      verdict: "breach",
      severity: "error",
      reason: "near",
      measured: { unit: "date", atMs: SLOT_MS + 6 * DAY_MS },
    };

    const apart = linesOf(dates);
    const said = linesOf({ ...dates, consequence: "They are removed at 2026-12-12 04:00 UTC.", evaluation });

    expect(apart).toMatchObject({
      "Noncompliance date": "2026-11-28 04:00 UTC (in 6 d)",
      "Removal date": "2026-12-12 04:00 UTC (in 20 d)",
    });
    expect(Object.keys(said).filter((label) => label.endsWith("date"))).toEqual([]);
  });

  it("says never of a partner that was never in touch, and nothing of a contact that was not read", () => {
    expect(linesOf({ lastContact: "never" })["Last contact"]).toBe("never");
    expect(linesOf({ lastContact: undefined })).not.toHaveProperty("Last contact");
  });

  it("shows Microsoft's verdict with the note where it differs from ours", () => {
    const lines = linesOf({ reportedState: "healthy", verdictNote: "Microsoft warns from 7 days on." });

    expect(lines["Reported state"]).toBe("healthy. Microsoft warns from 7 days on.");
  });

  it("says why a source cannot be read, with the permission to grant", () => {
    const lines = linesOf({
      ruleId: "source-unreadable",
      connectionKind: "source",
      reportedState: "forbidden",
      detail: "The application needs the permission DeviceManagementServiceConfig.Read.All",
    });

    expect(lines["Cause"]).toBe(
      "forbidden. The application needs the permission DeviceManagementServiceConfig.Read.All",
    );
    expect(lines).not.toHaveProperty("Reported state");
  });

  it("calls contact and state by what they are of each kind", () => {
    const labels = CONNECTION_KINDS.map((connectionKind) => [
      connectionKind,
      Object.keys(linesOf({ connectionKind })).slice(1, 3),
    ]);

    expect(Object.fromEntries(labels)).toEqual({
      "device-management-partner": ["Last contact", "Reported state"],
      "compliance-management-partner": ["Last contact", "Reported state"],
      connector: ["Last contact", "Reported state"],
      source: ["Last good read", "Cause"],
      tenant: ["Last good read", "Cause"],
      fleet: ["Last good read", "Cause"],
      "tenant-watch": ["Last poll", "Cause"],
      channel: ["Last delivery", "Cause"],
    });
  });

  it.each([
    { agoMs: 59_999, want: "2026-11-22 03:59 UTC" },
    { agoMs: 60_000, want: "2026-11-22 03:59 UTC (1 min)" },
  ])("says since when, and from a minute on how long: $want", ({ agoMs, want }) => {
    const evaluation: Evaluation = { verdict: "unknown", reason: "not-read" };

    expect(linesOf({ firedSlotMs: SLOT_MS - agoMs, evaluation })["Since"]).toBe(want);
  });

  it.each(CONNECTION_KINDS)("has words for the kind %s in every message", (connectionKind) => {
    const kinds = NOTIFICATION_KINDS.map((kind) => linesOf({ connectionKind, kind })["Kind"]);

    expect(new Set(kinds).size).toBe(1);
    expect(kinds[0]).toMatch(/^\w.*, rule heartbeat-age$/);
  });
});

describe("sinceMsOf()", () => {
  it("is the earlier one of breach and firing", () => {
    const { evaluation: _none, ...unmeasured } = aNotification();

    expect(sinceMsOf(aNotification())).toBe(SLOT_MS - 40 * HOUR_MS);
    expect(sinceMsOf(unmeasured)).toBe(SLOT_MS);
  });

  it.each([
    { ruleId: "configuration-changed", want: SLOT_MS },
    { ruleId: "heartbeat-age", want: SLOT_MS - HOUR_MS },
  ] as const)("is of $ruleId that of an episode's newest event, or of its begin", ({ ruleId, want }) => {
    const measured = { unit: "text", text: "isConfigured true → false" } as const;
    const evaluation: Evaluation = {
      verdict: "breach",
      severity: "info",
      reason: "changed",
      measured,
      breachedSinceMs: SLOT_MS,
    };

    expect(sinceMsOf(aNotification({ ruleId, evaluation, firedSlotMs: SLOT_MS - HOUR_MS }))).toBe(want);
  });
});
