import { createAppFileReader } from "./adapters/system/app-files.ts";
import { digest } from "./adapters/system/digest.ts";
import { keepOnSuccess } from "./adapters/system/keep-on-success.ts";
import { systemClock as clock } from "./adapters/system/system-clock.ts";
import { createTelemetryHub, type Exporter, type Log } from "./adapters/telemetry/telemetry-hub.ts";
import type { Health, HealthSubject } from "./app/get-health.ts";
import type { Environment } from "./config/environment.ts";
import type { MonitorConfig } from "./config/monitor-config.ts";
import { defined } from "./domain/defined.ts";
import { InvariantError } from "./domain/errors.ts";
import { type ParsedRequest, parseDeliveryRequest, parsePollRequest } from "./domain/poll/parse-requests.ts";
import type { TenantPolicy } from "./domain/poll/tenant-policy.ts";
import type { HttpReply, Route } from "./http/http-types.ts";
import { type HostRequest, serve } from "./http/serve.ts";
import type { Clock } from "./ports/clock.ts";
import type { NotifierOf } from "./ports/notifier.ts";
import type { PartnerSource } from "./ports/partner-source.ts";
import type { Telemetry, TelemetryFields } from "./ports/telemetry.ts";

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

/** Where people look at what Intune itself says. */
const INTUNE_PORTAL = "https://intune.microsoft.com";

/** Clouds with a portal of their own: no link is better than one to another cloud. */
const OTHER_CLOUD = /\.(?:us|cn)$/;

const startedAtMs = clock.nowMs();
const hub = createTelemetryHub(exporterOf(process.env["APPLICATIONINSIGHTS_CONNECTION_STRING"]));
const { telemetry } = hub;

/** Asks for one poll of every tenant. */
export function schedulePolls(invocation: Invocation): Promise<void> {
  return run("PollsScheduled", invocation, async () => {
    const { periodMs } = await config();
    const [{ schedulePolls: schedule }, overview, queue] = await Promise.all([
      import("./app/schedule-polls.ts"),
      tables().then(({ overviewStore }) => overviewStore),
      workQueue(),
    ]);
    const tenantIds = await configuredTenantIds();
    return { ...(await schedule({ overview, queue, clock }, { tenantIds, periodMs })) };
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

/**
 * Sends what is due of the tenant that a message of `delivery-requests` names.
 *
 * @throws {Error} When the message cannot be understood: after some tries the host puts it into the poison queue.
 */
export function deliverNotifications(message: unknown, invocation: Invocation): Promise<void> {
  return run("NotificationsDelivered", invocation, async () => {
    const { tenantId } = understood("delivery request", parseDeliveryRequest(message));
    const [{ deliverNotifications: deliver }, { outbox }, queue, notifierOf] = await Promise.all([
      import("./app/deliver-notifications.ts"),
      tables(),
      workQueue(),
      notifiers(),
    ]);
    const chance = { random: Math.random, newOwner: () => crypto.randomUUID() };
    const deps = { outbox, notifierOf, queue, clock, telemetry, ...chance };
    const { waiting, ...report } = await deliver(deps, { tenantId });
    return { tenantId, ...report, ...waiting };
  });
}

/** Deletes what is past its retention. */
export function tidyHistory(invocation: Invocation): Promise<void> {
  return run("HistoryTidied", invocation, async () => {
    const { retention } = await config();
    const [{ tidyHistory: tidy }, { historyStore: history }] = await Promise.all([
      import("./app/tidy-history.ts"),
      tables(),
    ]);
    const tenantIds = await configuredTenantIds();
    return { ...(await tidy({ history, clock }, { tenantIds, retention })) };
  });
}

/** Answers GET v1/history. */
export function getHistory(request: HostRequest, invocation: Invocation): Promise<HttpReply> {
  return answer(historyRoute, request, invocation);
}

/** Answers GET v1/connections. */
export function listConnections(request: HostRequest, invocation: Invocation): Promise<HttpReply> {
  return answer(connectionsRoute, request, invocation);
}

/** Answers GET v1/health, also when no setting is right. */
export function getHealth(request: HostRequest, invocation: Invocation): Promise<HttpReply> {
  return answer(healthRoute, request, invocation);
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

/** What adapters report to and tell the time by; a player of history brings its own. */
export interface Surroundings {
  readonly telemetry: Telemetry;
  readonly clock: Clock;
  /** How a retry of Graph waits. @default a timer */
  readonly sleep?: (delayMs: number, signal: AbortSignal) => Promise<void>;
}

/** Makes the source that reads the configured tenants, each with its own credential. */
export async function createPartnerSource(
  { graphRoot, tenants }: MonitorConfig,
  surroundings: Surroundings,
): Promise<PartnerSource> {
  const [{ createGraphPartnerSource }, { createTokenProvider }, { chooseCloud }] = await Promise.all([
    import("./adapters/graph/graph-partner-source.ts"),
    import("./adapters/credentials/create-token-provider.ts"),
    import("./adapters/graph/clouds.ts"),
  ]);
  const cloud = chooseCloud("global", graphRoot);
  const credentials = new Map(tenants.map(({ policy, credential }) => [policy.tenantId, credential]));
  const tokenFor = (tenantId: string) => {
    const credential = credentials.get(tenantId);
    if (credential === undefined)
      throw new InvariantError(`Cannot get tokens of a tenant that is not configured: ${tenantId}`);
    return createTokenProvider(credential, { tenantId, ...cloud });
  };
  return createGraphPartnerSource({ graphRoot, tokenFor, ...surroundings });
}

/** Makes the finder of the configured channels. */
export async function createNotifiers(
  { channels, publicUrl, graphRoot }: MonitorConfig,
  surroundings: Surroundings,
): Promise<NotifierOf> {
  const [{ createNotifierOf }, { linkNotification }] = await Promise.all([
    import("./adapters/channels/create-notifier-of.ts"),
    import("./domain/delivery/link-notification.ts"),
  ]);
  const settings = new Map(channels.map((channel) => [channel.name, channel.settings]));
  const roots = defined({ portalUrl: OTHER_CLOUD.test(graphRoot) ? undefined : INTUNE_PORTAL, publicUrl });
  return createNotifierOf(settings, { ...surroundings, linksOf: (facts) => linkNotification(facts, roots) });
}

const historyRoute = keepOnSuccess(async () => {
  const [{ createHistoryRoute }, { historyStore: history }, { publicUrl }, tenants] = await Promise.all([
    import("./http/history-route.ts"),
    tables(),
    config(),
    configuredTenants(),
  ]);
  return createHistoryRoute({ history, tenants, clock, digest, links: defined({ publicUrl }) });
});

const connectionsRoute = keepOnSuccess(async () => {
  const [{ createConnectionsRoute }, { monitorStore: store }, tenants] = await Promise.all([
    import("./http/connections-route.ts"),
    tables(),
    configuredTenants(),
  ]);
  return createConnectionsRoute({ store, tenants, digest });
});

const healthRoute = keepOnSuccess(async () => {
  const [{ createHealthRoute, HEALTH_MAX_AGE_MS }, { createCache }] = await Promise.all([
    import("./http/health-route.ts"),
    import("./http/create-cache.ts"),
  ]);
  const cache = createCache<Health>(HEALTH_MAX_AGE_MS);
  return createHealthRoute({ compose: healthSubject, clock, startedAtMs, cache });
});

async function healthSubject(): Promise<HealthSubject> {
  const [{ tenants, channels }, { overviewStore: overview }] = await Promise.all([config(), tables()]);
  const onlyLog = channels.every(({ settings }) => settings.type === "log");
  return {
    overview,
    tenants: tenants.map(({ policy }) => policy),
    notes: onlyLog ? ["only the log channel is configured"] : [],
  };
}

async function configuredTenants(): Promise<readonly TenantPolicy[]> {
  const { tenants } = await config();
  return tenants.map(({ policy }) => policy);
}

async function configuredTenantIds(): Promise<readonly string[]> {
  return (await configuredTenants()).map(({ tenantId }) => tenantId);
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

/** Answers a request; whatever goes wrong is recorded and becomes a problem reply. */
function answer(route: () => Promise<Route>, request: HostRequest, invocation: Invocation): Promise<HttpReply> {
  const { invocationId } = invocation;
  const record = (error: unknown): void => recordError(error, invocation);
  return hub.during(logOf(invocation), () =>
    serve(async (input) => (await route())(input), request, { invocationId, record }),
  );
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
