import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { changesOf } from "../../../../src/domain/history/dated-changes.ts";
import { PAUSE_STEPS, replayReadings } from "../../../../src/domain/history/replay-readings.ts";
import { type Replay, replayRule } from "../../../../src/domain/history/replay-rule.ts";
import { ruleOf } from "../../../../src/domain/rules/catalogue.ts";
import { resolveSettings } from "../../../../src/domain/rules/resolve-settings.ts";
import type { RuleSettings } from "../../../../src/domain/rules/rule.ts";
import { DAY_MS, HOUR_MS } from "../../../../src/domain/units.ts";
import { aPolicy } from "../../../builders/a-policy.ts";
import type { PlanWorld } from "../../../builders/plan-world.ts";
import { countPauses, finish, PARTNER, PERIOD_MS, playAges, START_MS, snapshotsOf } from "./a-replay.ts";

const RULE = ruleOf("heartbeat-age");
const WELL = HOUR_MS;
const LATE = 40 * HOUR_MS;
const SILENT = 4 * DAY_MS;

function replay(world: PlanWorld, polls: number, settings: Partial<RuleSettings> = {}): Replay {
  const snapshots = world.snapshots().filter(({ reading }) => reading.connectionId === PARTNER);
  const span = { fromMs: START_MS, toMs: START_MS + polls * PERIOD_MS };
  const steps = finish(replayReadings({ snapshots, firstSeenAtMs: START_MS }, span, aPolicy()));
  const [{ input } = { input: undefined }] = steps;
  const held = input === undefined ? RULE.defaults : resolveSettings(aPolicy().rules, input.reading, RULE.id);
  return finish(replayRule(steps, RULE, { ...held, ...settings }));
}

function toPolls(atMs: number | undefined): number | undefined {
  return atMs && (atMs - START_MS) / PERIOD_MS;
}

/** Slots counted in polls. */
function inPolls({ episodes }: Replay) {
  return episodes.map(({ firedMs, resolvedMs, ...rest }) => ({
    ...rest,
    fired: toPolls(firedMs),
    resolved: toPolls(resolvedMs),
  }));
}

const several = (count: number, ageMs: number | undefined) => Array.from({ length: count }, () => ageMs);

describe("replayRule()", () => {
  it("fires and resolves as polls would have", () => {
    const ages = [...several(2, WELL), ...several(5, LATE), ...several(5, WELL)];

    const told = replay(playAges(ages), ages.length);

    expect(inPolls(told)).toEqual([{ fired: 3, resolved: 9, severity: "warning", reason: "recovered" }]);
    expect(told).toMatchObject({ judgedSteps: 12, unknownSteps: 0 });
  });

  it("keeps the worst severity of an episode", () => {
    const ages = [...several(2, LATE), ...several(2, SILENT), ...several(9, LATE)];

    expect(inPolls(replay(playAges(ages), ages.length))).toEqual([
      { fired: 1, resolved: undefined, severity: "error" },
    ]);
  });

  it("tells several episodes", () => {
    const once = [...several(2, LATE), ...several(5, WELL)];

    const told = replay(playAges([...once, ...once]), 14, { keepFiringMs: 0, recoverPolls: 1 });

    expect(inPolls(told).map(({ fired, resolved }) => [fired, resolved])).toEqual([
      [1, 2],
      [8, 9],
    ]);
  });

  it("counts what it could not judge, and keeps an episode open meanwhile", () => {
    const ages = [...several(3, LATE), ...several(8, undefined), ...several(2, LATE)];

    const told = replay(playAges(ages), ages.length);

    expect(inPolls(told)).toEqual([{ fired: 1, resolved: undefined, severity: "warning" }]);
    expect(told.unknownSteps).toBeGreaterThan(0);
    expect(told.judgedSteps + told.unknownSteps).toBe(ages.length);
  });

  it("judges nothing while the rule is off", () => {
    const told = replay(playAges(several(4, SILENT)), 4, { enabled: false });

    expect(told).toEqual({ episodes: [], judgedSteps: 0, unknownSteps: 0 });
  });

  it("caps at warning what was broken for over 7 days at the very first reading", () => {
    const told = replay(playAges(several(4, 20 * DAY_MS)), 4);

    expect(inPolls(told)).toMatchObject([{ severity: "warning" }]);
  });

  it("has nothing to say of no steps", () => {
    expect(finish(replayRule([], RULE, RULE.defaults))).toEqual({ episodes: [], judgedSteps: 0, unknownSteps: 0 });
  });

  it("pauses time and again", () => {
    const snapshots = snapshotsOf([WELL]);
    const span = { fromMs: START_MS, toMs: START_MS + 2 * PAUSE_STEPS * PERIOD_MS };
    const steps = finish(replayReadings({ snapshots, firstSeenAtMs: START_MS }, span, aPolicy()));

    expect(countPauses(replayRule(steps, RULE, RULE.defaults))).toBe(2);
  });

  it("tells by the settings that hold what polls have told, whatever the partner did", () => {
    const someAges = fc.array(
      fc.record({ ageMs: fc.constantFrom(WELL, LATE, SILENT, 9 * DAY_MS), polls: fc.integer({ min: 1, max: 9 }) }),
      { minLength: 1, maxLength: 12 },
    );
    fc.assert(
      fc.property(someAges, (stretches) => {
        const ages = stretches.flatMap(({ ageMs, polls }) => several(polls, ageMs));
        const world = playAges(ages);

        const told = replay(world, ages.length);

        expect(told.episodes.map(({ firedMs, resolvedMs }) => [firedMs, resolvedMs])).toEqual(episodesOf(world));
      }),
      { seed: 20_261_122, numRuns: 40 },
    );
  });
});

/** What the polls of a world have told of the rule. */
function episodesOf(world: PlanWorld): readonly (readonly (number | undefined)[])[] {
  const events = world.events().filter(({ connectionId }) => connectionId === PARTNER);
  const changes = changesOf(events, "alert").filter(({ change }) => change.ruleId === RULE.id);
  const fired = changes.filter(({ change }) => change.reason === "confirmed");
  const ended = changes.filter(({ change }) => change.from !== "pending" && change.to === "inactive");
  return fired.map(({ atMs }, index) => [atMs, ended[index]?.atMs]);
}
