import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { defined } from "../../../../src/domain/defined.ts";
import { type DescribeContext, describeNotification } from "../../../../src/domain/delivery/describe-notification.ts";
import {
  NOTIFICATION_KINDS,
  NOTIFY_REASONS,
  type NotificationFacts,
} from "../../../../src/domain/delivery/notification.ts";
import { type Evaluation, RULE_IDS } from "../../../../src/domain/rules/rule.ts";
import { aNotification, SLOT_MS } from "../../../builders/a-notification.ts";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const CONTEXT: DescribeContext = { isFirstNotice: false, sentAtMs: SLOT_MS + 3_000, links: {} };

function describeIt(facts: Partial<NotificationFacts> = {}, context: Partial<DescribeContext> = {}) {
  return describeNotification(aNotification({ observedAtMs: SLOT_MS, ...facts }), { ...CONTEXT, ...context });
}

/** The message as a reader sees it, line by line. */
function render(...args: Parameters<typeof describeIt>): string {
  const { title, summary, remarks, lines, links } = describeIt(...args);
  return [
    title,
    summary,
    ...remarks,
    ...lines.map(({ label, text }) => `${label}: ${text}`),
    ...links.map(({ label, url }) => `[${label}] ${url}`),
  ].join("\n");
}

function moment(atMs: number) {
  return { atMs, asSent: "as sent" };
}

function aBreach(overrides: Partial<Extract<Evaluation, { verdict: "breach" }>>): Evaluation {
  return {
    verdict: "breach",
    severity: "error",
    reason: "any",
    measured: { unit: "count", count: 2 },
    ...overrides,
  };
}

describe("describeNotification()", () => {
  it("renders a fired", () => {
    const links = { portalUrl: "https://intune.example/", pageUrl: "https://app.example/h" };

    expect(render({}, { links })).toBe(
      `Error: Jamf Device Compliance has not been in touch for 3 d 4 h (Contoso)
New alert: time without contact 3 d 4 h, limit 3 d.
Since: 2026-11-20 12:00 UTC (1 d 16 h)
Last contact: 2026-11-19 00:00 UTC (3 d 4 h ago)
Reported state: enabled
What happens next: If it stays quiet, Intune calls it unresponsive and Conditional Access stops trusting its devices.
What to do: Check the connection in the partner's console, then in Intune under Tenant administration > Connectors and tokens.
Where to look: Tenant administration > Connectors and tokens > Partner compliance management
Kind: compliance partner, rule heartbeat-age
Tenant: Contoso (11111111-2222-3333-4444-555555555555)
Severity: error
As of: 2026-11-22 04:00 UTC
[Open Intune] https://intune.example/
[Monitor] https://app.example/h`,
    );
  });

  it("renders an escalated with both deadlines", () => {
    const nonComplianceDeadline = moment(SLOT_MS + 6 * DAY_MS + 20 * HOUR_MS);
    const facts: Partial<NotificationFacts> = {
      kind: "escalated",
      reason: "severity-rose",
      ruleId: "noncompliance-deadline",
      connectionKind: "device-management-partner",
      connectionName: "Jamf Pro",
      severity: "critical",
      previousSeverity: "error",
      firedSlotMs: SLOT_MS - 8 * DAY_MS,
      nonComplianceDeadline,
      removalDeadline: moment(SLOT_MS + 80 * DAY_MS),
      reportedState: "terminated",
      evaluation: aBreach({
        severity: "critical",
        measured: { unit: "date", atMs: nonComplianceDeadline.atMs },
        threshold: { unit: "duration", ms: 7 * DAY_MS },
      }),
    };

    expect(render(facts)).toBe(
      `Now critical: Jamf Pro devices will be marked noncompliant in 6 d 20 h (Contoso)
Severity rose from error to critical: noncompliance date 2026-11-29 00:00 UTC (in 6 d 20 h), limit 7 d.
Since: 2026-11-14 04:00 UTC (8 d)
Last contact: 2026-11-19 00:00 UTC (3 d 4 h ago)
Reported state: terminated
Removal date: 2027-02-10 04:00 UTC (in 80 d)
What happens next: If it stays quiet, Intune calls it unresponsive and Conditional Access stops trusting its devices.
What to do: Check the connection in the partner's console, then in Intune under Tenant administration > Connectors and tokens.
Where to look: Tenant administration > Connectors and tokens > Partner compliance management
Kind: device management partner, rule noncompliance-deadline
Tenant: Contoso (11111111-2222-3333-4444-555555555555)
Severity: critical, was error
As of: 2026-11-22 04:00 UTC`,
    );
  });

  it("renders a resolved that recovered", () => {
    const facts: Partial<NotificationFacts> = {
      kind: "resolved",
      reason: "ended",
      endReason: "recovered",
      firedSlotMs: SLOT_MS - 76 * HOUR_MS,
      lastContact: moment(SLOT_MS - 10 * 60_000),
      evaluation: { verdict: "ok", reason: "recent", measured: { unit: "duration", ms: 10 * 60_000 } },
    };

    expect(render(facts)).toBe(
      `Resolved: Jamf Device Compliance is in touch again (Contoso)
Recovered after 3 d 4 h.
Lasted: 3 d 4 h, from 2026-11-19 00:00 UTC to 2026-11-22 04:00 UTC
Measured: time without contact 10 min
Last contact: 2026-11-22 03:50 UTC (10 min ago)
Reported state: enabled
Kind: compliance partner, rule heartbeat-age
Tenant: Contoso (11111111-2222-3333-4444-555555555555)
Severity: was error
As of: 2026-11-22 04:00 UTC`,
    );
  });

  it("tells dates from when they were judged and a contact from the reading, where that is an older one", () => {
    const atMs = SLOT_MS - HOUR_MS;

    const { title, summary, lines } = describeIt({
      ruleId: "removal-deadline",
      connectionName: "Jamf Pro",
      observedAtMs: SLOT_MS - 2 * DAY_MS,
      firedSlotMs: SLOT_MS - DAY_MS,
      lastContact: moment(SLOT_MS - 3 * DAY_MS),
      removalDeadline: moment(atMs),
      evaluation: aBreach({ measured: { unit: "date", atMs }, breachedSinceMs: atMs }),
    });

    expect(title).toBe("Error: Jamf Pro devices passed their removal date 1 h ago (Contoso)");
    expect(summary).toBe("New alert: removal date 2026-11-22 03:00 UTC (1 h ago).");
    expect(lines.map(({ label, text }) => `${label}: ${text}`)).toEqual(
      expect.arrayContaining([
        "Since: 2026-11-21 04:00 UTC (1 d)",
        "Last contact: 2026-11-19 04:00 UTC (1 d ago)",
        "As of: 2026-11-20 04:00 UTC",
      ]),
    );
  });

  it("names the tenant once and calls our own reads by their name when the tenant itself is the connection", () => {
    const facts: Partial<NotificationFacts> = {
      ruleId: "tenant-unreadable",
      connectionKind: "tenant",
      connectionName: "Contoso",
      evaluation: aBreach({ reason: "unavailable", threshold: { unit: "count", count: 2 } }),
    };

    const text = describeIt(facts);

    expect(text.title).toBe("Error: Contoso cannot be read at all: unavailable");
    expect(text.summary).toBe("New alert: failed polls 2, limit 2.");
    expect(text.lines).toContainEqual({ label: "Last good read", text: "2026-11-19 00:00 UTC (3 d 4 h ago)" });
  });

  it.each([
    {
      label: "a passed removal date",
      facts: { ruleId: "removal-deadline", connectionName: "Jamf Pro", removalDeadline: moment(SLOT_MS - 2 * DAY_MS) },
      want: "Error: Jamf Pro devices passed their removal date 2 d ago (Contoso)",
    },
    {
      label: "an expiry ahead",
      facts: {
        ruleId: "expiry",
        connectionName: "APNs",
        evaluation: aBreach({ measured: { unit: "date", atMs: SLOT_MS + DAY_MS } }),
      },
      want: "Error: APNs expires in 1 d (Contoso)",
    },
    {
      label: "an expiry behind",
      facts: {
        ruleId: "expiry",
        connectionName: "APNs",
        evaluation: aBreach({ measured: { unit: "date", atMs: SLOT_MS - DAY_MS } }),
      },
      want: "Error: APNs expired 1 d ago (Contoso)",
    },
    {
      label: "a bad state",
      facts: { ruleId: "partner-state", reportedState: "unresponsive" },
      want: 'Error: Jamf Device Compliance is in state "unresponsive" (Contoso)',
    },
    {
      label: "a sync without date",
      facts: { ruleId: "sync-age", lastContact: undefined },
      want: "Error: Jamf Device Compliance has not synced (Contoso)",
    },
  ] as const)("puts $label into the title", ({ facts, want }) => {
    expect(describeIt(facts).title).toBe(want);
  });

  it("leaves out a fact that has no text, and calls a connection without a name by its id", () => {
    const { title, lines } = describeIt({ consequence: "", connectionName: " \u200B" });

    expect(lines.map(({ label }) => label)).not.toContain("What happens next");
    expect(title).toBe("Error: compliance-management-partner:jamf-1 has not been in touch for 3 d 4 h (Contoso)");
  });

  it("says in a line of its own what the title has no room for, and only then", () => {
    const connectionName = "n".repeat(256);

    const cut = describeIt({ connectionName, tenantName: "t".repeat(256) });
    const shortened = describeIt({ connectionName: "n".repeat(80), tenantName: "t".repeat(80) });
    const atMost = describeIt({ connectionName: "n".repeat(80), tenantName: "t".repeat(26) });

    expect(cut.title).toBe(`Error: ${"n".repeat(79)}… has not been in touch for 3 d 4 h (${"t".repeat(79)}…)`);
    expect(cut.lines[0]).toEqual({ label: "What", text: `${connectionName} has not been in touch for 3 d 4 h` });
    expect(shortened.title.length).toBeGreaterThan(150);
    expect(atMost.title).toHaveLength(150);
    expect(atMost.lines[0]?.label).toBe("Since");
    expect(shortened.lines[0]?.label).toBe("What");
    expect(describeIt({ connectionName: "n".repeat(81) }).lines[0]?.label).toBe("What");
    expect(describeIt().lines[0]?.label).toBe("Since");
  });

  it.each(NOTIFICATION_KINDS)("can say any %s, also with nothing known of what was judged", (kind) => {
    const { evaluation: _none, reportedState: _unread, lastContact: _never, ...known } = aNotification({ kind });
    const evaluations: readonly (Evaluation | undefined)[] = [
      undefined,
      { verdict: "unknown", reason: "not-read" },
      { verdict: "ok", reason: "no-date" },
      aBreach({ measured: { unit: "text", text: "x" } }),
    ];
    const dates = { nonComplianceDeadline: moment(SLOT_MS), removalDeadline: moment(SLOT_MS + DAY_MS) };
    const anyFacts = evaluations.flatMap((evaluation) => {
      const facts = { ...known, ...dates, ...defined({ evaluation }) };
      const ofRules = RULE_IDS.map((ruleId) => ({ ...facts, ruleId }));
      return [...NOTIFY_REASONS.map((reason) => ({ ...facts, reason })), ...ofRules];
    });

    const messages = anyFacts.map((facts) => {
      const { title, summary, lines } = describeNotification(facts, CONTEXT);
      return [summary, title, ...lines.map(({ text }) => text)].join("\n");
    });

    expect(messages.filter((text) => !/^[A-Z].*\.\n/.test(text) || /undefined|NaN|""/.test(text))).toEqual([]);
  });

  it("never lets text from outside break a line or turn the reading direction", () => {
    const hostile = fc.string({ unit: "binary", maxLength: 60 }).map((text) => `\u202E\n${text}`);
    const kinds = fc.constantFrom(...NOTIFICATION_KINDS);

    fc.assert(
      fc.property(hostile, kinds, fc.constantFrom(...RULE_IDS), (text, kind, ruleId) => {
        const names = { connectionName: text, tenantName: text, reportedState: text, detail: text, verdictNote: text };
        const evaluation = aBreach({ measured: { unit: "text", text } });

        const message = describeIt({ ...names, evaluation, kind, ruleId, consequence: text, remedy: text });

        const texts = [message.title, message.summary, ...message.lines.map((line) => line.text)];
        for (const line of texts) expect(line).not.toMatch(/[\p{Cc}\u2028\u2029\u202A-\u202E\u2066-\u2069]/u);
      }),
      { seed: 4 },
    );
  });
});
