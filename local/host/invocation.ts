import { randomBytes, randomUUID } from "node:crypto";
import type { AppFunction, TimerFunction } from "./index-functions.ts";
import type { RpcInvocationRequest, RpcTypedData } from "./rpc.ts";
import type { TimerStatus } from "./timers/timer-decisions.ts";
import { toStatusJson } from "./timers/timer-status.ts";

/** What triggers a call, and what is known about it. */
export interface TriggerData {
  readonly data: RpcTypedData;
  readonly metadata?: Readonly<Record<string, RpcTypedData>>;
  /** W3C trace parent of the caller. @default a new one */
  readonly traceParent?: string | undefined;
}

/** Builds the call of a function. */
export function createInvocation(fn: AppFunction, trigger: TriggerData): RpcInvocationRequest {
  const traceParent =
    trigger.traceParent ?? `00-${randomBytes(16).toString("hex")}-${randomBytes(8).toString("hex")}-00`;
  return {
    invocationId: randomUUID(),
    functionId: fn.name,
    inputData: [{ name: fn.triggerName, data: trigger.data }],
    triggerMetadata: trigger.metadata ?? {},
    traceContext: { traceParent, traceState: "", attributes: {} },
  };
}

/** Builds the call of a timer function; without a status when the timer has no monitor. */
export function createTimerInvocation(
  fn: TimerFunction,
  { status, isPastDue }: { readonly status: TimerStatus | undefined; readonly isPastDue: boolean },
): RpcInvocationRequest {
  const json = JSON.stringify({
    Schedule: { AdjustForDST: fn.schedule.kind === "cron" },
    ScheduleStatus: status === undefined ? null : toStatusJson(status),
    IsPastDue: isPastDue,
  });
  return createInvocation(fn, { data: { json } });
}
