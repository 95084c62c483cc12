import type { HostConfig } from "./host-config.ts";
import { parseRouteTemplate, type RouteTemplate } from "./http/route-template.ts";
import { messageOf } from "./logs.ts";
import type { FunctionMetadata, RpcBinding } from "./rpc.ts";
import { parseSchedule, type Schedule } from "./timers/schedule.ts";

/** Who may call an HTTP function: anyone, holders of a function or the master key, holders of the master key. */
export type AuthLevel = "anonymous" | "function" | "admin";

interface FunctionBase {
  readonly name: string;
  /** The name under which the trigger's data is handed over. */
  readonly triggerName: string;
  readonly bindings: Readonly<Record<string, RpcBinding>>;
  /** Queues that the function writes to through output bindings. */
  readonly outputs: readonly QueueOutput[];
  readonly isDisabled: boolean;
}

/** An output binding to a storage queue. */
export interface QueueOutput {
  readonly bindingName: string;
  readonly queueName: string;
  readonly connectionString: string;
}

/** A function that answers HTTP requests. */
export interface HttpFunction extends FunctionBase {
  readonly type: "http";
  readonly authLevel: AuthLevel;
  /** In upper case. */
  readonly methods: readonly string[];
  /** With the prefix, without a slash at its start. */
  readonly route: string;
  readonly template: RouteTemplate;
}

/** A function that runs at times. */
export interface TimerFunction extends FunctionBase {
  readonly type: "timer";
  readonly schedule: Schedule;
  /** Whether missed times are made up for, from a status kept in storage. */
  readonly useMonitor: boolean;
  readonly runOnStartup: boolean;
}

/** A function that takes messages from a storage queue. */
export interface QueueFunction extends FunctionBase {
  readonly type: "queue";
  readonly queueName: string;
  readonly connectionString: string;
}

/** A function that this host can run. */
export type AppFunction = HttpFunction | TimerFunction | QueueFunction;

/** What the names in bindings refer to. */
export interface IndexContext {
  readonly config: HostConfig;
  /** The app settings. */
  readonly settings: Readonly<Record<string, string>>;
}

/**
 * Checks all functions of an app as the real host does and prepares them, in alphabetical order.
 * @throws {Error} With every problem: names, bindings, schedules or options that the host refuses or does not know.
 */
export function indexFunctions(all: readonly FunctionMetadata[], context: IndexContext): readonly AppFunction[] {
  const problems: string[] = [];
  const functions: AppFunction[] = [];
  for (const metadata of all.toSorted((a, b) => (a.name.toLowerCase() < b.name.toLowerCase() ? -1 : 1))) {
    try {
      functions.push(indexFunction(metadata, context));
    } catch (error) {
      problems.push(`${metadata.name}: ${messageOf(error)}`);
    }
  }
  if (problems.length > 0) {
    throw new Error(`Cannot start the functions: ${problems.join("; ")}`);
  }
  return functions;
}

function indexFunction(metadata: FunctionMetadata, context: IndexContext): AppFunction {
  const { name, bindings } = metadata;
  checkNames(metadata);
  if (metadata.retryOptions !== undefined && metadata.retryOptions !== null) {
    throw new RangeError("this host has no retry policies");
  }
  const inputs = Object.entries(bindings).filter(([, binding]) => binding.direction === "in");
  const [trigger] = inputs;
  if (trigger === undefined || inputs.length > 1) {
    throw new RangeError("this host knows functions with one trigger and no further inputs");
  }
  const [triggerName, binding] = trigger;
  const isDisabled = /^(?:1|true)$/i.test(context.settings[`AzureWebJobs.${name}.Disabled`] ?? "");
  const base = { name, triggerName, bindings, outputs: indexOutputs(bindings, context), isDisabled };
  return { ...base, ...indexTrigger({ name, binding, context }) };
}

function checkNames({ name, bindings }: FunctionMetadata): void {
  if (!/^[a-z][\w-]{0,127}$/i.test(name) || name.toLowerCase() === "host") {
    throw new RangeError("its name must be a letter and up to 127 letters, digits, _ or -, and not host");
  }
  for (const bindingName of Object.keys(bindings)) {
    if (!/^(?:[a-z][a-z0-9]{0,127}|\$return)$/i.test(bindingName)) {
      throw new RangeError(`the binding name "${bindingName}" must be a letter and up to 127 letters or digits`);
    }
  }
}

type TriggerPart =
  | Omit<HttpFunction, keyof FunctionBase>
  | Omit<TimerFunction, keyof FunctionBase>
  | Omit<QueueFunction, keyof FunctionBase>;

interface Trigger {
  readonly name: string;
  readonly binding: RpcBinding;
  readonly context: IndexContext;
}

function indexTrigger(trigger: Trigger): TriggerPart {
  switch (trigger.binding.type) {
    case "httpTrigger":
      return indexHttp(trigger);
    case "timerTrigger":
      return indexTimer(trigger);
    case "queueTrigger":
      return { type: "queue", ...indexQueue(trigger.binding, trigger.context) };
    default:
      throw new RangeError(`this host has no binding of type ${trigger.binding.type}`);
  }
}

function indexHttp({ name, binding, context }: Trigger): Omit<HttpFunction, keyof FunctionBase> {
  const authLevel = textOf(binding, "authLevel")?.toLowerCase() ?? "anonymous";
  if (authLevel !== "anonymous" && authLevel !== "function" && authLevel !== "admin") {
    throw new RangeError(`authLevel must be anonymous, function or admin, current value is ${authLevel}`);
  }
  const own = textOf(binding, "route") ?? name;
  if (/^\/*(?:admin|runtime)/i.test(own)) {
    throw new RangeError(`its route must not begin with admin or runtime, current value is ${own}`);
  }
  const route = [context.config.routePrefix, own].filter((part) => part !== "").join("/");
  const methods = Array.isArray(binding["methods"])
    ? binding["methods"].map((method) => String(method).toUpperCase())
    : [];
  return { type: "http", authLevel, methods, route, template: parseRouteTemplate(route) };
}

function indexTimer({ binding, context }: Trigger): Omit<TimerFunction, keyof FunctionBase> {
  const text = resolveSettings(textOf(binding, "schedule") ?? "", context.settings);
  const schedule = parseSchedule(text);
  if (schedule === undefined || (schedule.kind === "interval" && schedule.everyMs <= 0)) {
    throw new RangeError(`its schedule must be NCRONTAB or a time span above zero, current value is "${text}"`);
  }
  const useMonitor = binding["useMonitor"] !== false && !schedule.isOftenerThanMinutely;
  return { type: "timer", schedule, useMonitor, runOnStartup: binding["runOnStartup"] === true };
}

function indexQueue(
  binding: RpcBinding,
  { config, settings }: IndexContext,
): { readonly queueName: string; readonly connectionString: string } {
  if (!config.hasExtensionBundle) {
    throw new RangeError("host.json must have an extensionBundle section, or the real host has no queue bindings");
  }
  const queueName = resolveSettings(textOf(binding, "queueName") ?? "", settings).toLowerCase();
  if (!/^(?=.{3,63}$)[a-z0-9]+(?:-[a-z0-9]+)*$/.test(queueName)) {
    throw new RangeError(
      `its queue name must be 3 to 63 letters, digits and single dashes, current value is "${queueName}"`,
    );
  }
  const connection = textOf(binding, "connection") ?? "AzureWebJobsStorage";
  const connectionString = settings[connection] ?? settings[`AzureWebJobs${connection}`];
  if (connectionString === undefined) {
    throw new RangeError(`its connection ${connection} must be an app setting with a connection string`);
  }
  return { queueName, connectionString };
}

function indexOutputs(bindings: FunctionBase["bindings"], context: IndexContext): readonly QueueOutput[] {
  return Object.entries(bindings).flatMap(([bindingName, binding]) => {
    if (binding.direction === "in" || binding.type === "http") {
      return [];
    }
    if (binding.type !== "queue") {
      throw new RangeError(`this host has no output binding of type ${binding.type}`);
    }
    return [{ bindingName, ...indexQueue(binding, context) }];
  });
}

function textOf(binding: RpcBinding, option: string): string | undefined {
  const value = binding[option];
  return typeof value === "string" && value !== "" ? value : undefined;
}

/** Replaces each `%NAME%` by the app setting of that name. */
function resolveSettings(text: string, settings: Readonly<Record<string, string>>): string {
  return text.replace(/%([^%]+)%/g, (_, name: string) => {
    const value = settings[name];
    if (value === undefined) {
      throw new RangeError(`the app setting ${name} must be set, since a binding names it`);
    }
    return value;
  });
}
