import type { AlertBody } from "../../src/http/contract/alerts.ts";
import type { ConnectionBody } from "../../src/http/contract/connections.ts";
import { parseDuration, sayDuration } from "./say-time.ts";

/** A value beside the limit that it is judged by. */
export interface Measured {
  readonly value: string;
  readonly limit: string | undefined;
  /** How much of the way to the limit is gone, 0 to 1; undefined where that says nothing. */
  readonly ratio: number | undefined;
}

/**
 * Says what a connection measures against what: what its gravest open alert says, else its age or the time left against the
 * calmest limit. Ages are those of this moment, not of the last poll.
 */
export function measureOf(connection: ConnectionBody, nowMs: number): Measured | undefined {
  const [alert] = connection.alerts;
  return (alert && measureOfAlert(connection, alert, nowMs)) ?? measureOfRest(connection, nowMs);
}

/** Says what one alert measured against its limit. */
export function measureOfAlert(connection: ConnectionBody, alert: AlertBody, nowMs: number): Measured | undefined {
  const { measured, threshold } = alert.evaluation ?? {};
  if (measured === undefined) return undefined;
  const value = `${measured.value}`;
  switch (measured.unit) {
    case "duration": {
      const ageMs = ageOf(connection, alert, nowMs) ?? toMs(value);
      return { value: sayDuration(ageMs), limit: sayLimit(limitOf(threshold)), ratio: 1 };
    }
    case "date":
      return left(Date.parse(value) - nowMs, limitOf(threshold));
    case "count":
      return { value: `${alert.measure} ${value}`, limit: threshold && `limit ${threshold.value}`, ratio: 1 };
    case "text":
      return { value, limit: undefined, ratio: undefined };
  }
}

function limitOf(threshold: NonNullable<AlertBody["evaluation"]>["threshold"]): number | undefined {
  return threshold && toMs(threshold.value);
}

function toMs(duration: string | number): number {
  return parseDuration(`${duration}`) ?? 0;
}

/** Only a silence grows by itself; what else is a duration was measured by the poll. */
function ageOf({ lastContactDateTime }: ConnectionBody, { ruleId }: AlertBody, nowMs: number): number | undefined {
  const isSilence = ruleId === "heartbeat-age" || ruleId === "sync-age";
  return isSilence && typeof lastContactDateTime === "string" ? nowMs - Date.parse(lastContactDateTime) : undefined;
}

function measureOfRest(connection: ConnectionBody, nowMs: number): Measured | undefined {
  const { lastContactDateTime, deadlines, thresholds, standing } = connection;
  if (standing !== "active") return undefined;
  const aged = thresholds.find(({ side }) => side !== "within");
  const agedLimitMs = aged && parseDuration(aged.duration);
  if (typeof lastContactDateTime === "string" && agedLimitMs !== undefined) {
    const ageMs = Math.max(0, nowMs - Date.parse(lastContactDateTime));
    return {
      value: sayDuration(ageMs),
      limit: sayLimit(agedLimitMs),
      ratio: Math.min(1, ageMs / agedLimitMs),
    };
  }
  const [next] = deadlines;
  const near = thresholds.find(({ side }) => side === "within");
  return next && near && left(Date.parse(next.dateTime) - nowMs, parseDuration(near.duration));
}

function left(leftMs: number, limitMs: number | undefined): Measured {
  const value = leftMs >= 0 ? `${sayDuration(leftMs)} left` : `passed ${sayDuration(-leftMs)} ago`;
  const ratio = limitMs === undefined || leftMs <= 0 ? 1 : Math.min(1, limitMs / leftMs);
  return { value, limit: sayLimit(limitMs), ratio };
}

function sayLimit(limitMs: number | undefined): string | undefined {
  return limitMs === undefined || limitMs === 0 ? undefined : `limit ${sayDuration(limitMs)}`;
}
