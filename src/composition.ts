import { createAppFileReader } from "./adapters/system/app-files.ts";
import { digest } from "./adapters/system/digest.ts";
import { keepOnSuccess } from "./adapters/system/keep-on-success.ts";
import { sleep } from "./adapters/system/sleep.ts";
import { systemClock as clock } from "./adapters/system/system-clock.ts";
import { createTelemetryHub, type Exporter, type Log } from "./adapters/telemetry/telemetry-hub.ts";
import { createNotifiers, createPartnerSource } from "./compose-adapters.ts";
import type { Routes } from "./compose-routes.ts";
import type { Environment } from "./config/environment.ts";
import type { MonitorConfig } from "./config/monitor-config.ts";
import { type ParsedRequest, parseDeliveryRequest, parsePollRequest } from "./domain/poll/parse-requests.ts";
import type { TenantPolicy } from "./domain/poll/tenant-policy.ts";
import type { HttpReply } from "./http/http-types.ts";
import { type HostRequest, serve } from "./http/serve.ts";
import type { Notifier } from "./ports/notifier.ts";
import type { TelemetryFields } from "./ports/telemetry.ts";
import type { PollRequest } from "./ports/work-queue.ts";

/*
 * The only reader of the environment and the only maker of adapters.
 *
 * Every part is loaded and made by its first user, kept when that succeeds, and tried again by the next user when not: so
 * an import does nothing, a cold start loads no more than its trigger needs, and a wrong setting fails every run, visibly,
 * until it is right.
 */

/** The call that the host makes; its InvocationContext fits. */
export interface Invocation {
  readonly invocationId: string;
  readonly log: (line: string) => void;
  readonly error: (line: string) => void;
}

const startedAtMs = clock.nowMs();
const hub = createTelemetryHub(exporterOf(process.env["APPLICATIONINSIGHTS_CONNECTION_STRING"]));
const { telemetry } = hub;

/** Asks for one poll of every tenant. */
export function schedulePolls(invocation: Invocation): Promise<void> {
  return run("PollsScheduled", invocation, async () => {
    const { periodMs, fleet, channels } = await config();
    const [{ schedulePolls: schedule }, stores, queue, switchOrNone] = await Promise.all([
      import("./app/schedule-polls.ts"),
      tables(),
      workQueue(),
      deadManSwitch(),
    ]);
    const { monitorStore: store, overviewStore: overview, channelHealthStore: channelHealth } = stores;
    const parts = { store, overview, channelHealth, queue, clock, digest };
    const deps = { ...parts, notifierOf: findNotifier, deadManSwitch: switchOrNone };
    const names = channels.map(({ name }) => name);
    return { ...(await schedule(deps, { tenants: await configuredTenants(), periodMs, fleet, channels: names })) };
  });
}

/**
 * Polls the tenant that a message of `poll-requests` names.
 *
 * @throws {Error} When the message cannot be understood: after some tries the host puts it into the poison queue.
 */
export function pollTenant(message: unknown, invocation: Invocation): Promise<void> {
  return run("TenantPolled", invocation, async () => {
    const request = understood("poll request", parsePollRequest(message));
    const { tenantId } = request;
    const policy = (await configuredTenants()).find((tenant) => tenant.tenantId === tenantId);
    if (request.closing === true) return policy === undefined ? closeTenant(request) : { tenantId, kind: "configured" };
    if (policy === undefined) return { tenantId, kind: "not-configured" };
    const [{ runPoll }, { monitorStore: store, overviewStore: overview }, queue, source] = await Promise.all([
      import("./app/run-poll.ts"),
      tables(),
      workQueue(),
      partnerSource(),
    ]);
    const report = await runPoll({ source, store, overview, queue, clock, digest }, { request, policy });
    return { tenantId, slotMs: request.slotMs, ...report };
  });
}

async function closeTenant(request: PollRequest): Promise<TelemetryFields> {
  const [{ closeTenant: close }, { monitorStore: store, overviewStore: overview }, queue] = await Promise.all([
    import("./app/close-tenant.ts"),
    tables(),
    workQueue(),
  ]);
  const { tenantId, slotMs } = request;
  return { tenantId, slotMs, ...(await close({ store, overview, queue, clock, digest }, request)) };
}

/**
 * Sends what is due of the tenant that a message of `delivery-requests` names.
 *
 * @throws {Error} When the message cannot be understood: after some tries the host puts it into the poison queue.
 */
export function deliverNotifications(message: unknown, invocation: Invocation): Promise<void> {
  return run("NotificationsDelivered", invocation, async () => {
    const { tenantId } = understood("delivery request", parseDeliveryRequest(message));
    const [{ deliverNotifications: deliver }, stores, queue, notifierOf] = await Promise.all([
      import("./app/deliver-notifications.ts"),
      tables(),
      workQueue(),
      notifiers(),
    ]);
    const { outbox, channelHealthStore: channelHealth } = stores;
    const chance = { random: Math.random, newOwner: () => crypto.randomUUID() };
    const deps = { outbox, channelHealth, notifierOf, queue, clock, telemetry, sleep, ...chance };
    const { waiting, ...report } = await deliver(deps, { tenantId });
    return { tenantId, ...report, ...waiting };
  });
}

/** Deletes what is past its retention. */
export function tidyHistory(invocation: Invocation): Promise<void> {
  return run("HistoryTidied", invocation, async () => {
    const { retention } = await config();
    const [{ tidyHistory: tidy }, { historyStore: history, suppressionStore: suppressions }] = await Promise.all([
      import("./app/tidy-history.ts"),
      tables(),
    ]);
    return { ...(await tidy({ history, suppressions, clock }, retention)) };
  });
}

/** Answers a request by one of the routes; whatever goes wrong is recorded and becomes a problem reply. */
export function answer(route: keyof Routes, request: HostRequest, invocation: Invocation): Promise<HttpReply> {
  const { invocationId } = invocation;
  const record = (error: unknown): void => recordError(error, invocation);
  return hub.during(logOf(invocation), () =>
    serve(async (input) => (await (await routes())[route]())(input), request, { invocationId, record }),
  );
}

/** Has everything sent that telemetry still holds. */
export function flushTelemetry(): Promise<void> {
  return hub.flush();
}

/**
 * Loads and checks a configuration: app settings, and the document they hold or name.
 *
 * @throws {ConfigError} With every problem at once.
 */
export async function loadSettings(env: Environment): Promise<MonitorConfig> {
  const [{ loadConfig }, { chooseCloud }] = await Promise.all([
    import("./config/load-config.ts"),
    import("./adapters/graph/clouds.ts"),
  ]);
  return loadConfig({
    env,
    readTextFile: createAppFileReader(import.meta.url),
    toGraphRoot: (endpoint) => chooseCloud("global", endpoint).graphRoot,
  });
}

const config = keepOnSuccess(() => loadSettings(process.env));

const tables = keepOnSuccess(async () => {
  const { tablePrefix } = await config();
  const { createTableStorage } = await import("./adapters/tables/create-table-storage.ts");
  return createTableStorage({ connection: await connectionTo("table"), tablePrefix });
});

const workQueue = keepOnSuccess(async () => {
  const connection = await connectionTo("queue");
  const { createWorkQueue } = await import("./adapters/queues/create-work-queue.ts");
  return createWorkQueue({ connection });
});

async function connectionTo(service: "table" | "queue") {
  const { storage } = await config();
  if (storage.kind === "connection-string") return { connectionString: storage.connectionString };
  const { createStorageCredential } = await import("./adapters/system/create-storage-credential.ts");
  const serviceUrl = service === "table" ? storage.tableServiceUrl : storage.queueServiceUrl;
  return { serviceUrl, credential: await createStorageCredential(storage.clientId) };
}

const partnerSource = keepOnSuccess(async () => createPartnerSource(await config(), { telemetry, clock }));

const notifiers = keepOnSuccess(async () => createNotifiers(await config(), { telemetry, clock }));

async function findNotifier(channel: string): Promise<Notifier | undefined> {
  return (await notifiers())(channel);
}

const deadManSwitch = keepOnSuccess(async () => {
  const { deadManSwitch: target } = await config();
  if (target === undefined) return undefined;
  const { createDeadManSwitch } = await import("./adapters/channels/create-dead-man-switch.ts");
  return createDeadManSwitch(target, { telemetry, clock });
});

const routes = keepOnSuccess(async () => {
  const { composeRoutes } = await import("./compose-routes.ts");
  return composeRoutes({ config, tables, queue: workQueue, notifiers, clock, startedAtMs });
});

async function configuredTenants(): Promise<readonly TenantPolicy[]> {
  const { tenants } = await config();
  return tenants.map(({ policy }) => policy);
}

/** The exporter's own usage reports are switched off before it is loaded: they would tell Microsoft about the app, for nothing. */
function exporterOf(connectionString: string | undefined): (() => Promise<Exporter>) | undefined {
  if (connectionString === undefined || connectionString.trim() === "") return undefined;
  return async () => {
    process.env["APPLICATIONINSIGHTS_STATSBEAT_DISABLED"] ??= "true";
    process.env["APPLICATIONINSIGHTS_SDKSTATS_DISABLED"] ??= "true";
    const { startInsights } = await import("./adapters/telemetry/start-insights.ts");
    return startInsights(connectionString);
  };
}

/** Runs the work of a timer or a queue message; an error is recorded and thrown on, so that the host sees the failure. */
function run(event: string, invocation: Invocation, work: () => Promise<TelemetryFields>): Promise<void> {
  return hub.during(logOf(invocation), async () => {
    try {
      telemetry.event(event, await work());
    } catch (error) {
      recordError(error, invocation);
      throw error;
    }
  });
}

function logOf(invocation: Invocation): Log {
  return (line, isError) => (isError ? invocation.error(line) : invocation.log(line));
}

function recordError(error: unknown, { invocationId }: Invocation): void {
  telemetry.exception(error instanceof Error ? error : new Error("Something that is no error was thrown"), {
    invocationId,
  });
}

function understood<T>(name: string, parsed: ParsedRequest<T>): T {
  if (parsed.kind === "ok") return parsed.request;
  throw new Error(`Cannot read the ${name}: ${parsed.problem}`);
}
