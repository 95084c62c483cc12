import type { QueueOptions } from "./host-config.ts";
import type { AppFunction } from "./index-functions.ts";
import { type Log, messageOf } from "./logs.ts";
import { sendQueueOutputs } from "./queues/queue-output.ts";
import { failedResponse, type RpcInvocationRequest, type RpcInvocationResponse } from "./rpc.ts";

/** Runs functions, whatever triggered them. */
export interface Executor {
  /** Runs a function and sends what it returned for its outputs; never rejects. */
  readonly execute: (name: string, request: RpcInvocationRequest) => Promise<RpcInvocationResponse>;
  /** Resolves when no run is under way. */
  settle(): Promise<void>;
}

/** What an executor works with. */
export interface ExecutorDeps {
  readonly invoke: (name: string, request: RpcInvocationRequest) => Promise<RpcInvocationResponse>;
  readonly functions: readonly AppFunction[];
  readonly queues: QueueOptions;
  readonly log: Log;
}

/** Returns an executor that logs the beginning and the end of each run. */
export function createExecutor(deps: ExecutorDeps): Executor {
  const atWork = new Set<Promise<RpcInvocationResponse>>();
  return {
    execute: (name, request) => {
      const work = run(deps, name, request).finally(() => atWork.delete(work));
      atWork.add(work);
      return work;
    },
    async settle() {
      while (atWork.size > 0) {
        await Promise.all(atWork);
      }
    },
  };
}

async function run(deps: ExecutorDeps, name: string, request: RpcInvocationRequest): Promise<RpcInvocationResponse> {
  const origin = { category: `Function.${name}`, functionName: name, invocationId: request.invocationId };
  const startedAtMs = performance.now();
  deps.log({ ...origin, level: "information", message: `Executing Functions.${name}` });
  const response = await withOutputs(deps, name, await deps.invoke(name, request));
  const durationMs = Math.round(performance.now() - startedAtMs);
  if (response.result.status === "success") {
    deps.log({
      ...origin,
      level: "information",
      message: `Executed Functions.${name} (succeeded in ${durationMs} ms)`,
    });
  } else {
    const { message } = response.result.exception;
    deps.log({
      ...origin,
      level: "error",
      message: `Executed Functions.${name} (failed in ${durationMs} ms): ${message}`,
    });
  }
  return response;
}

/** Outputs are part of the run: when one cannot be sent, the run has failed. */
async function withOutputs(
  { functions, queues }: ExecutorDeps,
  name: string,
  response: RpcInvocationResponse,
): Promise<RpcInvocationResponse> {
  const outputs = functions.find((fn) => fn.name === name)?.outputs ?? [];
  if (response.result.status === "failure") {
    return response;
  }
  try {
    await sendQueueOutputs(outputs, response, queues);
    return response;
  } catch (error) {
    return failedResponse(response.invocationId, `Cannot send the outputs: ${messageOf(error)}`);
  }
}
