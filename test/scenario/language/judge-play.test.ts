import { describe, expect, it } from "vitest";
import { aNotification } from "../../builders/a-notification.ts";
import { judgePlay } from "./judge-play.ts";
import type { Told } from "./play-script.ts";
import { reportPlay } from "./report-play.ts";
import type { ScriptWant } from "./script.ts";

const FACTS = aNotification({ connectionName: "Jamf" });

function told(overrides: Partial<Told> = {}): Told {
  return { atMs: 1_000, channel: "ops", facts: FACTS, title: "Error: Jamf", ...overrides };
}

function want(overrides: Partial<ScriptWant> = {}): ScriptWant {
  const { kind, ruleId, severity } = FACTS;
  return {
    line: 7,
    kind,
    ruleId,
    severity,
    connection: "Jamf",
    fromMs: 1_000,
    toMs: 2_000,
    channel: "ops",
    ...overrides,
  };
}

function report(wants: readonly ScriptWant[], all: readonly Told[]): string {
  const judgement = judgePlay({ wants }, { told: all });
  return reportPlay({ title: "It", wants }, { told: all }, { judgement, paint: (tone, text) => `<${tone}>${text}` });
}

describe("judgePlay()", () => {
  it.each([
    { title: "at the first instant", wants: want(), tells: told({ atMs: 1_000 }), isMet: true },
    { title: "at the last instant", wants: want(), tells: told({ atMs: 2_000 }), isMet: true },
    { title: "too early", wants: want(), tells: told({ atMs: 999 }), isMet: false },
    { title: "too late", wants: want(), tells: told({ atMs: 2_001 }), isMet: false },
    { title: "of another kind", wants: want({ kind: "escalated" }), tells: told(), isMet: false },
    { title: "of another rule", wants: want({ ruleId: "sync-age" }), tells: told(), isMet: false },
    { title: "of another severity", wants: want({ severity: "warning" }), tells: told(), isMet: false },
    { title: "of another connection", wants: want({ connection: "Kandji" }), tells: told(), isMet: false },
    { title: "on another channel", wants: want({ channel: "pager" }), tells: told(), isMet: false },
    { title: "of another tenant", wants: want({ tenantId: "x" }), tells: told(), isMet: false },
    { title: "for the reason", wants: want({ because: "first-firing" }), tells: told(), isMet: true },
    { title: "for another reason", wants: want({ because: "newly-routed" }), tells: told(), isMet: false },
    {
      title: "ended for the reason",
      wants: want({ kind: "resolved", because: "ignored" }),
      tells: told({ facts: { ...FACTS, kind: "resolved", reason: "ended", endReason: "ignored" } }),
      isMet: true,
    },
  ])("is $isMet of one $title", ({ wants, tells, isMet }) => {
    const { met, unmet, extras } = judgePlay({ wants: [wants] }, { told: [tells] });

    expect([met.size, unmet.length, extras.length]).toEqual(isMet ? [1, 0, 0] : [0, 1, 1]);
  });

  it("meets each want by one notification, so that a second one is too many", () => {
    const { unmet, extras } = judgePlay({ wants: [want()] }, { told: [told(), told({ atMs: 1_500 })] });

    expect(unmet).toEqual([]);
    expect(extras).toEqual([told({ atMs: 1_500 })]);
  });

  it("lets the want whose time ends first choose first", () => {
    const wants = [want({ toMs: 9_000 }), want({ toMs: 1_500 })];

    const { unmet, extras } = judgePlay({ wants }, { told: [told({ atMs: 1_200 }), told({ atMs: 8_000 })] });

    expect([...unmet, ...extras]).toEqual([]);
  });
});

describe("reportPlay()", () => {
  it("lists what was told, and says that all is well", () => {
    const text = report([want()], [told()]);

    expect(text).toMatch(/ 1s <good>✓ <error>fired error +Error: Jamf$/m);
    expect(text).toContain("<quiet>heartbeat-age, first-firing, on ops");
    expect(text).toMatch(/<good>All 1 wants met, nothing else told\.$/);
  });

  it("says what was not told, and where something like it was", () => {
    const text = report([want({ fromMs: 5_000, toMs: 9_000 })], [told()]);

    expect(text).toContain(
      '<bad>✗ line 7: fired heartbeat-age error "Jamf" between 5s and 9s on ops was not told; ' +
        'told was fired heartbeat-age error "Jamf" at 1s on ops',
    );
    expect(text).toContain('<bad>✗ not wanted: fired heartbeat-age error "Jamf" at 1s on ops');
    expect(text).toMatch(/<bad>1 of 1 wants not met, 1 told that nobody wants\.$/);
  });

  it("says that nothing was told", () => {
    expect(report([], [])).toContain("<quiet>Nothing was told.");
  });

  it("does not take nothing for a want that was met", () => {
    expect(report([], [])).toMatch(/<good>No notification wanted, none told\.$/);
  });
});
