import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type FailedAttempt, scheduleRetry } from "../../../../src/domain/delivery/schedule-retry.ts";

const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;

function anAttempt(overrides: Partial<FailedAttempt> = {}): FailedAttempt {
  return { attempts: 1, firstAttemptAtMs: 0, failedAtMs: 0, random: 0.5, ...overrides };
}

describe("scheduleRetry()", () => {
  it.each([
    { attempts: 1, pauseMs: 5 * SECOND_MS },
    { attempts: 2, pauseMs: MINUTE_MS },
    { attempts: 3, pauseMs: 5 * MINUTE_MS },
    { attempts: 4, pauseMs: 15 * MINUTE_MS },
    { attempts: 5, pauseMs: 30 * MINUTE_MS },
    { attempts: 6, pauseMs: 30 * MINUTE_MS },
    { attempts: 140, pauseMs: 30 * MINUTE_MS },
  ])("waits $pauseMs ms after attempt $attempts", ({ attempts, pauseMs }) => {
    const decision = scheduleRetry(anAttempt({ attempts, failedAtMs: HOUR_MS }));

    expect(decision).toEqual({ kind: "retry", nextAttemptAtMs: HOUR_MS + pauseMs });
  });

  it.each([
    { random: 0, pauseMs: 48_000 },
    { random: 0.25, pauseMs: 54_000 },
    { random: 0.999_999_9, pauseMs: 72_000 },
  ])("spreads a pause of one minute to $pauseMs ms when random is $random", ({ random, pauseMs }) => {
    expect(scheduleRetry(anAttempt({ attempts: 2, random }))).toEqual({ kind: "retry", nextAttemptAtMs: pauseMs });
  });

  it.each([
    { label: "a longer wish, without jitter", retryAfterMs: 120 * SECOND_MS, pauseMs: 120 * SECOND_MS },
    { label: "at most 24 h of a wish", retryAfterMs: 100 * HOUR_MS, pauseMs: 24 * HOUR_MS },
    { label: "its own pause over a shorter wish", retryAfterMs: SECOND_MS, pauseMs: 4 * SECOND_MS },
  ])("takes $label", ({ retryAfterMs, pauseMs }) => {
    expect(scheduleRetry(anAttempt({ random: 0, retryAfterMs }))).toEqual({ kind: "retry", nextAttemptAtMs: pauseMs });
  });

  it.each([
    { label: "just inside 72 h", failedAtMs: 71.5 * HOUR_MS, want: { kind: "retry", nextAttemptAtMs: 72 * HOUR_MS } },
    { label: "past 72 h", failedAtMs: 71.5 * HOUR_MS + 1, want: { kind: "give-up", reason: "retry-window-over" } },
  ])("ends the retries by the next attempt: $label", ({ failedAtMs, want }) => {
    expect(scheduleRetry(anAttempt({ attempts: 9, failedAtMs }))).toEqual(want);
  });

  it("gives up when the receiver asks for a time past 72 h", () => {
    const decision = scheduleRetry(anAttempt({ attempts: 9, failedAtMs: 60 * HOUR_MS, retryAfterMs: 13 * HOUR_MS }));

    expect(decision.kind).toBe("give-up");
  });

  it("comes to an end within 72 h for any luck and any wish (I9)", () => {
    const lucks = fc.array(
      fc.record({ random: fc.double({ min: 0, max: 0.999, noNaN: true }), retryAfterMs: fc.nat() }),
      {
        minLength: 200,
        maxLength: 200,
      },
    );

    fc.assert(
      fc.property(lucks, (steps) => {
        let nowMs = 0;
        let attempts = 0;
        for (const step of steps) {
          attempts += 1;
          const decision = scheduleRetry({ ...step, attempts, firstAttemptAtMs: 0, failedAtMs: nowMs });
          if (decision.kind === "give-up") return;
          expect(decision.nextAttemptAtMs).toBeGreaterThan(nowMs);
          nowMs = decision.nextAttemptAtMs;
        }
        expect.unreachable(`still trying after ${attempts} attempts`);
      }),
      { seed: 4, numRuns: 50 },
    );
  });
});
