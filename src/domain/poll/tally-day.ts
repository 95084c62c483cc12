import { isRow, type Reading } from "../connections/reading.ts";
import { drawDay, letterOf, moveBar } from "../history/bar90.ts";
import {
  closeDay,
  type DailyRollup,
  type DayCondition,
  type DayTally,
  type DayTurn,
  dayOf,
  NO_DAY,
  turnDay,
} from "../history/daily.ts";
import { speaksOfDown, type UptimePart } from "../history/uptime-part.ts";
import { VERDICTS, type Verdict } from "../rules/verdict.ts";
import { matchesConnection } from "../suppression/match-connection.ts";
import { GAP_PERIODS } from "../time.ts";
import { DAY_MS } from "../units.ts";
import type { ConnectionState } from "./connection-state.ts";
import type { PollContext, Sighting } from "./poll-context.ts";
import type { ConnectionStep } from "./step-connection.ts";
import { verdictOf } from "./verdict-of.ts";

/** A connection after a poll, its day included. */
export interface TalliedDay {
  readonly state: ConnectionState;
  /** Days that are over, oldest first; undefined when none is. */
  readonly daily: readonly DailyRollup[] | undefined;
}

/** Of a connection that has left nothing is known until it returns. */
const LEFT: DayCondition = { verdict: "unknown", part: "unknown" };

/**
 * Adds the time since a connection's last poll to its day: the condition in which that one left it, for at most 3 periods. The
 * first poll of a day closes the day before, whatever it sees; one with which the connection leaves closes its own day too.
 *
 * Blindness begins with the last good read, as gaps do: a blind poll says nothing of the time since the one before.
 * @param previous Undefined at the first sighting.
 */
export function tallyDay(
  previous: ConnectionState | undefined,
  { state, changes, isGone }: ConnectionStep,
  { sighting, context }: { readonly sighting: Sighting; readonly context: PollContext },
): TalliedDay {
  const { connectionKey } = state;
  const isBlind = cannotSee(state.reading, sighting);
  const turn = turnSince(previous, isBlind, context);
  const fired = changes.filter((change) => change.type === "alert" && change.reason === "confirmed").length;
  const totals = { ...turn.today, fired: turn.today.fired + fired };
  const isUnseen = isBlind || sighting.kind === "unwatched";
  const today = { ...totals, now: isGone ? LEFT : conditionOf(state, isUnseen, context) };
  const dayMs = dayOf(context.slotMs);
  const endedMs = dayOf(previous?.lastSlotMs ?? dayMs);
  const daily = [
    ...(turn.ended === undefined ? [] : [closeDay(turn.ended, { connectionKey, dayMs: endedMs })]),
    ...(isGone ? [closeDay(totals, { connectionKey, dayMs })] : []),
  ];
  const bar90 = drawDay(barSince(previous, turn, dayMs), letterOf(verdictsOf(today)));
  return { state: { ...state, today, bar90 }, daily: daily.length === 0 ? undefined : daily };
}

/** Of a state that an older version wrote, the day begins with this poll. */
function turnSince(previous: ConnectionState | undefined, isBlind: boolean, context: PollContext): DayTurn {
  if (previous?.today === undefined) return { today: NO_DAY };
  const { lastSlotMs: fromMs, today } = previous;
  const { verdict, part } = today.now;
  const condition: DayCondition = isBlind
    ? { verdict: verdictOf(previous, true), part: part === "maintenance" ? part : "unknown" }
    : { verdict, part };
  const knownToMs = fromMs + GAP_PERIODS * context.periodMs;
  return turnDay(today, { fromMs, toMs: context.slotMs, knownToMs, condition });
}

function barSince(previous: ConnectionState | undefined, { ended }: DayTurn, dayMs: number): string | undefined {
  if (previous?.bar90 === undefined) return undefined;
  const { bar90, lastSlotMs } = previous;
  const drawn = ended === undefined ? bar90 : drawDay(bar90, letterOf(verdictsOf(ended)));
  return moveBar(drawn, (dayMs - dayOf(lastSlotMs)) / DAY_MS);
}

function verdictsOf({
  verdictsMs,
  now,
}: Pick<DayTally, "verdictsMs"> & { readonly now?: DayCondition }): readonly Verdict[] {
  return VERDICTS.filter((verdict) => verdictsMs[verdict] !== undefined || now?.verdict === verdict);
}

/** A source or tenant that could not be read is seen to be so, and yet nothing is known of it. */
function cannotSee(reading: Reading, { kind }: Sighting): boolean {
  if (reading.kind === "source") return reading.outcome !== "read";
  if (reading.kind === "tenant") return !reading.readable;
  return kind === "blind";
}

function conditionOf(state: ConnectionState, isUnseen: boolean, context: PollContext): DayCondition {
  return { verdict: verdictOf(state, isUnseen), part: partOf(state, isUnseen, context) };
}

/** Says of the present what the uptime of a past window says: what is no partner and no connector is neither up nor down. */
function partOf(
  { reading, alerts, standing }: ConnectionState,
  isUnseen: boolean,
  { suppression }: PollContext,
): UptimePart {
  if (!isRow(reading)) return "unknown";
  const { connectionId, displayName: connectionName, kind: connectionKind } = reading;
  const subject = { connectionId, connectionName, connectionKind };
  if (suppression.windows.some(({ match }) => matchesConnection(match, subject))) return "maintenance";
  if (isUnseen) return "unknown";
  if (Object.values(alerts).some((alert) => speaksOfDown(alert.ruleId, alert))) return "down";
  return standing.standing === "active" ? "up" : "unknown";
}
