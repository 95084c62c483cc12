import { describe, expect, it } from "vitest";
import type { DeliverDeps } from "../../../src/app/drain.ts";
import type { AttemptOutcome } from "../../../src/domain/delivery/conclude-attempt.ts";
import { aDrainWorld, aRowOf, NOTHING_DONE } from "../../fakes/drain-world.ts";
import { createFakeNotifier } from "../../fakes/fake-notifier.ts";

function never(): Promise<AttemptOutcome> {
  return new Promise(() => undefined);
}

function throwWhenAborted(_delayMs: number, signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener("abort", () => reject(new Error("aborted")));
  });
}

describe("sendMessage()", () => {
  it("takes a send that does not come back in 20 s for a failure, and goes on", async () => {
    const world = aDrainWorld([aRowOf("a"), aRowOf("b")]);
    const waits: number[] = [];
    const sleep: DeliverDeps["sleep"] = async (delayMs) => {
      waits.push(delayMs);
    };

    const report = await world.drain({ notifierOf: async () => ({ ...createFakeNotifier(), send: never }), sleep });

    expect(report).toEqual({ ...NOTHING_DONE, failed: 2 });
    expect(waits).toEqual([20_000, 20_000]);
    expect(await world.rows()).toMatchObject([{ lastFailure: "send-timeout" }, { lastFailure: "send-timeout" }]);
  });

  it.each(["accepts", "overloaded"] as const)("waits no longer once the receiver has answered (%s)", async (mood) => {
    const world = aDrainWorld([aRowOf("a")]);
    world.ops.setMood(mood);
    const signals: AbortSignal[] = [];
    const sleep: DeliverDeps["sleep"] = (_delayMs, signal) => {
      signals.push(signal);
      return new Promise(() => undefined);
    };

    await world.drain({ sleep });

    expect(signals.map(({ aborted }) => aborted)).toEqual([true]);
  });

  it("is not disturbed by a wait that ends by throwing", async () => {
    const world = aDrainWorld([aRowOf("a")]);

    expect(await world.drain({ sleep: throwWhenAborted })).toEqual({ ...NOTHING_DONE, sent: 1 });
  });
});
