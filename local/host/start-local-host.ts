import { setTimeout as sleep } from "node:timers/promises";
import { createExecutor, type Executor } from "./executor.ts";
import { type HostConfig, loadHostConfig } from "./host-config.ts";
import { answerRequest } from "./http/http-front.ts";
import { answerUnavailable, type HttpServer, openHttpServer } from "./http/http-server.ts";
import type { HostKeys } from "./http/keys.ts";
import { type AppFunction, indexFunctions } from "./index-functions.ts";
import type { Listener } from "./listener.ts";
import { filterLog, type Log } from "./logs.ts";
import type { RpcInvocationRequest, RpcInvocationResponse } from "./rpc.ts";
import { createTimerStatusStore, hostIdOf } from "./timers/timer-status.ts";
import { fireByHand, startListener } from "./triggers.ts";
import { type SupervisedWorker, superviseWorker } from "./worker/supervise-worker.ts";

/** How an app is hosted. */
export interface LocalHostOptions extends HostKeys {
  /** Folder with host.json and package.json of a built app. */
  readonly appRoot: string;
  /** Loopback port, 0 for any free one. */
  readonly port: number;
  /** Account of the queues and of the host's own blobs; the app sees it as `AzureWebJobsStorage`. */
  readonly storageConnectionString: string;
  /** App settings: the app's environment beside a few variables that the host sets itself. */
  readonly settings: Readonly<Record<string, string>>;
  /** Takes what the app and the host log, as far as host.json lets it through. */
  readonly onLog: Log;
  /** Whether timers fire by themselves. @default true */
  readonly timers?: boolean;
  /** Whether queues are read. @default true */
  readonly queues?: boolean;
  /** How long a received message is hidden from others before that is renewed, at half-time. @default 600000 */
  readonly hiddenMs?: number;
  /** How long a stop waits for runs under way, and then for the app's `appTerminate` hooks. @default 5000 */
  readonly graceMs?: number;
}

const DEFAULTS = { timers: true, queues: true, hiddenMs: 600_000, graceMs: 5000 };
/** Source: azure-functions-host, ScriptConstants.cs, DefaultMaxRequestBodySize. */
const MAX_BODY_BYTES = 104_857_600;

/** A running app. */
export interface LocalHost {
  /** Without a slash at its end. */
  readonly url: string;
  /** In alphabetical order. */
  readonly functions: readonly AppFunction[];
  /** Runs a function with a call as the real host makes it; a failure of the function is part of the response. */
  invoke(name: string, request: RpcInvocationRequest): Promise<RpcInvocationResponse>;
  /** Takes no further trigger, lets runs end, ends the app, and resolves when nothing is left running. */
  stop(): Promise<void>;
}

/** What a host has opened so far. */
interface Parts {
  readonly server: HttpServer;
  readonly log: Log;
  readonly listeners: Listener[];
  worker?: SupervisedWorker;
  executor?: Executor;
}

/**
 * Hosts a built Functions app on this machine as the Azure Functions host would, on loopback only.
 *
 * 1. Read host.json and open the HTTP port, which answers 503 until the app is there.
 * 2. Start the app in a process of its own and check what it registered.
 * 3. Serve HTTP, then let timers and queues trigger.
 * @throws {Error} When the port is in use, or host.json, the app or one of its functions cannot be run here.
 */
export async function startLocalHost(given: LocalHostOptions): Promise<LocalHost> {
  const options = { ...DEFAULTS, ...given };
  const config = loadHostConfig(options.appRoot);
  const log = filterLog(config.logLimits, options.onLog);
  const server = await openHttpServer(options.port, log);
  const parts: Parts = { server, log, listeners: [] };
  try {
    return await run(options, config, parts);
  } catch (error) {
    await stop(parts, 0);
    throw error;
  }
}

async function run(options: Required<LocalHostOptions>, config: HostConfig, parts: Parts): Promise<LocalHost> {
  const { server, log } = parts;
  const settings = environmentOf(options, server.url);
  const worker = await superviseWorker({ ...options, ...config, environment: settings, log, onGivenUp: giveUp(parts) });
  parts.worker = worker;
  const functions = indexFunctions(worker.functions, { config, settings });
  const executor = createExecutor({ ...config, invoke: worker.invoke, functions, log });
  parts.executor = executor;
  const { execute } = executor;
  const hostId = hostIdOf(options.appRoot);
  const store = createTimerStatusStore(options.storageConnectionString, hostId);
  const triggers = { config, execute, store, log, hiddenMs: options.hiddenMs };

  const front = {
    functions: functions.filter((fn) => fn.type === "http"),
    keys: options,
    execute,
    admin: { hostId, functions, fire: (fn: AppFunction, input: string) => void fireByHand(triggers, fn, input) },
    maxBodyBytes: Number(settings["FUNCTIONS_REQUEST_BODY_SIZE_LIMIT"] ?? MAX_BODY_BYTES),
    isHomepageDisabled: /^true$/i.test(settings["AzureWebJobsDisableHomepage"] ?? ""),
  };
  server.serve((request) => answerRequest(front, request));
  const isWanted = { timer: options.timers, queue: options.queues };
  for (const fn of functions) {
    if (fn.type !== "http" && isWanted[fn.type] && !fn.isDisabled) {
      parts.listeners.push(await startListener(triggers, fn));
    }
  }
  let stopping: Promise<void> | undefined;
  return {
    url: server.url,
    functions,
    invoke: execute,
    stop: () => (stopping ??= stop(parts, options.graceMs)),
  };
}

/** What a process needs of the environment to run at all; everything else the app has to be given. */
const INHERITED = ["PATH", "HOME", "TMPDIR", "TEMP", "TMP", "SystemRoot", "USERPROFILE"];

function environmentOf(options: LocalHostOptions, url: string): Readonly<Record<string, string>> {
  const inherited = INHERITED.flatMap((name) => {
    const value = process.env[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  return {
    ...Object.fromEntries(inherited),
    WEBSITE_HOSTNAME: new URL(url).host,
    FUNCTIONS_EXTENSION_VERSION: "~4",
    ...options.settings,
    AZURE_FUNCTIONS_ENVIRONMENT: "Development",
    AzureWebJobsScriptRoot: options.appRoot,
    AzureWebJobsStorage: options.storageConnectionString,
    FUNCTIONS_WORKER_RUNTIME: "node",
    TZ: "UTC",
  };
}

/** Without a worker no message may be taken, or all of them would end as poison. */
function giveUp({ server, listeners, log }: Parts): (reason: string) => void {
  return (reason) => {
    log({ level: "critical", category: "Host", message: `Cannot run the app any longer: ${reason}` });
    server.serve(answerUnavailable);
    void Promise.all(listeners.map((listener) => listener.stop()));
  };
}

async function stop({ server, listeners, worker, executor }: Parts, graceMs: number): Promise<void> {
  const quiet = Promise.all([server.drain(), executor?.settle(), ...listeners.map((listener) => listener.stop())]);
  await Promise.race([quiet, sleep(graceMs, undefined, { ref: false })]);
  await worker?.stop(graceMs);
  server.close();
  await quiet;
}
