import type { ThresholdBody } from "../../src/http/contract/connections.ts";
import type { SnapshotBody } from "../../src/http/contract/history.ts";
import { DAY_MS, parseDuration } from "./say-time.ts";

/** A curve over time; both lists are equally long, and times ascend. */
export interface Curve {
  /** What the value is: how old the last contact was, or how long a date was ahead. */
  readonly measure: "age" | "left";
  /** Epoch seconds. */
  readonly times: readonly number[];
  /** Hours; null where nothing was read for so long that a line would be a guess. */
  readonly hours: readonly (number | null)[];
  /** Lines across, calmest first. */
  readonly limits: readonly { readonly severity: ThresholdBody["severity"]; readonly hours: number }[];
}

const HOUR_MS = DAY_MS / 24;

/** Snapshots are kept at each change, else each hour or at each poll where those are rarer: so many missing mean that nothing was read. */
const GAP_COUNT = 3;

/** By what a curve is drawn beside its readings. */
interface DrawSettings {
  readonly thresholds: readonly ThresholdBody[];
  readonly nowMs: number;
  /** Between two polls; 0 when it is not known. */
  readonly periodMs: number;
}

interface Point {
  readonly atMs: number;
  /** The contact or date as read then; undefined when there was none. */
  readonly dateMs: number | undefined;
}

/**
 * Draws the age of the last contact over time, as a saw: it climbs by itself and falls to zero with each contact. Of a date
 * ahead it draws the time left.
 *
 * @param snapshots In any order.
 * @returns undefined when there is nothing to draw.
 */
export function toCurve(
  snapshots: readonly SnapshotBody[],
  { thresholds, nowMs, periodMs }: DrawSettings,
): Curve | undefined {
  const [first] = snapshots;
  if (first === undefined) return undefined;
  const { reading } = first;
  const measure = reading.kind === "connector" && reading.meaning === "expiry" ? "left" : "age";
  const points = snapshots.map(toPoint).toSorted((a, b) => a.atMs - b.atMs);
  if (points.every(({ dateMs }) => dateMs === undefined)) return undefined;
  const gapMs = GAP_COUNT * Math.max(HOUR_MS, periodMs);
  const drawn = measure === "left" ? drawLeft(points) : drawAge(points, gapMs);
  const last = points.at(-1);
  const tail = last === undefined || nowMs - last.atMs > gapMs ? [] : tailOf(last, measure, nowMs);
  const all = [...drawn, ...tail].filter(({ atMs }, index, list) => index === 0 || atMs > (list[index - 1]?.atMs ?? 0));
  return {
    measure,
    times: all.map(({ atMs }) => Math.round(atMs / 1_000)),
    hours: all.map(({ valueMs }) => (valueMs === null ? null : valueMs / HOUR_MS)),
    limits: limitsOf(thresholds, measure),
  };
}

interface Drawn {
  readonly atMs: number;
  readonly valueMs: number | null;
}

function toPoint({ observedDateTime, reading }: SnapshotBody): Point {
  const date = reading.kind === "connector" ? reading.eventDate : reading.lastContact;
  return { atMs: Date.parse(observedDateTime), dateMs: date ? Date.parse(date.dateTime) : undefined };
}

function drawLeft(points: readonly Point[]): readonly Drawn[] {
  return points.map(({ atMs, dateMs }) => ({ atMs, valueMs: dateMs === undefined ? null : dateMs - atMs }));
}

function drawAge(points: readonly Point[], gapMs: number): readonly Drawn[] {
  return points.flatMap((point, index) => {
    const before = points[index - 1];
    return [...(before === undefined ? [] : between(before, point, gapMs)), ageAt(point, point.atMs)];
  });
}

/** What lies between two readings: a contact that came in between, or a gap. */
function between(before: Point, { atMs, dateMs }: Point, gapMs: number): readonly Drawn[] {
  if (atMs - before.atMs > gapMs) return [{ atMs: before.atMs + 1_000, valueMs: null }];
  const isNew = dateMs !== undefined && dateMs > before.atMs + 2_000 && dateMs < atMs - 1_000;
  return isNew ? [ageAt(before, dateMs - 1_000), { atMs: dateMs, valueMs: 0 }] : [];
}

function ageAt({ dateMs }: Point, atMs: number): Drawn {
  return { atMs, valueMs: dateMs === undefined ? null : Math.max(0, atMs - dateMs) };
}

/** From the last reading, which may still be believed, to now. */
function tailOf(last: Point, measure: Curve["measure"], nowMs: number): readonly Drawn[] {
  if (last.dateMs === undefined) return [];
  return [{ atMs: nowMs, valueMs: measure === "left" ? last.dateMs - nowMs : Math.max(0, nowMs - last.dateMs) }];
}

function limitsOf(thresholds: readonly ThresholdBody[], measure: Curve["measure"]): Curve["limits"] {
  return thresholds
    .filter(({ side, ruleId }) => (measure === "left" ? ruleId === "expiry" : side !== "within"))
    .flatMap(({ severity, duration }) => {
      const ms = parseDuration(duration);
      return ms === undefined ? [] : [{ severity, hours: ms / HOUR_MS }];
    });
}
