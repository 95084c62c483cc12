import type { SourceId, SourceRead } from "../../domain/connections/source.ts";
import { MINUTE_MS, SECOND_MS } from "../../domain/units.ts";
import type { Clock } from "../../ports/clock.ts";
import type { PartnerSource } from "../../ports/partner-source.ts";
import type { Telemetry } from "../../ports/telemetry.ts";
import type { TokenProvider } from "../../ports/token-provider.ts";
import { authorize } from "./authorize.ts";
import { chooseCloud } from "./clouds.ts";
import { getOnlyGuard } from "./get-only-guard.ts";
import type { Deadline, GraphHandler } from "./graph-call.ts";
import { readPages } from "./read-pages.ts";
import { readSource } from "./read-source.ts";
import { record } from "./record.ts";
import { retry, sleepUnlessAborted } from "./retry.ts";
import { createSend } from "./send.ts";
import { SOURCE_ENDPOINTS, type SourceEndpoint, type SourceForm } from "./source-endpoints.ts";

/** What bounds a read, so that one slow tenant does not hold a worker. */
export interface ReadLimits {
  /** For a source: all forms, pages and attempts, with the tokens. @default 60 s */
  readonly budgetMs: number;
  /** For one attempt with its body. @default 20 s */
  readonly attemptTimeoutMs: number;
  /** For one page, the first attempt included. @default 8 */
  readonly maxAttempts: number;
  /** For one body, after decompression. @default 5 MiB */
  readonly maxBodyBytes: number;
  /** For one collection. @default 50 */
  readonly maxPages: number;
}

/** What reading Graph depends on. */
export interface GraphPartnerSourceOptions {
  /** The root of one of the four clouds, or a loopback address. */
  readonly graphRoot: string;
  /** Asked once a tenant; what it returns is kept, with the tokens that it caches. */
  readonly tokenFor: (tenantId: string) => TokenProvider;
  readonly telemetry: Telemetry;
  readonly clock: Clock;
  /** Spreads retries; from 0, included, to 1, excluded. @default Math.random */
  readonly random?: () => number;
  /** Waits, or stops waiting when the signal aborts; never rejects. @default a timer */
  readonly sleep?: (delayMs: number, signal: AbortSignal) => Promise<void>;
  readonly limits?: Partial<ReadLimits>;
}

const LIMITS: ReadLimits = {
  budgetMs: MINUTE_MS,
  attemptTimeoutMs: 20 * SECOND_MS,
  maxAttempts: 8,
  maxBodyBytes: 5 * 1024 * 1024,
  maxPages: 50,
};

interface Settings extends Required<GraphPartnerSourceOptions> {
  readonly limits: ReadLimits;
}

/**
 * Makes the source that reads Microsoft Graph; its libraries are loaded by the first read.
 *
 * @throws {ConfigError} When `graphRoot` is neither the root of a cloud nor a loopback address.
 */
export function createGraphPartnerSource(options: GraphPartnerSourceOptions): PartnerSource {
  const { graphRoot } = chooseCloud("global", options.graphRoot);
  const limits = { ...LIMITS, ...options.limits };
  const settings: Settings = { random: Math.random, sleep: sleepUnlessAborted, ...options, graphRoot, limits };
  const tokensOf = keepByTenant(options.tokenFor);
  const pageLimits = { graphRoot, maxPages: limits.maxPages };
  return {
    read: async ({ tenantId, sources, connectorStatusForm }) => {
      const { createGraphClient, getWith } = await import("./graph-client.ts");
      const context = { tenantId, tokens: tokensOf(tenantId), deadline: startDeadline(settings) };
      const readOne = async (sourceId: SourceId): Promise<SourceRead> => {
        const chainOf = createChain(settings, { ...context, endpoint: SOURCE_ENDPOINTS[sourceId] });
        return readSource({ sourceId, remembered: connectorStatusForm }, async (form) =>
          readPages(getWith(createGraphClient(graphRoot, chainOf(form))), form, pageLimits),
        );
      };
      return Promise.all(sources.map(readOne));
    },
  };
}

interface ChainContext {
  readonly tenantId: string;
  readonly tokens: TokenProvider;
  readonly deadline: Deadline;
  readonly endpoint: SourceEndpoint;
}

/** Links the chain of one source: the guard before anything else, and a token for each attempt, since waiting may outlive one. */
function createChain(settings: Settings, context: ChainContext): (form: SourceForm) => GraphHandler {
  const { telemetry, clock, limits } = settings;
  const { tenantId, tokens, deadline, endpoint } = context;
  const guarded = getOnlyGuard(settings.graphRoot);
  const retried = retry({ ...settings, deadline, maxAttempts: limits.maxAttempts });
  const authorized = authorize(tokens, deadline.signal);
  const recorded = record({ telemetry, clock, operation: endpoint.operation, tenantId });
  const sending = { clock, signal: deadline.signal, ...limits };
  return (form) => {
    const send = createSend(sending, { form, permission: endpoint.permission });
    return guarded(retried(authorized(recorded(send))));
  };
}

function startDeadline({ clock, limits }: Settings): Deadline {
  return { atMs: clock.nowMs() + limits.budgetMs, signal: AbortSignal.timeout(limits.budgetMs) };
}

function keepByTenant(tokenFor: (tenantId: string) => TokenProvider): (tenantId: string) => TokenProvider {
  const kept = new Map<string, TokenProvider>();
  return (tenantId) => {
    const tokens = kept.get(tenantId) ?? tokenFor(tenantId);
    kept.set(tenantId, tokens);
    return tokens;
  };
}
