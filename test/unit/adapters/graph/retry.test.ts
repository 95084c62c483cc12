import { describe, expect, it } from "vitest";
import type { GraphFailure, GraphOutcome } from "../../../../src/adapters/graph/graph-call.ts";
import { retry } from "../../../../src/adapters/graph/retry.ts";

const CALL = { method: "GET", url: "https://graph.microsoft.com/v1.0/x", headers: {} };
const PAGE: GraphOutcome = { kind: "page", status: 200, rows: [] };

function aFailure(overrides: Partial<GraphFailure> = {}): GraphFailure {
  return { kind: "failed", reason: "unavailable", retryable: true, status: 503, ...overrides };
}

/** A chain whose end gives the outcomes in turn, the last of them for ever, and whose sleep only moves the clock. */
function aRetriedChain({
  outcomes = [aFailure()],
  budgetMs = 60_000,
  random = 0,
  maxAttempts = 8,
  onSleep = (_abort: () => void): void => {},
}: {
  readonly outcomes?: readonly GraphOutcome[];
  readonly budgetMs?: number;
  readonly random?: number;
  readonly maxAttempts?: number;
  readonly onSleep?: (abort: () => void) => void;
}) {
  let nowMs = 1_000_000;
  const delaysMs: number[] = [];
  let calls = 0;
  const abortion = new AbortController();
  const link = retry({
    deadline: { atMs: nowMs + budgetMs, signal: abortion.signal },
    clock: { nowMs: () => nowMs },
    random: () => random,
    sleep: async (delayMs) => {
      delaysMs.push(delayMs);
      nowMs += delayMs;
      onSleep(() => abortion.abort());
    },
    maxAttempts,
  });
  const chain = link(async () => {
    calls += 1;
    return outcomes[Math.min(calls, outcomes.length) - 1] ?? PAGE;
  });
  return { run: () => chain(CALL), delaysMs, calls: () => calls };
}

describe("retry()", () => {
  it("sends a good request once", async () => {
    const { run, calls, delaysMs } = aRetriedChain({ outcomes: [PAGE] });

    expect(await run()).toBe(PAGE);
    expect(calls()).toBe(1);
    expect(delaysMs).toEqual([]);
  });

  it("repeats until the answer is good", async () => {
    const { run, calls } = aRetriedChain({ outcomes: [aFailure(), aFailure({ reason: "malformed" }), PAGE] });

    expect(await run()).toBe(PAGE);
    expect(calls()).toBe(3);
  });

  it("does not repeat what cannot get better", async () => {
    const forbidden = aFailure({ reason: "forbidden", retryable: false });
    const { run, calls } = aRetriedChain({ outcomes: [forbidden] });

    expect(await run()).toBe(forbidden);
    expect(calls()).toBe(1);
  });

  it("doubles the delay from 1 s to 16 s", async () => {
    const { run, delaysMs } = aRetriedChain({ budgetMs: 1_000_000 });

    await run();

    expect(delaysMs).toEqual([1_000, 2_000, 4_000, 8_000, 16_000, 16_000, 16_000]);
  });

  it("takes up to half of a delay away at random", async () => {
    const { run, delaysMs } = aRetriedChain({ random: 0.5, maxAttempts: 4 });

    await run();

    expect(delaysMs).toEqual([750, 1_500, 3_000]);
  });

  it("waits as long as Graph asks for, jitter or not", async () => {
    const { run, delaysMs } = aRetriedChain({ outcomes: [aFailure({ retryAfterMs: 9_000 }), PAGE], random: 0.9 });

    await run();

    expect(delaysMs).toEqual([9_000]);
  });

  it("waits longer than Graph asks for when the backoff has grown beyond it", async () => {
    const { run, delaysMs } = aRetriedChain({ outcomes: [aFailure({ retryAfterMs: 1_500 })], maxAttempts: 4 });

    await run();

    expect(delaysMs).toEqual([1_500, 2_000, 4_000]);
  });

  it("gives up at once, with the reason, when Graph asks for more time than is left", async () => {
    const throttled = aFailure({ reason: "throttled", retryAfterMs: 3_600_000 });
    const { run, calls, delaysMs } = aRetriedChain({ outcomes: [throttled] });

    expect(await run()).toBe(throttled);
    expect(calls()).toBe(1);
    expect(delaysMs).toEqual([]);
  });

  it.each([
    { budgetMs: 3_000, attempts: 2 },
    { budgetMs: 3_001, attempts: 3 },
  ])(
    "begins no attempt at or after the deadline: $attempts attempts in $budgetMs ms",
    async ({ budgetMs, attempts }) => {
      const { run, calls } = aRetriedChain({ budgetMs });

      await run();

      expect(calls()).toBe(attempts);
    },
  );

  it("stops after the last attempt even if no time passes", async () => {
    const { run, calls } = aRetriedChain({ budgetMs: Infinity, maxAttempts: 3 });

    await run();

    expect(calls()).toBe(3);
  });

  it("returns a final failure that comes with the deadline", async () => {
    const forbidden = aFailure({ reason: "forbidden", retryable: false, status: 403 });
    const { run } = aRetriedChain({ outcomes: [aFailure(), forbidden], onSleep: (abort) => abort() });

    expect(await run()).toBe(forbidden);
  });

  it("returns the failure before the attempt that the deadline cut off", async () => {
    const throttled = aFailure({ reason: "throttled", status: 429 });
    const cutOff: GraphFailure = { kind: "failed", reason: "unavailable", retryable: true };
    const { run } = aRetriedChain({ outcomes: [throttled, cutOff], onSleep: (abort) => abort() });

    expect(await run()).toBe(throttled);
  });
});
