import type { HostConfig } from "./host-config.ts";
import type { AppFunction, QueueFunction, TimerFunction } from "./index-functions.ts";
import { createInvocation, createTimerInvocation } from "./invocation.ts";
import type { Listener } from "./listener.ts";
import { type Log, messageOf } from "./logs.ts";
import { startQueueListener } from "./queues/queue-listener.ts";
import { toTriggerMetadata } from "./queues/trigger-metadata.ts";
import type { RpcInvocationRequest, RpcInvocationResponse } from "./rpc.ts";
import { SYSTEM_CLOCK } from "./timers/alarm.ts";
import { startTimerListener } from "./timers/timer-listener.ts";
import type { TimerStatusStore } from "./timers/timer-status.ts";

/** What triggers work with. */
export interface TriggerDeps {
  readonly config: HostConfig;
  readonly execute: (name: string, request: RpcInvocationRequest) => Promise<RpcInvocationResponse>;
  readonly store: TimerStatusStore;
  readonly log: Log;
  /** How long a received message is hidden from others. */
  readonly hiddenMs: number;
}

/**
 * Lets a timer or a queue trigger its function.
 * @throws {Error} When the stored status of a timer cannot be read.
 */
export async function startListener(deps: TriggerDeps, fn: TimerFunction | QueueFunction): Promise<Listener> {
  const run = async (request: RpcInvocationRequest): Promise<boolean> =>
    (await deps.execute(fn.name, request)).result.status === "success";
  return fn.type === "timer"
    ? startTimerListener({ ...deps, clock: SYSTEM_CLOCK, run }, fn)
    : startQueueListener({ ...deps, options: deps.config.queues, run }, fn);
}

/** Runs a function once at a person's request: a timer that is never past due, or a queue function with a made-up message. */
export async function fireByHand(deps: TriggerDeps, fn: AppFunction, input: string): Promise<void> {
  try {
    await deps.execute(fn.name, await createManualInvocation(deps, fn, input));
  } catch (error) {
    deps.log({ level: "error", category: "Host", message: `Cannot run ${fn.name} by hand: ${messageOf(error)}` });
  }
}

async function createManualInvocation(
  { store }: TriggerDeps,
  fn: AppFunction,
  input: string,
): Promise<RpcInvocationRequest> {
  if (fn.type === "timer") {
    const status = fn.useMonitor ? await store.read(fn.name) : undefined;
    return createTimerInvocation(fn, { status, isPastDue: false });
  }
  return createInvocation(fn, { data: { string: input }, metadata: toTriggerMetadata(input) });
}
