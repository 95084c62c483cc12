import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { tmpdir } from "node:os";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import { type Log, messageOf } from "../logs.ts";
import {
  type FunctionMetadata,
  failedResponse,
  type RpcInvocationRequest,
  type RpcInvocationResponse,
} from "../rpc.ts";
import type { FromWorker, ToWorker, WorkerLog } from "./messages.ts";

/** What a worker process needs. */
export interface LaunchOptions {
  readonly appRoot: string;
  /** The whole environment of the process. */
  readonly environment: Readonly<Record<string, string>>;
  readonly log: Log;
}

/** A running worker process. */
export interface WorkerProcess {
  readonly functions: readonly FunctionMetadata[];
  /** Resolves with why the process ended. */
  readonly ended: Promise<string>;
  /** Runs one function; a process that ends meanwhile is a failure response. */
  invoke(name: string, request: RpcInvocationRequest): Promise<RpcInvocationResponse>;
  /** Ends the process at once, with `reason` as the message of the calls under way. */
  kill(reason: string): void;
  /** Lets the app run its `appTerminate` hooks, for `graceMs` at most, and resolves when the process has ended. */
  terminate(graceMs: number): Promise<void>;
}

const START_TIMEOUT_MS = 60_000;

interface Call {
  readonly invocationId: string;
  readonly resolve: (response: RpcInvocationResponse) => void;
}

/**
 * Starts a worker process and resolves once the app in it has registered its functions.
 * @throws {Error} When the app cannot be loaded, registers nothing, or takes longer than a minute.
 */
export async function launchWorker(options: LaunchOptions): Promise<WorkerProcess> {
  const child = fork(new URL("./main.ts", import.meta.url), [options.appRoot], {
    cwd: tmpdir(), // not the app's folder: the app must not rely on the working directory
    env: options.environment,
    execArgv: [],
    serialization: "advanced",
    stdio: ["ignore", "pipe", "pipe", "ipc"],
  });
  forwardLines(child.stdout, (message) =>
    options.log({ level: "information", category: "Host.Function.Console", message }),
  );
  forwardLines(child.stderr, (message) => options.log({ level: "error", category: "Host.Function.Console", message }));
  const calls = new Map<number, Call>();
  const killing: { reason?: string } = {};
  const ended = whenEnded(child, killing).then((reason) => {
    calls.forEach(({ invocationId, resolve }) => resolve(failedResponse(invocationId, reason)));
    calls.clear();
    return reason;
  });
  const functions = await whenReady(child, { ended, calls, log: options.log });
  return {
    functions,
    ended,
    invoke: (name, request) => invoke({ child, calls, ended }, name, request),
    kill(reason) {
      killing.reason = reason;
      child.kill("SIGKILL");
    },
    async terminate(graceMs) {
      const timer = setTimeout(() => child.kill("SIGKILL"), graceMs);
      send(child, { kind: "terminate" });
      await ended;
      clearTimeout(timer);
    },
  };
}

function send(child: ChildProcess, message: ToWorker): void {
  child.send(message, () => undefined); // a process that cannot be reached has ended, which `ended` tells
}

async function whenEnded(child: ChildProcess, killing: { readonly reason?: string }): Promise<string> {
  try {
    await Promise.all([once(child, "exit"), once(child, "disconnect")]); // a last message may come after the exit
    return killing.reason ?? `The worker process ended (${child.signalCode ?? `exit code ${child.exitCode}`})`;
  } catch (error) {
    return `The worker process cannot be run: ${messageOf(error)}`;
  }
}

interface Starting {
  readonly ended: Promise<string>;
  readonly calls: Map<number, Call>;
  readonly log: Log;
}

function whenReady(child: ChildProcess, { ended, calls, log }: Starting): Promise<readonly FunctionMetadata[]> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      child.kill("SIGKILL");
      reject(new Error(`Cannot start the app: it must load within ${START_TIMEOUT_MS} ms`));
    }, START_TIMEOUT_MS);
    void ended
      .then((reason) => reject(new Error(`Cannot start the app: ${reason}`)))
      .finally(() => clearTimeout(timer));
    child.on("message", (message: FromWorker) => {
      switch (message.kind) {
        case "ready":
          clearTimeout(timer);
          return resolve(message.functions);
        case "unusable":
          return reject(new Error(message.message));
        case "answer":
          calls.get(message.callId)?.resolve(message.response);
          return void calls.delete(message.callId);
        case "log":
          return log(toLogEntry(message.entry));
        case "terminated":
          return undefined;
      }
    });
  });
}

function invoke(
  { child, calls, ended }: { child: ChildProcess; calls: Map<number, Call>; ended: Promise<string> },
  name: string,
  request: RpcInvocationRequest,
): Promise<RpcInvocationResponse> {
  const { invocationId } = request;
  if (child.exitCode !== null || child.signalCode !== null) {
    return ended.then((reason) => failedResponse(invocationId, reason));
  }
  return new Promise((resolve) => {
    const callId = nextCallId();
    calls.set(callId, { invocationId, resolve });
    send(child, { kind: "invoke", callId, name, request });
  });
}

let lastCallId = 0;

function nextCallId(): number {
  lastCallId += 1;
  return lastCallId;
}

function toLogEntry({ category, ...entry }: WorkerLog): Parameters<Log>[0] {
  const source = entry.functionName === undefined ? "Worker" : `Function.${entry.functionName}`;
  return { ...entry, category: category === "user" && entry.functionName !== undefined ? `${source}.User` : source };
}

function forwardLines(stream: Readable | null, take: (line: string) => void): void {
  if (stream !== null) {
    createInterface({ input: stream }).on("line", take);
  }
}
