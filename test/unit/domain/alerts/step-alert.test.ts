import { describe, expect, it } from "vitest";
import type { AlertState, Observation } from "../../../../src/domain/alerts/alert-state.ts";
import { type AlertStep, type StepContext, stepAlert } from "../../../../src/domain/alerts/step-alert.ts";
import type { Severity } from "../../../../src/domain/rules/rule.ts";
import { DAY_MS, HOUR_MS } from "../../../../src/domain/units.ts";
import { ALERT_KEY, aBreach, aContext, anAlert, PERIOD_MS, quiet, settings } from "./an-alert.ts";

const atOnce = { confirmPolls: 1, recoverPolls: 1, keepFiringMs: 0 };

const ok: Observation = { verdict: "ok", reason: "in-touch" };
const unknown: Observation = { verdict: "unknown", reason: "source-unreadable" };
const seen: Readonly<Record<string, Observation>> = {
  breach: aBreach(),
  error: aBreach({ severity: "error" }),
  critical: aBreach({ severity: "critical" }),
  info: aBreach({ severity: "info" }),
  ok,
  unknown,
  retired: { verdict: "not-applicable", reason: "retired" },
  "not configured": { verdict: "not-applicable", reason: "not-configured" },
  ignored: { verdict: "not-applicable", reason: "ignored" },
  off: { verdict: "not-applicable", reason: "rule-off" },
  "no date": { verdict: "not-applicable", reason: "no-date" },
  gone: { verdict: "ended", reason: "connection-gone" },
  unwatched: { verdict: "ended", reason: "source-not-watched" },
  removed: { verdict: "ended", reason: "removed-from-configuration" },
};

/** One poll: what is seen, and what has to become of the alert. */
interface Row {
  readonly seen: string;
  /** Polls since the row before; 1 unless told otherwise. */
  readonly after?: number;
  /** Names the limits judged by, where they are not those of the other rows. */
  readonly limits?: string;
  readonly phase: AlertState["phase"];
  readonly reason: AlertStep["reason"];
  readonly severity?: Severity;
}

/** Feeds each row the state that the row before returned. */
function walk(rows: readonly Row[], overrides: Partial<StepContext> = {}, start = quiet): readonly Row[] {
  let state = start;
  let poll = 0;
  return rows.map((row) => {
    const { after = 1, limits: judgedBy = "limits" } = row;
    poll += after;
    const step = stepAlert(
      state,
      seen[row.seen] ?? ok,
      aContext(poll, { sinceLastMs: after * PERIOD_MS, judgedBy, ...overrides }),
    );
    state = step.state;
    const { severity: _, ...given } = row;
    const severity = state.severity === undefined ? {} : { severity: state.severity };
    return { ...given, phase: state.phase, reason: step.reason, ...severity };
  });
}

/** A warning that fires from the second of these rows on. */
const FIRES: readonly Row[] = [
  { seen: "breach", phase: "pending", reason: "confirming", severity: "warning" },
  { seen: "breach", phase: "firing", reason: "confirmed", severity: "warning" },
];

/** A critical alert that fires from the second of these rows on. */
const FIRES_CRITICAL: readonly Row[] = [
  { seen: "critical", phase: "pending", reason: "confirming", severity: "critical" },
  { seen: "critical", phase: "firing", reason: "confirmed", severity: "critical" },
];

function aCritical(breachedSinceMs?: number): Observation {
  return aBreach({ severity: "critical", ...(breachedSinceMs === undefined ? {} : { breachedSinceMs }) });
}

describe("stepAlert()", () => {
  const stories: Readonly<Record<string, readonly Row[]>> = {
    "row 2, 4: is pending until enough breaches came in a row, then fires with the severity of the last": [
      { seen: "ok", phase: "inactive", reason: "still-ok" },
      { seen: "breach", phase: "pending", reason: "confirming", severity: "warning" },
      { seen: "error", phase: "firing", reason: "confirmed", severity: "error" },
      { seen: "error", phase: "firing", reason: "still-firing", severity: "error" },
    ],
    "row 3: forgets a breach that was not confirmed": [
      { seen: "breach", phase: "pending", reason: "confirming", severity: "warning" },
      { seen: "ok", phase: "inactive", reason: "cleared-before-confirmed" },
      { seen: "breach", phase: "pending", reason: "confirming", severity: "warning" },
    ],
    "row 5: rises at once with the breach": [
      ...FIRES,
      { seen: "error", phase: "firing", reason: "severity-rose", severity: "error" },
      { seen: "critical", phase: "firing", reason: "severity-rose", severity: "critical" },
    ],
    "row 6: falls once the calmer breach has held for keepFiring": [
      ...FIRES_CRITICAL,
      { seen: "breach", phase: "firing", reason: "still-firing", severity: "critical" },
      { seen: "breach", phase: "firing", reason: "still-firing", severity: "critical" },
      { seen: "breach", phase: "firing", reason: "severity-fell", severity: "warning" },
      { seen: "error", phase: "firing", reason: "severity-rose", severity: "error" },
    ],
    "row 6: falls to the gravest of what has held": [
      ...FIRES_CRITICAL,
      { seen: "info", phase: "firing", reason: "still-firing", severity: "critical" },
      { seen: "error", phase: "firing", reason: "still-firing", severity: "critical" },
      { seen: "info", phase: "firing", reason: "severity-fell", severity: "error" },
      { seen: "info", phase: "firing", reason: "still-firing", severity: "error" },
      { seen: "info", phase: "firing", reason: "severity-fell", severity: "info" },
    ],
    "row 6: begins the hold anew after a breach as grave as before": [
      ...FIRES_CRITICAL,
      { seen: "breach", phase: "firing", reason: "still-firing", severity: "critical" },
      { seen: "critical", phase: "firing", reason: "still-firing", severity: "critical" },
      { seen: "breach", phase: "firing", reason: "still-firing", severity: "critical" },
      { seen: "breach", phase: "firing", reason: "still-firing", severity: "critical" },
      { seen: "breach", phase: "firing", reason: "severity-fell", severity: "warning" },
    ],
    "row 6: does not hold through an ok": [
      ...FIRES_CRITICAL,
      { seen: "breach", phase: "firing", reason: "still-firing", severity: "critical" },
      { seen: "ok", phase: "recovering", reason: "recovering", severity: "critical" },
      { seen: "breach", phase: "firing", reason: "relapsed", severity: "critical" },
      { seen: "breach", phase: "firing", reason: "still-firing", severity: "critical" },
      { seen: "breach", phase: "firing", reason: "severity-fell", severity: "warning" },
    ],
    "row 7, 9: recovers, and resolves after enough oks over enough time": [
      ...FIRES,
      { seen: "ok", phase: "recovering", reason: "recovering", severity: "warning" },
      { seen: "ok", phase: "recovering", reason: "recovering", severity: "warning" },
      { seen: "ok", phase: "inactive", reason: "recovered" },
    ],
    "row 8: relapses into the same episode, and may rise by it": [
      ...FIRES,
      { seen: "ok", phase: "recovering", reason: "recovering", severity: "warning" },
      { seen: "ok", phase: "recovering", reason: "recovering", severity: "warning" },
      { seen: "breach", phase: "firing", reason: "relapsed", severity: "warning" },
      { seen: "ok", phase: "recovering", reason: "recovering", severity: "warning" },
      { seen: "error", phase: "firing", reason: "severity-rose", severity: "error" },
      { seen: "ok", phase: "recovering", reason: "recovering", severity: "error" },
      { seen: "ok", phase: "recovering", reason: "recovering", severity: "error" },
      { seen: "ok", phase: "inactive", reason: "recovered" },
    ],
    "row 10, 12: counts on where it was before it was blind": [
      { seen: "unknown", phase: "inactive", reason: "kept-while-blind" },
      { seen: "breach", phase: "pending", reason: "confirming", severity: "warning" },
      { seen: "unknown", phase: "pending", reason: "kept-while-blind", severity: "warning" },
      { seen: "breach", phase: "firing", reason: "confirmed", severity: "warning" },
      { seen: "unknown", phase: "firing", reason: "kept-while-blind", severity: "warning" },
    ],
    "row 10: lets no time of a recovery pass while blind": [
      ...FIRES,
      { seen: "ok", phase: "recovering", reason: "recovering", severity: "warning" },
      { seen: "unknown", phase: "recovering", reason: "kept-while-blind", severity: "warning" },
      { seen: "unknown", phase: "recovering", reason: "kept-while-blind", severity: "warning" },
      { seen: "ok", phase: "recovering", reason: "recovering", severity: "warning" },
      { seen: "ok", phase: "inactive", reason: "recovered" },
    ],
    "row 10: holds no calmer severity while blind": [
      ...FIRES_CRITICAL,
      { seen: "breach", phase: "firing", reason: "still-firing", severity: "critical" },
      { seen: "unknown", phase: "firing", reason: "kept-while-blind", severity: "critical" },
      { seen: "breach", phase: "firing", reason: "still-firing", severity: "critical" },
      { seen: "breach", phase: "firing", reason: "severity-fell", severity: "warning" },
    ],
    "row 11: ends at once when the connection is gone": [
      ...FIRES,
      { seen: "gone", phase: "inactive", reason: "connection-gone" },
      { seen: "gone", phase: "inactive", reason: "connection-gone" },
    ],
    "row 13: closes at once when other limits say ok": [
      ...FIRES,
      { seen: "ok", limits: "others", phase: "inactive", reason: "rule-changed" },
      { seen: "ok", limits: "others", phase: "inactive", reason: "still-ok" },
    ],
    "row 13: closes a recovery by other limits at once": [
      ...FIRES,
      { seen: "ok", phase: "recovering", reason: "recovering", severity: "warning" },
      { seen: "ok", limits: "others", phase: "inactive", reason: "rule-changed" },
    ],
    "row 13: forgets a breach that other limits do not see": [
      { seen: "breach", phase: "pending", reason: "confirming", severity: "warning" },
      { seen: "ok", limits: "others", phase: "inactive", reason: "rule-changed" },
    ],
    "row 13: takes the severity of other limits without any hold": [
      ...FIRES_CRITICAL,
      { seen: "breach", limits: "others", phase: "firing", reason: "severity-fell", severity: "warning" },
      { seen: "error", limits: "others again", phase: "firing", reason: "severity-rose", severity: "error" },
    ],
    "row 13: recovers as ever by the limits it was judged by last": [
      ...FIRES,
      { seen: "breach", limits: "others", phase: "firing", reason: "still-firing", severity: "warning" },
      { seen: "ok", limits: "others", phase: "recovering", reason: "recovering", severity: "warning" },
      { seen: "ok", limits: "others", phase: "recovering", reason: "recovering", severity: "warning" },
      { seen: "ok", limits: "others", phase: "inactive", reason: "recovered" },
    ],
    "row 13: judges a change of limits when it can see again": [
      ...FIRES,
      { seen: "unknown", limits: "others", phase: "firing", reason: "kept-while-blind", severity: "warning" },
      { seen: "ok", limits: "others", phase: "inactive", reason: "rule-changed" },
    ],
    "row 14: lets no time of a recovery pass in a gap of more than 3 periods": [
      ...FIRES,
      { seen: "ok", phase: "recovering", reason: "recovering", severity: "warning" },
      { seen: "ok", after: 4, phase: "recovering", reason: "recovering", severity: "warning" },
      { seen: "ok", phase: "recovering", reason: "recovering", severity: "warning" },
      { seen: "ok", phase: "inactive", reason: "recovered" },
    ],
    "row 14: takes 3 periods for no gap": [
      ...FIRES,
      { seen: "ok", phase: "recovering", reason: "recovering", severity: "warning" },
      { seen: "ok", after: 3, phase: "recovering", reason: "recovering", severity: "warning" },
      { seen: "ok", phase: "inactive", reason: "recovered" },
    ],
    "row 14: keeps what a breach has counted through a gap": [
      { seen: "breach", phase: "pending", reason: "confirming", severity: "warning" },
      { seen: "breach", after: 9, phase: "firing", reason: "confirmed", severity: "warning" },
    ],
    "row 14: holds no calmer severity through a gap": [
      ...FIRES_CRITICAL,
      { seen: "breach", phase: "firing", reason: "still-firing", severity: "critical" },
      { seen: "breach", after: 9, phase: "firing", reason: "still-firing", severity: "critical" },
    ],
    "row 16: ends a pending breach that is judged no more": [
      { seen: "breach", phase: "pending", reason: "confirming", severity: "warning" },
      { seen: "retired", phase: "inactive", reason: "retired" },
      { seen: "no date", phase: "inactive", reason: "not-applicable" },
    ],
  };

  it.each(Object.entries(stories))("%s", (_, rows) => {
    expect(walk(rows)).toEqual(rows);
  });

  it.each([
    ["retired", "retired"],
    ["not configured", "not-configured"],
    ["ignored", "ignored"],
    ["off", "rule-off"],
    ["no date", "not-applicable"],
    ["unwatched", "source-not-watched"],
    ["removed", "removed-from-configuration"],
  ] as const)("row 16: ends an episode at once when it is %s, and says so", (ended, reason) => {
    const rows: Row[] = [...FIRES, { seen: ended, phase: "inactive", reason }];

    expect(walk(rows)).toEqual(rows);
  });

  it("row 1, 9: fires at the first breach and resolves at the first ok when one poll is enough", () => {
    const rows: Row[] = [
      { seen: "breach", phase: "firing", reason: "confirmed", severity: "warning" },
      { seen: "ok", phase: "inactive", reason: "recovered" },
    ];

    expect(walk(rows, { settings: atOnce })).toEqual(rows);
  });

  it("row 6: falls at once where nothing is held", () => {
    const rows: Row[] = [
      { seen: "critical", phase: "firing", reason: "confirmed", severity: "critical" },
      { seen: "breach", phase: "firing", reason: "severity-fell", severity: "warning" },
    ];

    expect(walk(rows, { settings: atOnce })).toEqual(rows);
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

  it("row 13: takes limits without a name for these", () => {
    const rows: Row[] = [{ seen: "ok", phase: "recovering", reason: "recovering", severity: "warning" }];

    expect(walk(rows, {}, anAlert("firing"))).toEqual(rows);
  });

  it("row 13: begins anew with comings and goings after other limits have closed it", () => {
    const flaps = { firedSlotsMs: [0], clearedSlotsMs: [], changedSlotMs: 0 };
    const firing = anAlert("firing", { judgedBy: "others", flaps });

    expect(stepAlert(firing, ok, aContext(1)).state.flaps).toBeUndefined();
  });

  it("remembers the slot in which its phase was entered", () => {
    const slow = { settings: { confirmPolls: 3, recoverPolls: 3, keepFiringMs: 0 } };
    const story = ["ok", "breach", "breach", "breach", "breach", "ok", "ok", "breach", "ok", "ok", "ok", "ok"];
    let state = quiet;

    const entered = story.map((name, poll) => {
      state = stepAlert(state, seen[name] ?? aBreach(), aContext(poll, slow)).state;
      return state.sinceSlotMs / PERIOD_MS;
    });

    expect(entered).toEqual([0, 1, 1, 3, 3, 5, 5, 7, 8, 8, 10, 10]);
  });

  const sinceThen = { info: 3 * PERIOD_MS, warning: 3 * PERIOD_MS };

  it.each([
    { story: ["critical", "info", "error", "info"], severity: "error", calmer: sinceThen },
    { story: ["critical", "error", "error", "error"], severity: "error", calmer: undefined },
    { story: ["critical", "info", "error", "info", "error"], severity: "error", calmer: undefined },
  ] as const)("keeps of what is calmer only what is still to come after $story", ({ story, severity, calmer }) => {
    let state = quiet;
    for (const [poll, seenThen] of story.entries()) {
      const slow = { settings: { confirmPolls: 1, recoverPolls: 1, keepFiringMs: 2 * PERIOD_MS } };
      state = stepAlert(state, aBreach({ severity: seenThen }), aContext(poll, slow)).state;
    }

    expect([state.severity, state.calmer]).toEqual([severity, calmer]);
  });

  it.each([true, false])("counts comings and goings where they may flap: %s", (mayFlap) => {
    const once = { settings: { confirmPolls: 1, recoverPolls: 1, keepFiringMs: 0 }, mayFlap };
    let state = quiet;
    for (let poll = 0; poll < 6; poll += 1) {
      state = stepAlert(state, poll % 2 === 0 ? aBreach() : (seen["ok"] ?? aBreach()), aContext(poll, once)).state;
    }

    expect(state.flaps?.sinceSlotMs !== undefined).toBe(mayFlap);
  });

  it("names the episode after the alert and the slot in which it fired", () => {
    const pending = stepAlert(quiet, aBreach(), aContext(1)).state;

    const { state } = stepAlert(pending, aBreach(), aContext(2));

    expect(state.episode).toEqual({ id: `${ALERT_KEY}-${2 * PERIOD_MS}`, firedSlotMs: 2 * PERIOD_MS });
  });

  it("row 5, 15: marks on the clock of people when it rose, and only then", () => {
    const marks = (["warning", "error"] as const).map(
      (severity) => stepAlert(anAlert("firing"), aBreach({ severity }), aContext(9)).state.episode?.escalatedAtMs,
    );

    expect(marks).toEqual([undefined, 9 * PERIOD_MS + 1_000]);
  });

  describe("while flapping", () => {
    const flaps = { firedSlotsMs: [0], clearedSlotsMs: [], changedSlotMs: 0, sinceSlotMs: 0 };
    const told = { ops: { severity: "warning", slotMs: 0 } } as const;
    const once = { settings: atOnce };

    it("moves between firing and recovering within one episode that was told", () => {
      const rows: Row[] = [
        { seen: "ok", phase: "recovering", reason: "kept-open-while-flapping", severity: "warning" },
        { seen: "ok", phase: "recovering", reason: "kept-open-while-flapping", severity: "warning" },
        { seen: "breach", phase: "firing", reason: "relapsed", severity: "warning" },
        { seen: "ok", phase: "recovering", reason: "kept-open-while-flapping", severity: "warning" },
      ];

      expect(walk(rows, once, anAlert("firing", { flaps, told }))).toEqual(rows);
    });

    it("closes an episode that nobody was told of", () => {
      const rows: Row[] = [{ seen: "ok", phase: "inactive", reason: "recovered" }];

      expect(walk(rows, once, anAlert("firing", { flaps }))).toEqual(rows);
    });

    it("says recovering as long as it would not close anyhow", () => {
      const rows: Row[] = [{ seen: "ok", phase: "recovering", reason: "recovering", severity: "warning" }];

      expect(walk(rows, {}, anAlert("firing", { flaps, told }))).toEqual(rows);
    });

    it("ends when there is nothing left to judge", () => {
      const rows: Row[] = [{ seen: "ignored", phase: "inactive", reason: "ignored" }];

      expect(walk(rows, once, anAlert("firing", { flaps, told }))).toEqual(rows);
    });

    it.each([
      { seen: "ok", phase: "inactive", reason: "recovered" },
      { seen: "breach", phase: "firing", reason: "still-firing" },
    ] as const)("is over after 48 hours without a change, at $seen: $phase", ({ seen: last, phase, reason }) => {
      const before = anAlert(last === "ok" ? "recovering" : "firing", { flaps, told, oks: 1, firstOkSlotMs: 0 });

      const { state, reason: said } = stepAlert(before, seen[last] ?? ok, aContext((48 * HOUR_MS) / PERIOD_MS, once));

      expect([state.phase, said, state.flaps]).toEqual([phase, reason, undefined]);
    });

    it.each([
      { when: "blind", observation: unknown, sinceLastMs: PERIOD_MS },
      { when: "the monitor did not run", observation: ok, sinceLastMs: 48 * HOUR_MS },
    ])("is not calmed by time in which $when", ({ observation, sinceLastMs }) => {
      const before = anAlert("recovering", { flaps, told, oks: 1, firstOkSlotMs: 0 });
      const context = aContext((48 * HOUR_MS) / PERIOD_MS, { ...once, sinceLastMs });

      const { state } = stepAlert(before, observation, context);

      expect(state.flaps).toMatchObject({ sinceSlotMs: 0, changedSlotMs: sinceLastMs });
    });

    it("begins with the 3rd episode", () => {
      const before = anAlert("inactive", { flaps: { firedSlotsMs: [0, 1], clearedSlotsMs: [], changedSlotMs: 0 } });

      expect(stepAlert(before, aBreach(), aContext(3, once)).state.flaps?.sinceSlotMs).toBe(3 * PERIOD_MS);
    });
  });

  describe("a breach at the very first reading", () => {
    const now = aContext(1_000, { isFirstReading: true, settings: { ...settings, confirmPolls: 1 } });
    const ages = [
      { age: "8 days old", breachedSinceMs: now.slotMs - 8 * DAY_MS, severity: "warning", old: true },
      { age: "exactly 7 days old", breachedSinceMs: now.slotMs - 7 * DAY_MS, severity: "critical", old: undefined },
      { age: "of unknown age", breachedSinceMs: undefined, severity: "critical", old: undefined },
    ] as const;

    it.each(ages)("is told as $severity when $age", ({ breachedSinceMs, severity, old }) => {
      const { state } = stepAlert(quiet, aCritical(breachedSinceMs), now);

      expect([state.severity, state.old]).toEqual([severity, old]);
    });

    it("is told as the information that it is, however old", () => {
      const old = aBreach({ severity: "info", breachedSinceMs: now.slotMs - 8 * DAY_MS });

      expect(stepAlert(quiet, old, now).state.severity).toBe("info");
    });

    it("stays capped until its rule has said ok, and not after", () => {
      const old = aCritical(now.slotMs - 8 * DAY_MS);
      const later = { ...now, isFirstReading: false, settings: { ...now.settings, recoverPolls: 1, keepFiringMs: 0 } };
      const capped = stepAlert(stepAlert(quiet, old, now).state, old, later).state;
      const cleared = stepAlert(capped, ok, later).state;

      const { state } = stepAlert(cleared, old, later);

      expect([capped.severity, state.severity]).toEqual(["warning", "critical"]);
    });

    it("stays capped while nothing is judged", () => {
      const old = aCritical(now.slotMs - 8 * DAY_MS);
      const later = { ...now, isFirstReading: false };
      const capped = stepAlert(quiet, old, now).state;
      const ignored = stepAlert(capped, { verdict: "not-applicable", reason: "ignored" }, later).state;

      const { state } = stepAlert(ignored, old, later);

      expect(state.severity).toBe("warning");
    });

    it("is not capped any more once it tells of a date that is still ahead", () => {
      const later = { ...now, isFirstReading: false };
      const capped = stepAlert(quiet, aCritical(now.slotMs - 8 * DAY_MS), now).state;

      const ahead = stepAlert(capped, aCritical(), later).state;
      const passed = stepAlert(ahead, aCritical(later.slotMs), later).state;

      expect([capped, ahead, passed].map(({ severity, old }) => [severity, old])).toEqual([
        ["warning", true],
        ["critical", undefined],
        ["critical", undefined],
      ]);
    });
  });
});
