/** Stands for the death of the process behind a port call: the call has had its effect, its caller never learns of it. */
export class PlannedStopError extends Error {
  override readonly name = "PlannedStopError";
}

/** The port calls of one run, in the order in which they ended, and where the run is to stop. */
export interface CallLog {
  readonly calls: string[];
  /** Stop behind the call of this number, counted from 1. @default never */
  readonly stopAfter?: number | undefined;
}

type Call = (...args: never[]) => Promise<unknown>;

/** Wraps a port so that its calls are logged as `port.method` and stop where the log says; behind the stop nothing runs any more. */
export function interruptible<P extends object>(name: string, port: P, log: CallLog): P {
  const wrap =
    (method: string, call: Call): Call =>
    async (...args) => {
      refuseAfterStop(log);
      const result = await call(...args);
      refuseAfterStop(log);
      log.calls.push(`${name}.${method}`);
      refuseAfterStop(log);
      return result;
    };
  const members = Object.entries(port as Readonly<Record<string, unknown>>).map(([member, value]) => [
    member,
    typeof value === "function" ? wrap(member, value as Call) : value,
  ]);
  return Object.fromEntries(members) as P;
}

function refuseAfterStop({ calls, stopAfter }: CallLog): void {
  if (stopAfter !== undefined && calls.length >= stopAfter) throw new PlannedStopError("Stopped as planned");
}
