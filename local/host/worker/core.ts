import { messageOf } from "../logs.ts";
import {
  type FunctionMetadata,
  failedResponse,
  type RpcInvocationRequest,
  type RpcInvocationResponse,
} from "../rpc.ts";
import type { WorkerLog } from "./messages.ts";

type Callback = (...args: unknown[]) => unknown;

interface InvocationModel {
  getArguments(): Promise<{ readonly context: unknown; readonly inputs: unknown[] }>;
  invokeFunction(context: unknown, inputs: unknown[], callback: Callback): Promise<unknown>;
  getResponse(context: unknown, result: unknown): Promise<Omit<RpcInvocationResponse, "result">>;
}

interface ProgrammingModel {
  getCapabilities(defaults: Record<string, string>): Promise<Readonly<Record<string, string>>>;
  getInvocationModel(context: CoreContext): InvocationModel | Promise<InvocationModel>;
}

interface CoreContext {
  readonly invocationId: string;
  readonly metadata: FunctionMetadata;
  readonly request: RpcInvocationRequest;
  state: "preInvocationHooks" | "invocation" | "postInvocationHooks" | undefined;
  log(level: WorkerLog["level"], category: string, message: string): void;
}

interface Hooks {
  readonly preInvocation: Callback[];
  readonly postInvocation: Callback[];
  readonly appStart: Callback[];
  readonly appTerminate: Callback[];
  readonly log: Callback[];
}

/** What lives as long as the worker process: registered functions and hooks, and the model that runs them. */
export interface WorkerCore {
  readonly functions: Map<string, { readonly metadata: FunctionMetadata; readonly callback: Callback }>;
  readonly hooks: Hooks;
  readonly appHookData: Record<string, unknown>;
  readonly emit: (log: WorkerLog) => void;
  model: ProgrammingModel | undefined;
  isLocked: boolean;
}

/** The worker's answers when asked what it can do. Source: azure-functions-nodejs-worker, getWorkerCapabilities.ts. */
const CAPABILITIES = [
  "RawHttpBodyBytes",
  "RpcHttpTriggerMetadataRemoved",
  "RpcHttpBodyOnly",
  "IgnoreEmptyValuedRpcHttpHeaders",
  "UseNullableValueDictionaryForHttp",
  "WorkerStatus",
  "TypedDataCollection",
  "HandlesWorkerTerminateMessage",
];

/** Returns a core without functions; `emit` takes what the app logs. */
export function createWorkerCore(emit: (log: WorkerLog) => void): WorkerCore {
  const hooks = { preInvocation: [], postInvocation: [], appStart: [], appTerminate: [], log: [] };
  return { functions: new Map(), hooks, appHookData: {}, emit, model: undefined, isLocked: false };
}

/**
 * Returns what the app sees as the module `@azure/functions-core`, but for its class `Disposable`, which nobody constructs.
 *
 * Source: azure-functions-nodejs-worker, src/setupCoreModule.ts and src/coreApi/.
 */
export function createCoreApi(core: WorkerCore): object {
  return {
    version: "local",
    hostVersion: "4.1000.0",
    setProgrammingModel(model: ProgrammingModel) {
      core.model = model;
    },
    getProgrammingModel: () => core.model,
    log: (level: WorkerLog["level"], category: string, message: string) => emitLog(core, { level, category, message }),
    registerHook: (name: string, callback: Callback) => registerHook(core, name, callback),
    registerFunction: (metadata: FunctionMetadata, callback: Callback) => registerFunction(core, metadata, callback),
  };
}

/** What undoes a registration, once. */
interface Disposable {
  dispose(): void;
}

function disposable(undo: () => void): Disposable {
  let pending: (() => void) | undefined = undo;
  return {
    dispose() {
      pending?.();
      pending = undefined;
    },
  };
}

function systemError<E extends Error>(error: E): E {
  return Object.assign(error, { isAzureFunctionsSystemError: true });
}

function isHookName(name: string, hooks: Hooks): name is keyof Hooks {
  return Object.hasOwn(hooks, name);
}

function registerHook(core: WorkerCore, name: string, callback: Callback): Disposable {
  if (!isHookName(name, core.hooks)) {
    throw systemError(new RangeError(`Unrecognized hook "${name}"`));
  }
  const list = core.hooks[name];
  list.push(callback);
  return disposable(() => void list.splice(list.indexOf(callback), 1));
}

function registerFunction(core: WorkerCore, metadata: FunctionMetadata, callback: Callback): Disposable {
  if (core.isLocked) {
    throw systemError(new Error("A function can only be registered during app startup."));
  }
  if (core.functions.has(metadata.name)) {
    throw systemError(new Error(`A function with id "${metadata.name}" has already been registered.`));
  }
  core.functions.set(metadata.name, { metadata, callback });
  return disposable(() => {
    if (core.isLocked) {
      throw systemError(new Error("A function can only be disposed during app startup."));
    }
    core.functions.delete(metadata.name);
  });
}

function emitLog(core: WorkerCore, log: WorkerLog, invocation?: InvocationData): void {
  const { level, category, message } = log;
  const seen = { level, category, message, hookData: {}, appHookData: core.appHookData, ...invocation };
  for (const hook of core.hooks.log) {
    try {
      hook(seen);
    } catch {
      // as in the real worker: a failing log hook must not fail the run whose line it sees
    }
  }
  core.emit(log.category === "user" ? { ...log, level: seen.level, message: seen.message } : log);
}

/**
 * Ends the start of the app once its entry files are loaded: runs `appStart` hooks and returns what was registered.
 * @throws {Error} When nothing was registered, no programming model was set, or the app wants HTTP streaming.
 */
export async function completeStart(
  core: WorkerCore,
  functionAppDirectory: string,
): Promise<readonly FunctionMetadata[]> {
  if (core.model === undefined || core.functions.size === 0) {
    throw new Error(
      "Cannot start the app: its entry files must register at least one function through one copy of @azure/functions",
    );
  }
  const context = { hookData: {}, appHookData: core.appHookData, functionAppDirectory };
  await runHooks(core.hooks.appStart, context);
  core.isLocked = true;
  const capabilities = await core.model.getCapabilities(Object.fromEntries(CAPABILITIES.map((name) => [name, "true"])));
  if (capabilities["HttpUri"] !== undefined) {
    throw new Error("Cannot start the app: this host has no HTTP streaming, app.setup must leave enableHttpStream off");
  }
  return [...core.functions.values()].map(({ metadata }) => metadata);
}

/** Runs the `appTerminate` hooks. */
export async function runTerminateHooks(core: WorkerCore): Promise<void> {
  await runHooks(core.hooks.appTerminate, { hookData: {}, appHookData: core.appHookData });
}

/**
 * Runs one function with its hooks; every exception becomes a failure response.
 *
 * Source: azure-functions-nodejs-worker, src/eventHandlers/InvocationHandler.ts.
 */
export async function invokeFunction(
  core: WorkerCore,
  name: string,
  request: RpcInvocationRequest,
): Promise<RpcInvocationResponse> {
  const { invocationId } = request;
  try {
    return { ...(await runWithHooks(core, name, request)), invocationId, result: { status: "success" } };
  } catch (error) {
    return failedResponse(invocationId, messageOf(error), error instanceof Error ? error.stack : undefined);
  }
}

/** What the hooks of one invocation share. */
interface InvocationData {
  readonly hookData: Record<string, unknown>;
  readonly appHookData: Record<string, unknown>;
  invocationContext: unknown;
}

async function runWithHooks(
  core: WorkerCore,
  name: string,
  request: RpcInvocationRequest,
): Promise<Omit<RpcInvocationResponse, "result">> {
  const registered = core.functions.get(name);
  if (registered === undefined || core.model === undefined) {
    throw systemError(new Error(`Function code for '${name}' is not loaded and cannot be invoked.`));
  }
  const shared: InvocationData = { hookData: {}, appHookData: core.appHookData, invocationContext: undefined };
  const coreContext = createContext(core, { metadata: registered.metadata, request, shared });
  const model = await core.model.getInvocationModel(coreContext);
  const { context, inputs } = await model.getArguments();
  shared.invocationContext = context;

  const pre = { ...shared, functionCallback: registered.callback, inputs };
  await during(coreContext, "preInvocationHooks", () => runHooks(core.hooks.preInvocation, pre));
  const call = () => model.invokeFunction(context, pre.inputs, pre.functionCallback);
  const post = { ...shared, inputs: pre.inputs, ...(await during(coreContext, "invocation", () => outcomeOf(call))) };
  await during(coreContext, "postInvocationHooks", () => runHooks(core.hooks.postInvocation, post));
  if (post.error !== null && post.error !== undefined) {
    throw post.error instanceof Error ? post.error : new Error(messageOf(post.error));
  }
  return model.getResponse(context, post.result);
}

interface CoreContextParts {
  readonly metadata: FunctionMetadata;
  readonly request: RpcInvocationRequest;
  readonly shared: InvocationData;
}

function createContext(core: WorkerCore, { metadata, request, shared }: CoreContextParts): CoreContext {
  const origin = { functionName: metadata.name, invocationId: request.invocationId };
  return {
    invocationId: request.invocationId,
    metadata,
    request,
    state: undefined,
    log: (level, category, message) => emitLog(core, { level, category, message, ...origin }, shared),
  };
}

/** The state tells the programming model whether a log line comes too late. */
async function during<T>(context: CoreContext, state: CoreContext["state"], work: () => Promise<T>): Promise<T> {
  context.state = state;
  try {
    return await work();
  } finally {
    context.state = undefined;
  }
}

async function outcomeOf(call: () => Promise<unknown>): Promise<{ result: unknown; error: unknown }> {
  try {
    return { result: await call(), error: null };
  } catch (error) {
    return { result: null, error };
  }
}

async function runHooks(hooks: readonly Callback[], context: object): Promise<void> {
  for (const hook of hooks) {
    await hook(context);
  }
}
