import { type Log, messageOf } from "../logs.ts";
import {
  type FunctionMetadata,
  failedResponse,
  type RpcInvocationRequest,
  type RpcInvocationResponse,
} from "../rpc.ts";
import { type LaunchOptions, launchWorker, type WorkerProcess } from "./launch-worker.ts";
import { mayRestart } from "./restart-limit.ts";

/** A worker process and the rules for it. */
export interface SuperviseOptions extends LaunchOptions {
  /** Longest time of one call; unbounded when absent. */
  readonly functionTimeoutMs?: number;
  /** Takes why the worker is not started again; every later call fails. */
  readonly onGivenUp: (reason: string) => void;
}

/** A worker that outlives its process: what ends by itself or by a time-out is started again. */
export interface SupervisedWorker {
  readonly functions: readonly FunctionMetadata[];
  /** Runs one function; never rejects. Waits while the process is being started again. */
  readonly invoke: (name: string, request: RpcInvocationRequest) => Promise<RpcInvocationResponse>;
  /** Ends the process, giving `appTerminate` hooks `graceMs`. */
  stop(graceMs: number): Promise<void>;
}

/**
 * Starts a worker and keeps it running.
 * @throws {Error} When the first start fails.
 */
export async function superviseWorker(options: SuperviseOptions): Promise<SupervisedWorker> {
  const restartsAtMs: number[] = [];
  let isStopping = false;
  let current: Promise<WorkerProcess>;

  const watch = async (worker: WorkerProcess): Promise<void> => {
    const reason = await worker.ended;
    if (isStopping) {
      return;
    }
    const nowMs = Date.now();
    if (mayRestart(restartsAtMs, nowMs)) {
      options.log({ level: "error", category: "Host", message: `${reason}; it is started again` });
      current = launchWorker(options);
    } else {
      current = Promise.reject(new Error(reason));
    }
    restartsAtMs.push(nowMs);
    await current.then(watch, (error: unknown) => options.onGivenUp(messageOf(error)));
  };

  const first = await launchWorker(options);
  current = Promise.resolve(first);
  void watch(first);
  return {
    functions: first.functions,
    invoke: async (name, request) => {
      try {
        return await invokeInTime(await current, name, { request, ...options });
      } catch (error) {
        return failedResponse(request.invocationId, messageOf(error));
      }
    },
    async stop(graceMs) {
      isStopping = true;
      await current.then(
        (worker) => worker.terminate(graceMs),
        () => undefined, // given up: there is no process
      );
    },
  };
}

interface TimedCall {
  readonly request: RpcInvocationRequest;
  readonly functionTimeoutMs?: number;
  readonly log: Log;
}

/** A handler cannot be stopped from outside, so a time-out ends the process and with it all other calls. */
async function invokeInTime(
  worker: WorkerProcess,
  name: string,
  { request, functionTimeoutMs, log }: TimedCall,
): Promise<RpcInvocationResponse> {
  const onTimeout = (): void => {
    const message = `Timeout value of ${functionTimeoutMs} ms was exceeded by function ${name}`;
    log({
      level: "error",
      category: `Function.${name}`,
      message,
      functionName: name,
      invocationId: request.invocationId,
    });
    worker.kill(message);
  };
  const timer = functionTimeoutMs === undefined ? undefined : setTimeout(onTimeout, functionTimeoutMs);
  try {
    return await worker.invoke(name, request);
  } finally {
    clearTimeout(timer);
  }
}
