import { nextRunMs, type Schedule } from "./schedule.ts";

/** What a timer remembers between two runs of the host; epoch milliseconds. */
export interface TimerStatus {
  /** Start of the last run; absent before the first run and after a change of schedule. */
  readonly lastMs?: number;
  readonly nextMs: number;
  /** The moment from which `nextMs` was computed. */
  readonly lastUpdatedMs: number;
}

/** Why a timer runs: at its time, at once since a time was missed, or because it asks for a run at each start. */
export type TimerReason = "due" | "past-due" | "startup";

/** What the timer listener does when it starts. */
export interface TimerStart {
  readonly status: TimerStatus;
  /** Whether `status` differs from what is stored. */
  readonly isChanged: boolean;
  /** A run to do at once; absent when the timer waits for `status.nextMs`. */
  readonly runNow?: "past-due" | "startup";
}

/** What a start is judged by. */
export interface TimerStartFacts {
  readonly schedule: Schedule;
  readonly stored: TimerStatus | undefined;
  readonly runOnStartup: boolean;
}

/**
 * Decides how a timer starts: one run at once when a time was missed, however many there were.
 *
 * A stored next time that does not follow from the stored last time means a changed schedule, which is never past due.
 * Source: azure-webjobs-sdk-extensions, Timers/Scheduling/ScheduleMonitor.cs and Timers/Listener/TimerListener.cs.
 */
export function planTimerStart(facts: TimerStartFacts, nowMs: number): TimerStart {
  const { schedule, stored } = facts;
  const status = stored === undefined ? statusFrom(schedule, nowMs) : checkSchedule(schedule, stored, nowMs);
  const start = { status, isChanged: status !== stored };
  if (nowMs > status.nextMs) {
    return { ...start, runNow: "past-due" };
  }
  return facts.runOnStartup ? { ...start, runNow: "startup" } : start;
}

function statusFrom(schedule: Schedule, lastUpdatedMs: number): TimerStatus {
  return { nextMs: nextRunMs(schedule, lastUpdatedMs), lastUpdatedMs };
}

function checkSchedule(schedule: Schedule, stored: TimerStatus, nowMs: number): TimerStatus {
  const expected = statusFrom(schedule, stored.lastMs ?? stored.lastUpdatedMs);
  if (expected.nextMs === stored.nextMs) {
    return stored;
  }
  return nowMs > expected.nextMs ? statusFrom(schedule, nowMs) : expected;
}

/** A run that has ended. */
export interface TimerRun {
  readonly status: TimerStatus;
  readonly startedAtMs: number;
  readonly reason: TimerReason;
}

/**
 * Returns the status after a run, whatever its outcome.
 *
 * The next time follows the start of the run: what was missed during a long run is made up for by one run.
 * A run that began early counts as having begun in time, or its occurrence would run twice.
 * Source: azure-webjobs-sdk-extensions, Timers/Listener/TimerListener.cs, InvokeJobFunction.
 */
export function statusAfterRun(schedule: Schedule, { status, startedAtMs, reason }: TimerRun): TimerStatus {
  const lastMs = reason === "due" ? Math.max(startedAtMs, status.nextMs) : startedAtMs;
  return { lastMs, nextMs: nextRunMs(schedule, lastMs), lastUpdatedMs: lastMs };
}
