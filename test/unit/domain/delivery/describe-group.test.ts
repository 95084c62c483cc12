import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { describeGroup, type GroupedNotification } from "../../../../src/domain/delivery/describe-group.ts";
import { NOTIFICATION_KINDS, type NotificationFacts } from "../../../../src/domain/delivery/notification.ts";
import { RULE_IDS, SEVERITIES } from "../../../../src/domain/rules/rule.ts";
import { aNotification, SLOT_MS } from "../../../builders/a-notification.ts";

const HOUR_MS = 3_600_000;

function one(facts: Partial<NotificationFacts> = {}, more: Partial<GroupedNotification> = {}): GroupedNotification {
  return {
    facts: aNotification({ observedAtMs: SLOT_MS, ...facts }),
    isFirstNotice: false,
    sentAtMs: SLOT_MS,
    ...more,
  };
}

function groupOf(...group: readonly GroupedNotification[]) {
  return describeGroup(group, { maxLines: 20, links: { pageUrl: "https://app.example/h" } });
}

describe("describeGroup()", () => {
  it("counts what is open by severity and what is over, and gives each a line, open ones first", () => {
    const text = groupOf(
      one({ severity: "critical", connectionName: "APNs", ruleId: "partner-state" }),
      one({ kind: "resolved", reason: "ended", connectionName: "Kandji", firedSlotMs: SLOT_MS - HOUR_MS }),
      one({ kind: "reminder", reason: "repeat-due" }),
      one({ kind: "escalated", reason: "severity-rose", connectionName: "Lookout" }),
      one({ kind: "flapping", reason: "flapping-began", connectionName: "Jamf Pro" }),
    );

    expect(text).toEqual({
      tone: "critical",
      title: "5 alerts of Contoso: 1 critical, 2 errors; 1 unstable; 1 resolved",
      summary: "",
      remarks: [],
      lines: [
        { label: "Critical", text: 'APNs is in state "enabled", since 2026-11-20 12:00 UTC' },
        {
          label: "Still error",
          text: "Jamf Device Compliance has not been in touch for 3 d 4 h, since 2026-11-20 12:00 UTC",
        },
        { label: "Now error", text: "Lookout has not been in touch for 3 d 4 h, since 2026-11-20 12:00 UTC" },
        { label: "Unstable", text: "Jamf Pro breaks rule heartbeat-age again and again" },
        { label: "Resolved", text: "Kandji is in touch again, after 1 h" },
      ],
      links: [{ label: "Monitor", url: "https://app.example/h" }],
    });
  });

  it.each([
    {
      group: [one({ severity: "info" }), one({ severity: "warning" }), one({ severity: "warning" })],
      title: "2 warnings, 1 info",
      tone: "warning",
    },
    { group: [one({ kind: "resolved" }), one({ kind: "resolved" })], title: "2 resolved", tone: "good" },
    {
      group: [one({ kind: "resolved" }), one({ kind: "resolved", endReason: "retired" })],
      title: "1 resolved; 1 closed",
      tone: "neutral",
    },
    { group: [one({ kind: "flapping" }), one({ kind: "resolved" })], title: "1 unstable; 1 resolved", tone: "neutral" },
    {
      group: [one({ severity: "critical" }), one(), one({ severity: "warning" }), one({ severity: "info" })],
      title: "1 critical, 1 error, 1 warning, 1 info",
      tone: "critical",
    },
    {
      group: (["critical", "error", "warning", "info"] as const).flatMap((severity) => [
        one({ severity }),
        one({ severity }),
      ]),
      title: "2 critical, 2 errors, 2 warnings, 2 info",
      tone: "critical",
    },
    {
      group: [
        one({ kind: "flapping" }),
        one({ kind: "flapping" }),
        one({ kind: "resolved", endReason: "retired" }),
        one({ kind: "resolved", endReason: "retired" }),
      ],
      title: "2 unstable; 2 closed",
      tone: "neutral",
    },
  ] as const)("says $title", ({ group, title, tone }) => {
    expect(groupOf(...group)).toMatchObject({ title: `${group.length} alerts of Contoso: ${title}`, tone });
  });

  it("counts what it does not show", () => {
    const group = Array.from({ length: 45 }, () => one());

    const texts = [20, 1, 45].map((maxLines) => describeGroup(group, { maxLines, links: {} }));

    expect(texts.map(({ lines, closing }) => [lines.length, closing])).toEqual([
      [20, "and 25 more"],
      [1, "and 44 more"],
      [45, undefined],
    ]);
    expect(new Set(texts.map(({ title }) => title))).toEqual(new Set(["45 alerts of Contoso: 45 errors"]));
  });

  it("remarks on lost messages and on the latest one", () => {
    const text = groupOf(
      one({}, { sentAtMs: SLOT_MS + 8 * HOUR_MS }),
      one({ kind: "reminder" }, { isFirstNotice: true }),
    );

    expect(text.remarks).toEqual([
      "Earlier messages about some of these alerts did not reach this channel.",
      "This message comes up to 8 h after the readings it tells of.",
    ]);
    expect(text.lines[1]?.label).toBe("Error");
  });

  it("never lets text from outside break a line, turn the reading direction or grow", () => {
    const hostile = fc.string({ unit: "binary", maxLength: 300 }).map((text) => `\u202E\n${text}`);
    const facts = fc.record({
      connectionName: hostile,
      tenantName: hostile,
      reportedState: hostile,
      kind: fc.constantFrom(...NOTIFICATION_KINDS),
      ruleId: fc.constantFrom(...RULE_IDS),
      severity: fc.constantFrom(...SEVERITIES),
    });

    fc.assert(
      fc.property(fc.array(facts, { minLength: 2, maxLength: 5 }), (group) => {
        const { title, lines } = groupOf(...group.map((each) => one(each)));

        for (const line of [title, ...lines.map(({ text }) => text)]) {
          expect(line).not.toMatch(/[\p{Cc}\u2028\u2029\u202A-\u202E\u2066-\u2069]/u);
          expect(Array.from(line).length).toBeLessThanOrEqual(200);
        }
      }),
      { seed: 4 },
    );
  });
});
