import * as fc from "fast-check";
import type { Phase } from "../../../../src/domain/alerts/alert-state.ts";
import { defined } from "../../../../src/domain/defined.ts";
import type { Change, ConnectionEvent } from "../../../../src/domain/history/connection-event.ts";
import { type ConnectionRecord, reachesBack } from "../../../../src/domain/history/recall-connection.ts";
import type { Severity } from "../../../../src/domain/rules/rule.ts";
import type { QuietReason } from "../../../../src/domain/suppression/quiet-reason.ts";
import { anAlert, anEvent, aSource, aState, minute, PERIOD_MS } from "./a-record.ts";

/* What was true in each minute is made up first; the events that polls would have written are made from it. */

/** So many minutes are made up. */
export const LENGTH = 40;

/** The rules whose alerts are made up. */
export const RULES = ["partner-state", "heartbeat-age", "connection-missing", "data-problem"] as const;

/** One of them. */
export type MadeUpRule = (typeof RULES)[number];

/** An alert in one minute. */
export interface AlertMinute {
  readonly phase: Phase;
  readonly severity?: Severity;
  readonly episode?: string;
}

/** All that was true in one minute. */
export interface Minute {
  readonly isSeen: boolean;
  readonly isPresent: boolean;
  readonly standing: "active" | "retired";
  readonly isBlind: boolean;
  readonly isMaintained: boolean;
  readonly alerts: Readonly<Record<MadeUpRule, AlertMinute>>;
}

/** A past, and the window of it that is asked for. */
export interface MadeUpPast {
  readonly minutes: readonly Minute[];
  readonly fromMinute: number;
  readonly toMinute: number;
  /** Events of the connection before this minute are no longer kept. */
  readonly keptFrom: number;
  /** So many events are read at a time. */
  readonly pageSize: number;
}

/** A stretch of minutes: `to` is the first one after it. */
export interface Run {
  readonly from: number;
  readonly to: number;
}

type Move = "stay" | "breach" | "warning" | "error" | "critical" | "ok" | "end";

const INACTIVE: AlertMinute = { phase: "inactive" };
const COVERS: QuietReason = { kind: "maintenance", name: "w" };

const moves = fc.array(
  fc.constantFrom<Move>("stay", "stay", "stay", "breach", "warning", "error", "critical", "ok", "end"),
  { minLength: LENGTH, maxLength: LENGTH },
);

/** Stretches of a few minutes, so that states meet in all ways. */
const stretches = fc
  .array(fc.record({ length: fc.integer({ min: 1, max: 9 }), value: fc.boolean() }), { minLength: LENGTH })
  .map((list) => list.flatMap(({ length, value }) => Array.from({ length }, () => value)));

/** Makes up pasts of one connection. */
export const madeUpPasts: fc.Arbitrary<MadeUpPast> = fc
  .record({
    moves: fc.tuple(moves, moves, moves, moves),
    mayChangeSeverity: fc.boolean(),
    firstSeen: fc.integer({ min: 0, max: 12 }),
    isCalm: fc.boolean(),
    gone: stretches,
    retired: stretches,
    blind: stretches,
    maintained: stretches,
    window: fc.uniqueArray(fc.integer({ min: 0, max: LENGTH }), { minLength: 2, maxLength: 2 }),
    kept: fc.double({ min: 0, max: 1, noNaN: true }),
    pageSize: fc.integer({ min: 1, max: 6 }),
  })
  .map(({ window, mayChangeSeverity, kept, pageSize, ...made }) => {
    const [fromMinute = 0, toMinute = LENGTH] = window.toSorted((a, b) => a - b);
    const tracks = made.moves.map((track, index) => playAlert(track, RULES[index] ?? "", mayChangeSeverity));
    const minutes = Array.from({ length: LENGTH }, (_, m): Minute => {
      const isSeen = m >= made.firstSeen;
      const isPresent = made.isCalm || m <= made.firstSeen || made.gone[m] !== true;
      const alertOf = (index: number) => (isSeen && isPresent ? tracks[index]?.[m] : undefined) ?? INACTIVE;
      return {
        isSeen,
        isPresent,
        standing: made.isCalm || made.retired[m] !== true ? "active" : "retired",
        isBlind: made.blind[m] === true,
        isMaintained: made.maintained[m] === true,
        alerts: {
          "partner-state": alertOf(0),
          "heartbeat-age": alertOf(1),
          "connection-missing": alertOf(2),
          "data-problem": alertOf(3),
        },
      };
    });
    // What was before a changed severity can be told by older events alone.
    return { minutes, fromMinute, toMinute, pageSize, keptFrom: mayChangeSeverity ? 0 : Math.floor(kept * fromMinute) };
  });

/** Writes what polls would have written down of a past and would remember of it, read back page by page. */
export function toRecord({ minutes, fromMinute, keptFrom, pageSize }: MadeUpPast): ConnectionRecord {
  const lastSlotMs = minute(LENGTH - 1);
  const lived = minutes.flatMap((now, m) => toEvent(m, changesIn(minutes[m - 1], now)));
  const stored = lived.filter(({ slotMs }) => slotMs >= minute(keptFrom)).toReversed();
  const events: ConnectionEvent[] = [];
  for (let read = 0; read < stored.length && !reachesBack(events, minute(fromMinute)); read += pageSize) {
    events.push(...stored.slice(read, read + pageSize));
  }
  const last = minutes.at(-1);
  const gaps = runsOf(minutes, ({ isBlind }) => isBlind);
  const running = gaps.find(({ to }) => to === LENGTH);
  const source =
    running === undefined
      ? aSource({ lastGoodAtMs: lastSlotMs })
      : aSource({ outcome: "unreadable", reason: "throttled", lastGoodAtMs: minute(running.from) });
  return {
    state: aState({
      lastSlotMs,
      firstSeenAtMs: minute(minutes.findIndex(({ isSeen }) => isSeen)),
      standing:
        last?.standing === "retired" ? { standing: "retired", reason: "severed-and-silent" } : { standing: "active" },
      alerts: Object.fromEntries(RULES.map((ruleId) => [ruleId, stateOf(ruleId, last?.alerts[ruleId] ?? INACTIVE)])),
    }),
    isLive: last?.isPresent === true,
    periodMs: PERIOD_MS,
    source,
    tenant: aState({ activeWindows: last?.isMaintained === true ? [WINDOW] : [] }),
    events,
    sourceEvents: gaps
      .filter(({ to }) => to < LENGTH)
      .map(({ from, to }) => anEvent(to, { type: "gap", fromMs: minute(from), toMs: minute(to), reason: "throttled" }))
      .toReversed(),
    tenantEvents: minutes.flatMap((now, m) => toEvent(m, windowChange(minutes[m - 1], now))).toReversed(),
  };
}

/** Finds the stretches of which something holds. */
export function runsOf<T>(list: readonly T[], holds: (one: T) => boolean): readonly Run[] {
  const isIn = (m: number) => list.slice(m, m + 1).some(holds);
  const all = Array.from({ length: list.length + 1 }, (_, m) => m);
  const starts = all.filter((m) => isIn(m) && (m === 0 || !isIn(m - 1)));
  return starts.map((from) => ({ from, to: all.find((m) => m > from && !isIn(m)) ?? list.length }));
}

function playAlert(track: readonly Move[], rule: string, mayChangeSeverity: boolean): readonly AlertMinute[] {
  let now = INACTIVE;
  return track.map((one, m) => {
    now = hasEpisode(now) ? goOn(now, one, mayChangeSeverity) : begin(now, one, `${rule}-${m}`);
    return now;
  });
}

function hasEpisode({ phase }: AlertMinute): boolean {
  return phase === "firing" || phase === "recovering";
}

function begin(now: AlertMinute, move: Move, episode: string): AlertMinute {
  if (move === "stay") return now;
  if (move === "breach") return { phase: "pending", severity: "warning" };
  return move === "ok" || move === "end" ? INACTIVE : { phase: "firing", severity: move, episode };
}

function goOn(now: AlertMinute, move: Move, mayChangeSeverity: boolean): AlertMinute {
  if (move === "stay") return now;
  if (move === "end") return INACTIVE;
  if (move === "ok") return { ...now, phase: "recovering" };
  const mayRise = mayChangeSeverity && now.phase === "firing" && move !== "breach";
  return { ...now, phase: "firing", ...(mayRise ? { severity: move } : {}) };
}

/** The window is known to cover the connection by the alert that it keeps quiet. */
function stateOf(ruleId: MadeUpRule, { phase, severity = "info", episode = "none" }: AlertMinute) {
  const quiet = ruleId === "data-problem" ? [COVERS] : [];
  return anAlert({ ruleId, phase, severity, quiet, episode: { id: episode, firedSlotMs: 0 } });
}

function toEvent(m: number, changes: readonly Change[]): readonly ConnectionEvent[] {
  return changes.length === 0 ? [] : [anEvent(m, ...changes)];
}

function changesIn(before: Minute | undefined, now: Minute): readonly Change[] {
  if (!now.isSeen) return [];
  const known = before?.isSeen === true ? before : undefined;
  return [
    ...presenceChange(known, now),
    ...(known === undefined || known.standing === now.standing
      ? []
      : [{ type: "standing" as const, from: known.standing, to: now.standing }]),
    ...RULES.flatMap((ruleId) => alertChange(ruleId, known?.alerts[ruleId] ?? INACTIVE, now.alerts[ruleId])),
  ];
}

function presenceChange(before: Minute | undefined, { isPresent }: Minute): readonly Change[] {
  if (before === undefined) return [{ type: "appeared", returned: false }];
  if (before.isPresent === isPresent) return [];
  return [isPresent ? { type: "appeared", returned: true } : { type: "disappeared", reason: "connection-gone" }];
}

function alertChange(ruleId: MadeUpRule, from: AlertMinute, to: AlertMinute): readonly Change[] {
  if (from.phase === to.phase && from.severity === to.severity && from.episode === to.episode) return [];
  const isOneEpisode = from.episode !== undefined && from.episode === to.episode;
  const reason = isOneEpisode && from.severity !== to.severity ? "severity-rose" : "confirmed";
  const { severity, episode } = { ...from, ...to };
  return [
    { type: "alert", ruleId, from: from.phase, to: to.phase, reason, told: {}, ...defined({ severity, episode }) },
  ];
}

const WINDOW = { name: "w", match: {} };

function windowChange(before: Minute | undefined, { isMaintained }: Minute): readonly Change[] {
  if (isMaintained === (before?.isMaintained ?? false)) return [];
  return [{ type: "maintenance", began: isMaintained ? [WINDOW] : [], ended: isMaintained ? [] : [WINDOW] }];
}
