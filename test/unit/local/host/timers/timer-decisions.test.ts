import { describe, expect, it } from "vitest";
import {
  planTimerStart,
  statusAfterRun,
  type TimerReason,
  type TimerStatus,
} from "../../../../../local/host/timers/timer-decisions.ts";
import { aSchedule } from "./a-schedule.ts";

const at = (time: string): number => Date.parse(`2026-11-22T${time}Z`);
const QUARTERLY = aSchedule("0 */15 * * * *");

function aStatus(status: Partial<TimerStatus> = {}): TimerStatus {
  return { lastMs: at("10:00:00"), nextMs: at("10:15:00"), lastUpdatedMs: at("10:00:00"), ...status };
}

describe("planTimerStart()", () => {
  const facts = { schedule: QUARTERLY, runOnStartup: false };

  it("writes a first status and waits when nothing is stored", () => {
    const start = planTimerStart({ ...facts, stored: undefined }, at("10:07:30"));

    expect(start).toEqual({
      status: { nextMs: at("10:15:00"), lastUpdatedMs: at("10:07:30") },
      isChanged: true,
    });
  });

  it.each([
    { now: "10:14:59", want: undefined },
    { now: "10:15:00", want: undefined },
    { now: "10:15:01", want: "past-due" },
    { now: "23:00:00", want: "past-due" },
  ])("runs $want at $now when 10:15 is stored as the next time", ({ now, want }) => {
    const start = planTimerStart({ ...facts, stored: aStatus() }, at(now));

    expect(start).toEqual({ status: aStatus(), isChanged: false, ...(want === undefined ? {} : { runNow: want }) });
  });

  it("runs at startup when asked to and nothing was missed", () => {
    const start = planTimerStart({ ...facts, runOnStartup: true, stored: aStatus() }, at("10:07:30"));

    expect(start.runNow).toBe("startup");
  });

  it("prefers past due over startup", () => {
    const start = planTimerStart({ ...facts, runOnStartup: true, stored: aStatus() }, at("11:00:00"));

    expect(start.runNow).toBe("past-due");
  });

  it("does not run at once after a change of schedule whose time is over", () => {
    const stored = aStatus({ nextMs: at("10:05:00") });

    const start = planTimerStart({ ...facts, stored }, at("11:07:30"));

    expect(start).toEqual({
      status: { nextMs: at("11:15:00"), lastUpdatedMs: at("11:07:30") },
      isChanged: true,
    });
  });

  it("keeps counting from the last run after a change of schedule whose time is still to come", () => {
    const stored = aStatus({ nextMs: at("11:00:00") });

    const start = planTimerStart({ ...facts, stored }, at("10:07:30"));

    expect(start).toEqual({
      status: { nextMs: at("10:15:00"), lastUpdatedMs: at("10:00:00") },
      isChanged: true,
    });
  });

  it("is past due for a timer that never ran", () => {
    const stored = { nextMs: at("10:15:00"), lastUpdatedMs: at("10:07:30") };

    const start = planTimerStart({ ...facts, stored }, at("10:20:00"));

    expect(start).toEqual({ status: stored, isChanged: false, runNow: "past-due" });
  });
});

describe("statusAfterRun()", () => {
  it.each<{ label: string; startedAt: string; reason: TimerReason; last: string; next: string }>([
    { label: "in time", startedAt: "10:15:00.020", reason: "due", last: "10:15:00.020", next: "10:30:00" },
    { label: "early", startedAt: "10:14:59.900", reason: "due", last: "10:15:00", next: "10:30:00" },
    { label: "late", startedAt: "10:50:00", reason: "due", last: "10:50:00", next: "11:00:00" },
    { label: "past due", startedAt: "11:07:00", reason: "past-due", last: "11:07:00", next: "11:15:00" },
    { label: "at startup", startedAt: "10:07:00", reason: "startup", last: "10:07:00", next: "10:15:00" },
  ])("waits until $next after a run that began $label", ({ startedAt, reason, last, next }) => {
    const status = statusAfterRun(QUARTERLY, { status: aStatus(), startedAtMs: at(startedAt), reason });

    expect(status).toEqual({ lastMs: at(last), nextMs: at(next), lastUpdatedMs: at(last) });
  });

  it("counts an interval from the start of the run", () => {
    const status = statusAfterRun(aSchedule("00:05:00"), {
      status: aStatus(),
      startedAtMs: at("10:16:00"),
      reason: "due",
    });

    expect(status.nextMs).toBe(at("10:21:00"));
  });
});
