import type { SilenceBody } from "../../src/http/contract/silences.ts";
import type { WindowBody } from "../../src/http/contract/windows.ts";
import { parseDuration, sayDistance, sayDuration, sayMoment } from "./say-time.ts";

/** Says which alerts a silence covers: "connection Jamf*, rule heartbeat-age"; "everything" when nothing is named. */
export function describeMatch(match: SilenceBody["match"]): string {
  const parts = [
    ["connection", match.connection],
    ["kind", match.kind],
    ["rule", match.rule],
    ["severity", match.severity],
  ].flatMap(([name, value]) => (value === undefined ? [] : [`${name} ${value}`]));
  return parts.length === 0 ? "everything" : parts.join(", ");
}

/** Says whether a silence is on, still to come, or over. */
export function silenceState({ fromDateTime, untilDateTime }: SilenceBody, nowMs: number): "on" | "to come" | "over" {
  if (nowMs >= Date.parse(untilDateTime)) return "over";
  return nowMs < Date.parse(fromDateTime) ? "to come" : "on";
}

const WEEKDAY_WORDS: Readonly<Record<WindowBody["weekdays"][number], string>> = {
  mon: "Mon",
  tue: "Tue",
  wed: "Wed",
  thu: "Thu",
  fri: "Fri",
  sat: "Sat",
  sun: "Sun",
};

/** Says when a maintenance window is: "Sat, Sun from 22:30 (Europe/Berlin) for 2 h". */
export function describeWindow({ weekdays, start, duration, timeZone }: WindowBody): string {
  const days = weekdays.length === 7 ? "Every day" : weekdays.map((day) => WEEKDAY_WORDS[day]).join(", ");
  return `${days} from ${start} (${timeZone}) for ${sayDuration(parseDuration(duration) ?? 0)}`;
}

/** Says whether a maintenance window is on: "On now, until 04:00 UTC", else "Next: Sat 22:00 UTC, in 5 days". */
export function windowState({ isActive, untilDateTime, nextStartDateTime }: WindowBody, nowMs: number): string {
  if (isActive) {
    return untilDateTime === undefined ? "On now" : `On now, until ${sayMoment(Date.parse(untilDateTime), nowMs)}`;
  }
  if (nextStartDateTime === undefined) return "Not on now";
  const startMs = Date.parse(nextStartDateTime);
  return `Next: ${sayMoment(startMs, nowMs)}, ${sayDistance(startMs, nowMs)}`;
}
