import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type AlertState, isOpen, type Observation } from "../../../../src/domain/alerts/alert-state.ts";
import { type AlertStep, quietAlert, type StepContext, stepAlert } from "../../../../src/domain/alerts/step-alert.ts";
import { SEVERITIES, type Severity } from "../../../../src/domain/rules/rule.ts";
import { DAY_MS, MINUTE_MS } from "../../../../src/domain/units.ts";

const PERIOD_MS = 15 * MINUTE_MS;

const settings = { confirmPolls: 2, recoverPolls: 3, keepFiringMs: 30 * MINUTE_MS };

const quiet = quietAlert({ ruleId: "heartbeat-age", alertKey: "a".repeat(32), sinceSlotMs: 0 });

function aContext(poll: number, overrides: Partial<StepContext> = {}): StepContext {
  return { settings, slotMs: poll * PERIOD_MS, isFirstReading: false, ...overrides };
}

function aBreach(severity: Severity = "warning", breachedSinceMs?: number): Observation {
  const measured = { unit: "duration", ms: 2 * DAY_MS } as const;
  return {
    verdict: "breach",
    severity,
    reason: "late",
    measured,
    ...(breachedSinceMs === undefined ? {} : { breachedSinceMs }),
  };
}

const ok: Observation = { verdict: "ok", reason: "in-touch" };
const unknown: Observation = { verdict: "unknown", reason: "source-unreadable" };
const seen: Readonly<Record<string, Observation>> = {
  breach: aBreach(),
  error: aBreach("error"),
  info: aBreach("info"),
  ok,
  unknown,
  retired: { verdict: "not-applicable", reason: "retired" },
  "no date": { verdict: "not-applicable", reason: "no-date" },
  gone: { verdict: "ended", reason: "connection-gone" },
};

interface Row {
  readonly seen: string;
  readonly phase: AlertState["phase"];
  readonly reason: AlertStep["reason"];
  readonly severity?: Severity;
}

/** Feeds each row the state that the row before returned; one row a poll. */
function walk(rows: readonly Row[], overrides: Partial<StepContext> = {}): readonly Row[] {
  let state = quiet;
  return rows.map((row, poll) => {
    const step = stepAlert(state, seen[row.seen] ?? ok, aContext(poll, overrides));
    state = step.state;
    const severity = state.severity === undefined ? {} : { severity: state.severity };
    return { seen: row.seen, phase: state.phase, reason: step.reason, ...severity };
  });
}

describe("stepAlert()", () => {
  const stories: Readonly<Record<string, readonly Row[]>> = {
    "row 2, 4, 7, 9: confirms, fires, recovers and resolves": [
      { seen: "ok", phase: "inactive", reason: "still-ok" },
      { seen: "breach", phase: "pending", reason: "confirming", severity: "warning" },
      { seen: "breach", phase: "firing", reason: "confirmed", severity: "warning" },
      { seen: "breach", phase: "firing", reason: "still-firing", severity: "warning" },
      { seen: "ok", phase: "recovering", reason: "recovering", severity: "warning" },
      { seen: "ok", phase: "recovering", reason: "recovering", severity: "warning" },
      { seen: "ok", phase: "inactive", reason: "recovered" },
    ],
    "row 3: forgets a breach that was not confirmed": [
      { seen: "breach", phase: "pending", reason: "confirming", severity: "warning" },
      { seen: "ok", phase: "inactive", reason: "cleared-before-confirmed" },
      { seen: "breach", phase: "pending", reason: "confirming", severity: "warning" },
    ],
    "row 5: rises with the breach and never falls": [
      { seen: "breach", phase: "pending", reason: "confirming", severity: "warning" },
      { seen: "error", phase: "firing", reason: "confirmed", severity: "error" },
      { seen: "info", phase: "firing", reason: "still-firing", severity: "error" },
      { seen: "breach", phase: "firing", reason: "still-firing", severity: "error" },
    ],
    "row 8: relapses into the same episode, and may rise by it": [
      { seen: "breach", phase: "pending", reason: "confirming", severity: "warning" },
      { seen: "breach", phase: "firing", reason: "confirmed", severity: "warning" },
      { seen: "ok", phase: "recovering", reason: "recovering", severity: "warning" },
      { seen: "breach", phase: "firing", reason: "relapsed", severity: "warning" },
      { seen: "ok", phase: "recovering", reason: "recovering", severity: "warning" },
      { seen: "error", phase: "firing", reason: "severity-rose", severity: "error" },
    ],
    "row 10: freezes while blind": [
      { seen: "unknown", phase: "inactive", reason: "kept-while-blind" },
      { seen: "breach", phase: "pending", reason: "confirming", severity: "warning" },
      { seen: "unknown", phase: "pending", reason: "kept-while-blind", severity: "warning" },
      { seen: "breach", phase: "firing", reason: "confirmed", severity: "warning" },
      { seen: "unknown", phase: "firing", reason: "kept-while-blind", severity: "warning" },
    ],
    "row 11: ends at once when the connection is gone": [
      { seen: "breach", phase: "pending", reason: "confirming", severity: "warning" },
      { seen: "breach", phase: "firing", reason: "confirmed", severity: "warning" },
      { seen: "gone", phase: "inactive", reason: "connection-gone" },
      { seen: "gone", phase: "inactive", reason: "connection-gone" },
    ],
    "row 16: ends with the reason why nothing is judged any more": [
      { seen: "breach", phase: "pending", reason: "confirming", severity: "warning" },
      { seen: "retired", phase: "inactive", reason: "retired" },
      { seen: "no date", phase: "inactive", reason: "not-applicable" },
    ],
  };

  it.each(Object.entries(stories))("%s", (_, rows) => {
    expect(walk(rows)).toEqual(rows);
  });

  it("row 1: fires at the first breach when one poll confirms", () => {
    const rows: Row[] = [{ seen: "breach", phase: "firing", reason: "confirmed", severity: "warning" }];

    expect(walk(rows, { settings: { ...settings, confirmPolls: 1 } })).toEqual(rows);
  });

  it("row 9: keeps recovering until keepFiringMs have passed since the first ok", () => {
    const rows: Row[] = [
      { seen: "breach", phase: "firing", reason: "confirmed", severity: "warning" },
      { seen: "ok", phase: "recovering", reason: "recovering", severity: "warning" },
      { seen: "ok", phase: "recovering", reason: "recovering", severity: "warning" },
      { seen: "ok", phase: "inactive", reason: "recovered" },
    ];

    const walked = walk(rows, { settings: { confirmPolls: 1, recoverPolls: 1, keepFiringMs: 2 * PERIOD_MS } });

    expect(walked).toEqual(rows);
  });

  it("names the episode after the alert and the slot in which it fired", () => {
    const pending = stepAlert(quiet, aBreach(), aContext(1)).state;

    const { state } = stepAlert(pending, aBreach(), aContext(2));

    expect(state.episode).toEqual({ id: `${"a".repeat(32)}-${2 * PERIOD_MS}`, firedSlotMs: 2 * PERIOD_MS });
  });

  describe("a breach at the very first reading", () => {
    const now = aContext(1_000, { isFirstReading: true, settings: { ...settings, confirmPolls: 1 } });
    const ages = [
      { age: "8 days old", breachedSinceMs: now.slotMs - 8 * DAY_MS, severity: "warning", old: true },
      { age: "exactly 7 days old", breachedSinceMs: now.slotMs - 7 * DAY_MS, severity: "critical", old: undefined },
      { age: "of unknown age", breachedSinceMs: undefined, severity: "critical", old: undefined },
    ] as const;

    it.each(ages)("is told as $severity when $age", ({ breachedSinceMs, severity, old }) => {
      const { state } = stepAlert(quiet, aBreach("critical", breachedSinceMs), now);

      expect([state.severity, state.old]).toEqual([severity, old]);
    });

    it("stays capped until its rule has said ok, and not after", () => {
      const old = aBreach("critical", now.slotMs - 8 * DAY_MS);
      const later = { ...now, isFirstReading: false, settings: { ...now.settings, recoverPolls: 1, keepFiringMs: 0 } };
      const capped = stepAlert(stepAlert(quiet, old, now).state, old, later).state;
      const cleared = stepAlert(capped, ok, later).state;

      const { state } = stepAlert(cleared, old, later);

      expect([capped.severity, state.severity]).toEqual(["warning", "critical"]);
    });

    it("is not capped any more once it tells of a date that is still ahead", () => {
      const later = { ...now, isFirstReading: false };
      const capped = stepAlert(quiet, aBreach("critical", now.slotMs - 8 * DAY_MS), now).state;

      const ahead = stepAlert(capped, aBreach("critical"), later).state;
      const passed = stepAlert(ahead, aBreach("critical", later.slotMs), later).state;

      expect([capped, ahead, passed].map(({ severity, old }) => [severity, old])).toEqual([
        ["warning", true],
        ["critical", undefined],
        ["critical", undefined],
      ]);
    });
  });
});

const anObservation: fc.Arbitrary<Observation> = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...SEVERITIES).map((severity) => aBreach(severity)) },
  { weight: 4, arbitrary: fc.constant(ok) },
  { weight: 2, arbitrary: fc.constant(unknown) },
  { weight: 1, arbitrary: fc.constantFrom(...Object.values(seen).filter(({ verdict }) => verdict === "ended")) },
);
const someSettings = fc.record({
  confirmPolls: fc.integer({ min: 1, max: 4 }),
  recoverPolls: fc.integer({ min: 1, max: 4 }),
  keepFiringMs: fc.constantFrom(0, PERIOD_MS, 3 * PERIOD_MS),
});

function replay(observations: readonly Observation[], overrides: Partial<StepContext>): readonly AlertStep[] {
  let state = quiet;
  return observations.map((observation, poll) => {
    const step = stepAlert(state, observation, aContext(poll, overrides));
    state = step.state;
    return step;
  });
}

describe("properties of stepAlert()", () => {
  const runs = fc.tuple(fc.array(anObservation, { maxLength: 40 }), someSettings);

  it("I1: is deterministic and total, so that a replay rebuilds the state", () => {
    fc.assert(
      fc.property(runs, ([observations, some]) => {
        expect(replay(observations, { settings: some })).toEqual(replay(observations, { settings: some }));
      }),
    );
  });

  it("I3: has at most one episode open, and one exactly while firing or recovering", () => {
    fc.assert(
      fc.property(runs, ([observations, some]) => {
        for (const { state } of replay(observations, { settings: some })) {
          expect(state.episode !== undefined).toBe(isOpen(state));
        }
      }),
    );
  });

  it("I6: never changes phase on unknown", () => {
    fc.assert(
      fc.property(runs, ([observations, some]) => {
        const last = replay(observations, { settings: some }).at(-1)?.state ?? quiet;

        expect(stepAlert(last, unknown, aContext(99, { settings: some })).state).toEqual(last);
      }),
    );
  });

  it("I8: never lets the severity of an open episode fall", () => {
    fc.assert(
      fc.property(runs, ([observations, some]) => {
        const steps = replay(observations, { settings: some }).map(({ state }) => state);
        for (const [index, after] of steps.entries()) {
          const before = steps[index - 1];
          if (before?.episode === undefined || before.episode.id !== after.episode?.id) continue;
          expect(rank(after)).toBeGreaterThanOrEqual(rank(before));
        }
      }),
    );
  });
});

function rank({ severity }: AlertState): number {
  return severity === undefined ? -1 : SEVERITIES.indexOf(severity);
}
