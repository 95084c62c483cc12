import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type AlertState, isOpen, type Observation } from "../../../../src/domain/alerts/alert-state.ts";
import { type StepContext, stepAlert } from "../../../../src/domain/alerts/step-alert.ts";
import { compareSeverity, SEVERITIES, type Severity } from "../../../../src/domain/rules/rule.ts";
import { aBreach, aContext, PERIOD_MS, quiet } from "./an-alert.ts";

const unknown: Observation = { verdict: "unknown", reason: "source-unreadable" };
const anObservation = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...SEVERITIES).map((severity): Observation => aBreach({ severity })) },
  { weight: 4, arbitrary: fc.constant<Observation>({ verdict: "ok", reason: "in-touch" }) },
  { weight: 2, arbitrary: fc.constant(unknown) },
  { weight: 1, arbitrary: fc.constant<Observation>({ verdict: "ended", reason: "connection-gone" }) },
  { weight: 1, arbitrary: fc.constant<Observation>({ verdict: "not-applicable", reason: "ignored" }) },
);
const someSettings = fc.record({
  confirmPolls: fc.integer({ min: 1, max: 4 }),
  recoverPolls: fc.integer({ min: 1, max: 4 }),
  keepFiringMs: fc.constantFrom(0, PERIOD_MS, 3 * PERIOD_MS),
});
const aMove = fc.record({
  observation: anObservation,
  /** Polls since the move before. */
  polls: fc.constantFrom(1, 1, 1, 1, 2, 3, 4, 300),
  judgedBy: fc.constantFrom("limits", "limits", "limits", "others"),
});
const runs = fc.tuple(fc.array(aMove, { maxLength: 60 }), someSettings);

type Move = typeof aMove extends fc.Arbitrary<infer T> ? T : never;

interface Replayed {
  readonly move: Move;
  readonly before: AlertState;
  readonly after: AlertState;
  readonly reason: string;
}

/** Feeds each move the state that the one before returned; an open episode counts as told to one channel. */
function replay(moves: readonly Move[], settings: StepContext["settings"], startMs = 0): readonly Replayed[] {
  let before = { ...quiet, sinceSlotMs: startMs };
  let slotMs = startMs;
  return moves.map((move) => {
    const { observation, polls, judgedBy } = move;
    slotMs += polls * PERIOD_MS;
    const times = { slotMs, nowMs: slotMs, sinceLastMs: polls * PERIOD_MS };
    const { state, reason } = stepAlert(before, observation, aContext(0, { settings, judgedBy, ...times }));
    const after: AlertState = isOpen(state) ? { ...state, told: { ops: { severity: "warning", slotMs: 0 } } } : state;
    const replayed = { move, before, after, reason };
    before = after;
    return replayed;
  });
}

function lastOf(replayed: readonly Replayed[]): AlertState {
  return replayed.at(-1)?.after ?? quiet;
}

/** All of an alert but when its timers began. */
function withoutTimers({ firstOkSlotMs: _firstOk, calmer, flaps, ...rest }: AlertState): object {
  return { ...rest, calmer: Object.keys(calmer ?? {}), flaps: flaps && { ...flaps, changedSlotMs: 0 } };
}

/** Instants as time since the start; durations and counts have fewer digits. */
function relativeTo(startMs: number, replayed: readonly Replayed[]): string {
  return JSON.stringify(replayed).replaceAll(/\d{12,}/g, (ms) => String(Number(ms) - startMs));
}

/** A second opinion on row 6: by severity, for how long of the time that counts no breach was graver, at each move. */
function calmTimes(replayed: readonly Replayed[]): readonly ReadonlyMap<Severity, number>[] {
  let countedMs = 0;
  const calmSinceMs = new Map<Severity, number>();
  return replayed.map(({ move: { observation, polls }, before }) => {
    if (observation.verdict === "unknown") return new Map();
    if (polls <= 3) countedMs += polls * PERIOD_MS;
    for (const severity of SEVERITIES) {
      const isCalm =
        isOpen(before) &&
        observation.verdict === "breach" &&
        compareSeverity(observation.severity, severity) <= 0 &&
        compareSeverity(severity, before.severity ?? "info") < 0;
      if (!isCalm) calmSinceMs.delete(severity);
      else if (!calmSinceMs.has(severity)) calmSinceMs.set(severity, countedMs);
    }
    return new Map([...calmSinceMs].map(([severity, sinceMs]) => [severity, countedMs - sinceMs]));
  });
}

/** Within one episode. */
function hasFallen(before: AlertState, after: AlertState): boolean {
  const { severity: gravest = "info" } = before;
  const { severity = "info" } = after;
  return isOpen(before) && before.episode?.id === after.episode?.id && compareSeverity(severity, gravest) < 0;
}

describe("properties of stepAlert()", () => {
  it("I1: is deterministic and total, so that a replay rebuilds the state", () => {
    fc.assert(
      fc.property(runs, ([moves, settings]) => {
        expect(replay(moves, settings)).toEqual(replay(moves, settings));
      }),
    );
  });

  it("I3: has at most one episode open, and one exactly while firing or recovering", () => {
    fc.assert(
      fc.property(runs, ([moves, settings]) => {
        for (const { after } of replay(moves, settings)) expect(after.episode !== undefined).toBe(isOpen(after));
      }),
    );
  });

  it("I6: never changes phase, severity, counters or episode on unknown", () => {
    fc.assert(
      fc.property(runs, fc.integer({ min: 1, max: 400 }), ([moves, settings], polls) => {
        const last = lastOf(replay(moves, settings));

        const { state } = stepAlert(last, unknown, aContext(9_999, { settings, sinceLastMs: polls * PERIOD_MS }));

        expect(withoutTimers(state)).toEqual(withoutTimers(last));
      }),
    );
  });

  it("I6: time spent blind moves no alert further than no time at all", () => {
    fc.assert(
      fc.property(runs, anObservation, fc.integer({ min: 1, max: 400 }), ([moves, settings], next, blindPolls) => {
        let lastPoll = 0;
        for (const { after: last, move } of replay(moves, settings)) {
          lastPoll += move.polls;
          const at = (polls: number) => aContext(lastPoll + polls, { settings, judgedBy: move.judgedBy });
          const blind = stepAlert(last, unknown, { ...at(blindPolls), sinceLastMs: blindPolls * PERIOD_MS }).state;

          const seeing = stepAlert(last, next, at(1)).state;
          const later = stepAlert(blind, next, at(blindPolls + 1)).state;

          expect([later.phase, later.severity]).toEqual([seeing.phase, seeing.severity]);
        }
      }),
      { numRuns: 1_000 },
    );
  });

  it("I8: lets the severity of an open episode fall only after the hold, or by other limits", () => {
    fc.assert(
      fc.property(runs, ([moves, settings]) => {
        const replayed = replay(moves, settings);
        const calmMs = calmTimes(replayed);

        const unheld = replayed.filter(({ before, after }, index) => {
          const { severity = "info" } = after;
          const heldMs = calmMs[index]?.get(severity) ?? -1;
          const mayFall = before.judgedBy !== after.judgedBy || heldMs >= settings.keepFiringMs;
          return hasFallen(before, after) && !mayFall;
        });

        expect(unheld).toEqual([]);
      }),
      { numRuns: 1_000 },
    );
  });

  it("I8: lets it fall as soon as it has held", () => {
    fc.assert(
      fc.property(runs, ([moves, settings]) => {
        const replayed = replay(moves, settings);
        const calmMs = calmTimes(replayed);

        const late = replayed.filter(({ after }, index) => {
          const held = [...(calmMs[index] ?? [])].filter(([, heldMs]) => heldMs >= settings.keepFiringMs);
          return held.some(([severity]) => compareSeverity(severity, after.severity ?? "info") < 0);
        });

        expect(late).toEqual([]);
      }),
      { numRuns: 1_000 },
    );
  });

  it("I11: shifting all input times shifts all output times", () => {
    const [hereMs, thereMs] = [1e12, 3e12 + 1];
    fc.assert(
      fc.property(runs, ([moves, settings]) => {
        const here = relativeTo(hereMs, replay(moves, settings, hereMs));
        const there = relativeTo(thereMs, replay(moves, settings, thereMs));

        expect(there).toBe(here);
      }),
    );
  });
});
