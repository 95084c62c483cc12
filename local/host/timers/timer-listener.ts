import type { TimerFunction } from "../index-functions.ts";
import { createTimerInvocation } from "../invocation.ts";
import type { Listener } from "../listener.ts";
import { type Log, messageOf } from "../logs.ts";
import type { RpcInvocationRequest } from "../rpc.ts";
import { type Clock, setAlarm } from "./alarm.ts";
import { planTimerStart, statusAfterRun, type TimerReason } from "./timer-decisions.ts";
import type { TimerStatusStore } from "./timer-status.ts";

/** What a timer listener works with. */
export interface TimerListenerDeps {
  readonly clock: Clock;
  readonly store: TimerStatusStore;
  /** Runs the function; resolves when it has ended, whatever its outcome. */
  readonly run: (request: RpcInvocationRequest) => Promise<unknown>;
  readonly log: Log;
}

/** Stands in for the storage of a timer without monitor. */
const NO_STORE: TimerStatusStore = { read: () => Promise.resolve(undefined), write: () => Promise.resolve() };

/**
 * Runs a timer function at its times, never twice at once; a failed run does not stop the schedule.
 * @throws {Error} When the stored status cannot be read.
 */
export async function startTimerListener(deps: TimerListenerDeps, fn: TimerFunction): Promise<Listener> {
  const { clock } = deps;
  const store = fn.useMonitor ? deps.store : NO_STORE;
  const start = planTimerStart({ ...fn, stored: await store.read(fn.name) }, clock.nowMs());
  let { status } = start;
  let running = Promise.resolve();
  let isStopped = false;

  const save = (): Promise<void> =>
    store.write(fn.name, status).catch((error: unknown) => {
      const message = `Cannot write the timer status of ${fn.name}: ${messageOf(error)}`;
      deps.log({ level: "error", category: "Host.Triggers.Timer", message });
    });
  const fire = async (reason: TimerReason): Promise<void> => {
    const startedAtMs = clock.nowMs();
    const shown = fn.useMonitor ? status : undefined;
    await deps.run(createTimerInvocation(fn, { status: shown, isPastDue: reason === "past-due" }));
    status = statusAfterRun(fn.schedule, { status, startedAtMs, reason });
    await save();
    if (!isStopped) {
      cancelAlarm = wait(status.nextMs, "due");
    }
  };
  const wait = (atMs: number, reason: TimerReason): (() => void) =>
    setAlarm(clock, atMs, () => {
      running = fire(reason);
    });

  if (start.isChanged) {
    await save();
  }
  let cancelAlarm = wait(start.runNow === undefined ? status.nextMs : clock.nowMs(), start.runNow ?? "due");
  return {
    async stop() {
      isStopped = true;
      cancelAlarm();
      await running;
    },
  };
}
