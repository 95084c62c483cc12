import { digest } from "./adapters/system/digest.ts";
import { equalSecrets } from "./adapters/system/equal-secrets.ts";
import { keepOnSuccess } from "./adapters/system/keep-on-success.ts";
import { yieldNow } from "./adapters/system/yield-now.ts";
import type { createTableStorage } from "./adapters/tables/create-table-storage.ts";
import type { Health, HealthSubject } from "./app/get-health.ts";
import type { MonitorConfig } from "./config/monitor-config.ts";
import { defined } from "./domain/defined.ts";
import type { WriteAccess } from "./http/authorize-write.ts";
import type { Route } from "./http/http-types.ts";
import type { Clock } from "./ports/clock.ts";
import type { NotifierOf } from "./ports/notifier.ts";
import type { WorkQueue } from "./ports/work-queue.ts";

/** What the routes are made of; each is made by its first user. */
export interface RouteParts {
  readonly config: () => Promise<MonitorConfig>;
  readonly tables: () => Promise<ReturnType<typeof createTableStorage>>;
  readonly queue: () => Promise<WorkQueue>;
  readonly notifiers: () => Promise<NotifierOf>;
  readonly clock: Clock;
  /** When this process began. */
  readonly startedAtMs: number;
}

/** A route that is made, with all it needs, by the first request for it. */
type LazyRoute = () => Promise<Route>;

/** The routes of the API, by function. */
export interface Routes {
  readonly history: LazyRoute;
  readonly connections: LazyRoute;
  readonly health: LazyRoute;
  readonly metrics: LazyRoute;
  readonly deadlines: LazyRoute;
  readonly openapi: LazyRoute;
  readonly dashboard: LazyRoute;
  readonly silences: LazyRoute;
  readonly endSilence: LazyRoute;
  readonly acknowledgement: LazyRoute;
  readonly tenants: LazyRoute;
  readonly connection: LazyRoute;
  readonly alerts: LazyRoute;
  readonly deliveries: LazyRoute;
  readonly acceptRemoval: LazyRoute;
  readonly resetConnection: LazyRoute;
  readonly replayDelivery: LazyRoute;
  readonly testChannel: LazyRoute;
  readonly requestPoll: LazyRoute;
  readonly preview: LazyRoute;
}

/** Wires the routes of the API; nothing is loaded before it is asked for, so that a cold start pays for one route only. */
export function composeRoutes(parts: RouteParts): Routes {
  return {
    ...composeReads(parts),
    ...composeFeeds(parts),
    ...composeWrites(parts),
    ...composeLists(parts),
    ...composeOrders(parts),
    preview: composePreview(parts),
  };
}

function composeReads({ config, tables, clock, startedAtMs }: RouteParts) {
  const tenants = () => tenantsOf(config);
  return {
    history: keepOnSuccess(async () => {
      const [{ createHistoryRoute }, { historyStore: history, monitorStore: store }, { publicUrl }] = await Promise.all(
        [import("./http/history-route.ts"), tables(), config()],
      );
      const links = defined({ publicUrl });
      return createHistoryRoute({ history, store, tenants: await tenants(), clock, digest, links });
    }),
    connections: keepOnSuccess(async () => {
      const [{ createConnectionsRoute }, { monitorStore: store }] = await Promise.all([
        import("./http/connections-route.ts"),
        tables(),
      ]);
      return createConnectionsRoute({ store, tenants: await tenants(), digest });
    }),
    health: keepOnSuccess(async () => {
      const [{ createHealthRoute, HEALTH_MAX_AGE_MS }, { createCache }] = await Promise.all([
        import("./http/health-route.ts"),
        import("./http/create-cache.ts"),
      ]);
      const cache = createCache<Health>(HEALTH_MAX_AGE_MS);
      return createHealthRoute({ compose: () => healthSubject(config, tables), clock, startedAtMs, cache });
    }),
  };
}

function composeFeeds({ config, tables, clock }: RouteParts) {
  const tenants = () => tenantsOf(config);
  return {
    metrics: keepOnSuccess(async () => {
      const [{ createMetricsRoute }, { overviewStore: overview }] = await Promise.all([
        import("./http/metrics-route.ts"),
        tables(),
      ]);
      return createMetricsRoute({ overview, tenants: await tenants(), clock });
    }),
    deadlines: keepOnSuccess(async () => {
      const [{ createDeadlinesRoute }, { overviewStore: overview }] = await Promise.all([
        import("./http/deadlines-route.ts"),
        tables(),
      ]);
      return createDeadlinesRoute({ overview, tenants: await tenants(), digest });
    }),
    dashboard: keepOnSuccess(async () => {
      const [{ createDashboardRoute }, { createAppFolderReader }] = await Promise.all([
        import("./http/dashboard-route.ts"),
        import("./adapters/system/app-files.ts"),
      ]);
      const files = await createAppFolderReader(import.meta.url)("dist/dashboard");
      return createDashboardRoute({ files, digest });
    }),
    openapi: keepOnSuccess(async () => {
      const [{ createOpenapiRoute }, { default: document }] = await Promise.all([
        import("./http/openapi-route.ts"),
        import("../docs/openapi.json", { with: { type: "json" } }),
      ]);
      return createOpenapiRoute({ document, digest });
    }),
  };
}

function composePreview({ config, tables, clock }: RouteParts): LazyRoute {
  return keepOnSuccess(async () => {
    const [{ createPreviewRoute }, { parseRuleChanges: parseRules }, { historyStore: history, monitorStore: store }] =
      await Promise.all([import("./http/preview-route.ts"), import("./config/parse-rule-changes.ts"), tables()]);
    const deps = { history, store, clock, parseRules, digest, yieldNow };
    return createPreviewRoute({ ...deps, tenants: await tenantsOf(config) });
  });
}

function composeWrites({ config, tables, clock }: RouteParts) {
  const common = () => writeDeps({ config, clock });
  return {
    silences: keepOnSuccess(async () => {
      const [{ createSilencesRoute }, { suppressionStore: suppressions }] = await Promise.all([
        import("./http/silences-route.ts"),
        tables(),
      ]);
      return createSilencesRoute({ ...(await common()), suppressions, digest });
    }),
    endSilence: keepOnSuccess(async () => {
      const [{ createEndSilenceRoute }, { suppressionStore: suppressions }] = await Promise.all([
        import("./http/end-silence-route.ts"),
        tables(),
      ]);
      return createEndSilenceRoute({ ...(await common()), suppressions });
    }),
    acknowledgement: keepOnSuccess(async () => {
      const [{ createAcknowledgementRoute }, { suppressionStore: suppressions, monitorStore: store }] =
        await Promise.all([import("./http/acknowledgement-route.ts"), tables()]);
      return createAcknowledgementRoute({ ...(await common()), suppressions, store });
    }),
  };
}

function composeLists({ config, tables, clock }: RouteParts) {
  const tenants = () => tenantsOf(config);
  return {
    tenants: keepOnSuccess(async () => {
      const [{ createTenantsRoute }, { overviewStore: overview }, { fleet }] = await Promise.all([
        import("./http/tenants-route.ts"),
        tables(),
        config(),
      ]);
      return createTenantsRoute({ overview, tenants: await tenants(), fleet, clock, digest });
    }),
    connection: keepOnSuccess(async () => {
      const [{ createConnectionRoute }, { monitorStore: store, historyStore: history }] = await Promise.all([
        import("./http/connection-route.ts"),
        tables(),
      ]);
      return createConnectionRoute({ store, history, tenants: await tenants(), digest });
    }),
    alerts: keepOnSuccess(async () => {
      const [{ createAlertsRoute }, { monitorStore: store, overviewStore: overview }] = await Promise.all([
        import("./http/alerts-route.ts"),
        tables(),
      ]);
      return createAlertsRoute({ store, overview, tenants: await tenants(), digest });
    }),
    deliveries: keepOnSuccess(async () => {
      const [{ createDeliveriesRoute }, { historyStore: history, outbox }, { publicUrl }] = await Promise.all([
        import("./http/deliveries-route.ts"),
        tables(),
        config(),
      ]);
      const links = defined({ publicUrl });
      return createDeliveriesRoute({ history, outbox, tenants: await tenants(), links, digest });
    }),
  };
}

function composeOrders(parts: RouteParts) {
  const { tables, queue } = parts;
  const common = () => writeDeps(parts);
  return {
    acceptRemoval: keepOnSuccess(async () => {
      const [{ createAcceptRemovalRoute }, { monitorStore: store, historyStore: history, operatorStore: operators }] =
        await Promise.all([import("./http/accept-removal-route.ts"), tables()]);
      return createAcceptRemovalRoute({ ...(await common()), store, history, operators });
    }),
    resetConnection: keepOnSuccess(async () => {
      const [{ createResetConnectionRoute }, { monitorStore: store, historyStore: history, operatorStore: operators }] =
        await Promise.all([import("./http/reset-connection-route.ts"), tables()]);
      return createResetConnectionRoute({ ...(await common()), store, history, operators, queue: await queue() });
    }),
    replayDelivery: keepOnSuccess(async () => {
      const [{ createReplayDeliveryRoute }, { monitorStore: store, deadLetters }] = await Promise.all([
        import("./http/replay-delivery-route.ts"),
        tables(),
      ]);
      return createReplayDeliveryRoute({ ...(await common()), store, deadLetters, queue: await queue() });
    }),
    requestPoll: keepOnSuccess(async () => {
      const [{ createRequestPollRoute }, { overviewStore: overview, operatorStore: operators }] = await Promise.all([
        import("./http/request-poll-route.ts"),
        tables(),
      ]);
      return createRequestPollRoute({ ...(await common()), overview, operators, queue: await queue() });
    }),
    testChannel: keepOnSuccess(async () => {
      const [{ createTestChannelRoute }, { channelHealthStore: channelHealth, operatorStore: operators }] =
        await Promise.all([import("./http/test-channel-route.ts"), tables()]);
      return createTestChannelRoute({
        ...(await common()),
        channelHealth,
        operators,
        notifierOf: await parts.notifiers(),
      });
    }),
  };
}

async function writeDeps({ config, clock }: Pick<RouteParts, "config" | "clock">) {
  return { tenants: await tenantsOf(config), access: accessOf(await config()), clock };
}

function accessOf({ writes: { key, trustsPlatform } }: MonitorConfig): WriteAccess {
  return { isKey: key === undefined ? undefined : (given) => equalSecrets(given, key), trustsPlatform };
}

async function tenantsOf(config: RouteParts["config"]) {
  return (await config()).tenants.map(({ policy }) => policy);
}

async function healthSubject(config: RouteParts["config"], tables: RouteParts["tables"]): Promise<HealthSubject> {
  const [{ tenants, fleet, channels }, { overviewStore: overview }] = await Promise.all([config(), tables()]);
  const onlyLog = channels.every(({ settings }) => settings.type === "log");
  return {
    overview,
    tenants: tenants.map(({ policy }) => policy),
    fleet,
    notes: onlyLog ? ["only the log channel is configured"] : [],
  };
}
