import { defined } from "../defined.ts";
import type { ConnectionPast } from "./recall-connection.ts";
import { combine, cutWindow, type Interval, type Span, type Timeline } from "./timeline.ts";
import { canSayDown, speaksOfDown, type UptimePart, uptimeRatio } from "./uptime-part.ts";

/** How long a connection was up in a window. The four parts add up to the window. */
export interface Uptime {
  readonly upMs: number;
  readonly downMs: number;
  /** It was not watched, not judged, or could not be seen. */
  readonly unknownMs: number;
  readonly maintenanceMs: number;
  /** Up and down: what the ratio is of. */
  readonly coveredMs: number;
  /** 0 to 1, cut after four digits, so that one failure never reads 1; absent when nothing is covered. */
  readonly ratio?: number;
  /** Outages of which some time counted; what nobody could see of them and maintenance do not split them. */
  readonly incidents: number;
  /** How long those that ended in the window lasted in it; absent when none did. */
  readonly meanTimeToRecoverMs?: number;
}

/** Says whether the uptime of a connection means anything: a rule that judges it can say that it is down. */
export function hasUptime({ alerts }: ConnectionPast): boolean {
  return alerts.some(({ ruleId }) => canSayDown(ruleId));
}

/** Adds up how long a connection was up and down in a window; outages of several rules at once count once. */
export function connectionUptime(past: ConnectionPast, window: Span): Uptime {
  const down = downTimeline(past);
  const parts = cutWindow(partTimeline(past, down), window, String);
  const [upMs, downMs] = [lengthOf(parts, "up"), lengthOf(parts, "down")];
  const coveredMs = upMs + downMs;
  const incidents = cutWindow(down, window, String).filter(
    (outage) => outage.value && parts.some((part) => part.value === "down" && overlap(part, outage)),
  );
  const recoveredMs = incidents.filter(({ toMs }) => toMs < window.toMs).map(({ fromMs, toMs }) => toMs - fromMs);
  return {
    upMs,
    downMs,
    unknownMs: lengthOf(parts, "unknown"),
    maintenanceMs: lengthOf(parts, "maintenance"),
    coveredMs,
    incidents: incidents.length,
    ...defined({
      ratio: uptimeRatio(upMs, downMs),
      meanTimeToRecoverMs: recoveredMs.length === 0 ? undefined : sum(recoveredMs) / recoveredMs.length,
    }),
  };
}

function downTimeline({ alerts }: ConnectionPast): Timeline<boolean> {
  const never: Timeline<boolean> = { first: false, turns: [] };
  return alerts.reduce(
    (down, { ruleId, standing }) => combine(down, standing, (isDown, past) => isDown || speaksOfDown(ruleId, past)),
    never,
  );
}

function partTimeline({ sight, maintenance }: ConnectionPast, down: Timeline<boolean>): Timeline<UptimePart> {
  const seen = combine(sight, down, ({ isWatched, standing, blind }, isDown) => {
    const isKnown = isWatched && blind === undefined && (isDown || standing === "active");
    return { isWatched, part: isKnown ? toPart(isDown) : ("unknown" as const) };
  });
  return combine(seen, maintenance, ({ isWatched, part }, windows): UptimePart => {
    return isWatched && windows.length > 0 ? "maintenance" : part;
  });
}

function toPart(isDown: boolean): UptimePart {
  return isDown ? "down" : "up";
}

function lengthOf(parts: readonly Interval<UptimePart>[], wanted: UptimePart): number {
  return sum(parts.filter(({ value }) => value === wanted).map(({ fromMs, toMs }) => toMs - fromMs));
}

function overlap(a: Span, b: Span): boolean {
  return a.fromMs < b.toMs && b.fromMs < a.toMs;
}

function sum(numbers: readonly number[]): number {
  let total = 0;
  for (const number of numbers) total += number;
  return total;
}
