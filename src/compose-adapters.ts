import type { ChannelSettings } from "./adapters/channels/channel-settings.ts";
import type { ChannelConfig } from "./config/channel.schema.ts";
import type { CredentialConfig } from "./config/credential.schema.ts";
import type { MonitorConfig } from "./config/monitor-config.ts";
import { defined } from "./domain/defined.ts";
import { InvariantError } from "./domain/errors.ts";
import type { Clock } from "./ports/clock.ts";
import type { NotifierOf } from "./ports/notifier.ts";
import type { PartnerSource } from "./ports/partner-source.ts";
import type { Telemetry } from "./ports/telemetry.ts";

/** Where people look at what Intune itself says. */
const INTUNE_PORTAL = "https://intune.microsoft.com";

/** Clouds with a portal of their own: no link is better than one to another cloud. */
const OTHER_CLOUD = /\.(?:us|cn)$/;

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
  const [{ createGraphPartnerSource }, tokensOf] = await Promise.all([
    import("./adapters/graph/graph-partner-source.ts"),
    tokensAt(graphRoot),
  ]);
  const credentials = new Map(tenants.map(({ policy, credential }) => [policy.tenantId, credential]));
  const tokenFor = (tenantId: string) => {
    const credential = credentials.get(tenantId);
    if (credential === undefined)
      throw new InvariantError(`Cannot get tokens of a tenant that is not configured: ${tenantId}`);
    return tokensOf(tenantId, credential);
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
  const settings = new Map(
    await Promise.all(
      channels.map(async (channel) => [channel.name, await withMailAccess(channel, graphRoot)] as const),
    ),
  );
  const roots = defined({ portalUrl: OTHER_CLOUD.test(graphRoot) ? undefined : INTUNE_PORTAL, publicUrl });
  return createNotifierOf(settings, { ...surroundings, linksOf: (facts) => linkNotification(facts, roots) });
}

/** Gives a channel that sends mail the tokens of its own credential; their cache lives as long as the settings. */
async function withMailAccess({ settings }: ChannelConfig, graphRoot: string): Promise<ChannelSettings> {
  if (settings.type !== "email") return settings;
  const { type, tenantId, credential, sender, to } = settings;
  return { type, sender, to, graphRoot, tokens: (await tokensAt(graphRoot))(tenantId, credential) };
}

async function tokensAt(graphRoot: string) {
  const [{ createTokenProvider }, { chooseCloud }] = await Promise.all([
    import("./adapters/credentials/create-token-provider.ts"),
    import("./adapters/graph/clouds.ts"),
  ]);
  const cloud = chooseCloud("global", graphRoot);
  return (tenantId: string, credential: CredentialConfig) => createTokenProvider(credential, { tenantId, ...cloud });
}
