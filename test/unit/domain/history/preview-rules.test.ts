import { describe, expect, it } from "vitest";
import { canReplay, checkTrial, countSteps, previewRules } from "../../../../src/domain/history/preview-rules.ts";
import { PAUSE_STEPS } from "../../../../src/domain/history/replay-readings.ts";
import type { TenantPolicy } from "../../../../src/domain/poll/tenant-policy.ts";
import { type RuleOverrides, resolveSettings } from "../../../../src/domain/rules/resolve-settings.ts";
import { RULE_IDS } from "../../../../src/domain/rules/rule.ts";
import { DAY_MS, HOUR_MS } from "../../../../src/domain/units.ts";
import { aPolicy } from "../../../builders/a-policy.ts";
import { countPauses, finish, PARTNER, PERIOD_MS, playAges, START_MS } from "./a-replay.ts";

const POLLS = 12;
const SPAN = { fromMs: START_MS, toMs: START_MS + POLLS * PERIOD_MS };

/** A partner that has been silent for 40 hours, and stays so. */
function aRecord() {
  const snapshots = playAges(Array.from({ length: POLLS }, () => 40 * HOUR_MS))
    .snapshots()
    .filter(({ reading }) => reading.connectionId === PARTNER);
  const [newest] = snapshots;
  if (newest === undefined) throw new Error("Cannot test: there is no snapshot");
  return { snapshots, firstSeenAtMs: 0, reading: newest.reading };
}

function preview(rules: RuleOverrides, policy: TenantPolicy = aPolicy()) {
  return finish(previewRules(aRecord(), { span: SPAN, rules }, policy));
}

/** A policy that says something else of this partner. */
function withOverride(limits: Readonly<Record<string, number>>): TenantPolicy {
  const overrides = [{ match: { connection: PARTNER }, rules: { "heartbeat-age": { limits } } }];
  return aPolicy({ rules: { preset: "recommended", rules: {}, overrides } });
}

describe("previewRules()", () => {
  it("tells what would have fired beside what does", () => {
    const [told, ...others] = preview({ "heartbeat-age": { limits: { warnAfterMs: 48 * HOUR_MS } } });

    expect(others).toEqual([]);
    expect(told).toMatchObject({
      ruleId: "heartbeat-age",
      current: { settings: { limits: { warnAfterMs: 36 * HOUR_MS } }, episodes: [{ severity: "warning" }] },
      tried: { settings: { limits: { warnAfterMs: 48 * HOUR_MS } }, episodes: [] },
    });
  });

  it("judges by the settings that hold as polls do", () => {
    const policy = withOverride({ warnAfterMs: 47 * HOUR_MS, errorFromMs: 6 * DAY_MS });

    const [told] = preview({ "heartbeat-age": {} }, policy);

    expect(told?.current.settings).toEqual(resolveSettings(policy.rules, aRecord().reading, "heartbeat-age"));
    expect(told?.tried).toEqual(told?.current);
  });

  it("lays what is tried on what holds for the connection, limit by limit", () => {
    const policy = withOverride({ warnAfterMs: 47 * HOUR_MS, errorFromMs: 9 * DAY_MS, criticalFromMs: 10 * DAY_MS });

    const [told] = preview({ "heartbeat-age": { limits: { warnAfterMs: 39 * HOUR_MS }, confirmPolls: 5 } }, policy);

    expect(told?.tried.settings).toMatchObject({
      confirmPolls: 5,
      limits: { warnAfterMs: 39 * HOUR_MS, errorFromMs: 9 * DAY_MS },
    });
    expect(told?.tried.episodes).toEqual([{ firedMs: START_MS + 4 * PERIOD_MS, severity: "warning" }]);
    expect(told?.current.episodes).toEqual([]);
  });

  it("tells what a rule that is off would say", () => {
    const rules = { preset: "recommended", rules: { "heartbeat-age": { enabled: false } }, overrides: [] } as const;

    const [told] = preview({ "heartbeat-age": { enabled: true } }, aPolicy({ rules }));

    expect(told?.current).toMatchObject({ episodes: [], judgedSteps: 0 });
    expect(told?.tried.episodes).toHaveLength(1);
  });

  it("pauses while it reads, and while it judges by either settings", () => {
    const span = { fromMs: START_MS, toMs: START_MS + PAUSE_STEPS * PERIOD_MS };

    const work = previewRules(aRecord(), { span, rules: { "heartbeat-age": {}, "partner-state": {} } }, aPolicy());

    expect(countPauses(work)).toBe(1 + 2 * 2);
  });

  it("replays nothing for rules of other kinds", () => {
    const span = { fromMs: START_MS, toMs: START_MS + PAUSE_STEPS * PERIOD_MS };

    expect(countPauses(previewRules(aRecord(), { span, rules: { expiry: {} } }, aPolicy()))).toBe(0);
  });

  it.each([
    { what: "rules of other kinds", rules: { "sync-age": {}, expiry: {}, "removal-deadline": {} } },
    { what: "nothing", rules: {} },
  ])("leaves out $what", ({ rules }) => {
    expect(preview(rules)).toEqual([]);
  });
});

describe("countSteps()", () => {
  const rules = { "heartbeat-age": {}, "partner-state": {}, expiry: {} };

  it.each([
    { when: "as long as the span", span: SPAN, want: 2 * POLLS },
    { when: "no earlier than the oldest reading", span: { ...SPAN, fromMs: 0 }, want: 2 * POLLS },
    { when: "no earlier than the span", span: { ...SPAN, fromMs: START_MS + 10 * PERIOD_MS }, want: 2 * 2 },
  ])("counts a step a period for each rule of the kind, $when", ({ span, want }) => {
    expect(countSteps(aRecord(), { span, rules }, aPolicy())).toBe(want);
  });

  it("counts none without readings", () => {
    expect(countSteps({ ...aRecord(), snapshots: [] }, { span: SPAN, rules }, aPolicy())).toBe(0);
  });
});

describe("checkTrial()", () => {
  const { reading } = aRecord();

  it("finds nothing wrong with limits that agree", () => {
    expect(checkTrial(aPolicy(), reading, { "heartbeat-age": { limits: { warnAfterMs: HOUR_MS } } })).toEqual([]);
  });

  it("says which limits contradict those that hold for the connection", () => {
    const policy = withOverride({ errorFromMs: 40 * HOUR_MS });

    const problems = checkTrial(policy, reading, { "heartbeat-age": { limits: { warnAfterMs: 48 * HOUR_MS } } });

    expect(problems).toEqual([
      { ruleId: "heartbeat-age", limit: "warnAfter", expected: "below errorFrom" },
      { ruleId: "heartbeat-age", limit: "errorFrom", expected: "above warnAfter" },
    ]);
  });

  it("does not care for rules of other kinds", () => {
    expect(checkTrial(aPolicy(), reading, { expiry: { limits: { warnWithinMs: 0 } } })).toEqual([]);
  });
});

describe("canReplay()", () => {
  it("holds for the rules about partners and connectors, but for absence", () => {
    expect(RULE_IDS.filter(canReplay)).toEqual([
      "partner-state",
      "heartbeat-age",
      "first-heartbeat",
      "noncompliance-deadline",
      "removal-deadline",
      "sync-age",
      "expiry",
      "reported-health",
      "configuration-changed",
      "data-problem",
    ]);
  });
});
