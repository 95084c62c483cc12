import { z } from "zod";
import type { GivenDocument } from "./read-document.ts";
import type { Scenario } from "./scenarios/scenario.schema.ts";

/** The addresses that the simulated surroundings listen on, and the key that opens the app to people. */
export interface SimulatedAddresses {
  readonly connectionString: string;
  readonly graphUrl: string;
  readonly inboxUrl: string;
  /** Where people reach the app. */
  readonly publicUrl: string;
  /** Opens the writes of the app. */
  readonly writeKey: string;
}

/** What else simulated tenants can have. */
export interface SimulatedExtras {
  /** Whether alerts are told by mail too, sent through the simulated Graph. */
  readonly mail: boolean;
}

/** App settings by name. */
export type AppSettings = Readonly<Record<string, string>>;

/** A signing secret for messages that never leave this machine. */
const INBOX_SECRET = `whsec_${Buffer.from("simulated-inbox-of-this-machine!").toString("base64")}`;

/** How the app signs in unless its document says otherwise. */
const MANAGED_IDENTITY = { kind: "managed-identity" };

/**
 * Makes the app settings for simulated tenants: what an administrator would set for real ones, with loopback addresses.
 *
 * Alerts end two minutes after the last ok instead of thirty, so that a recovery can be watched.
 */
export function simulatedSettings(
  scenario: Scenario,
  addresses: SimulatedAddresses,
  { mail }: SimulatedExtras = { mail: false },
): AppSettings {
  const quick = { keepFiring: "PT2M" };
  const credential = { kind: "development-token" };
  const tenantId = scenario.tenants[0]?.id;
  const mailbox = { tenantId, credential, sender: "monitor@contoso.example", to: ["operations@contoso.example"] };
  const config = {
    tenants: scenario.tenants.map(({ id, name }) => ({ id, name })),
    credential,
    rules: { "heartbeat-age": quick, "partner-state": quick, "sync-age": quick, "reported-health": quick },
    channels: [
      { name: "log", type: "log", minSeverity: "info" },
      { name: "inbox", type: "webhook", urlFrom: "INBOX_URL", secretFrom: "INBOX_SECRET", allowPrivate: true },
      ...(mail ? [{ name: "mail", type: "email", ...mailbox }] : []),
    ],
  };
  return {
    AzureWebJobsStorage: addresses.connectionString,
    GRAPH_ENDPOINT: addresses.graphUrl,
    POLL_SCHEDULE: "0 * * * * *",
    MONITOR_CONFIG: JSON.stringify(config),
    PUBLIC_URL: addresses.publicUrl,
    MONITOR_WRITE_KEY: addresses.writeKey,
    INBOX_URL: `${addresses.inboxUrl}/alerts`,
    INBOX_SECRET,
  };
}

/** What real tenants are watched with, beside the shell's environment. */
export interface RealSurroundings {
  readonly connectionString: string;
  readonly document: GivenDocument;
}

/**
 * Makes the app settings for real tenants: this shell's environment and the document, with embedded storage.
 *
 * Where the app would use its managed identity, which this machine has not, the default credential chain signs in.
 */
export function realSettings(env: NodeJS.ProcessEnv, { connectionString, document }: RealSurroundings): AppSettings {
  const inherited = Object.entries(env).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, value] as const],
  );
  return {
    POLL_SCHEDULE: "0 */15 * * * *",
    ...Object.fromEntries(inherited),
    AzureWebJobsStorage: connectionString,
    MONITOR_CONFIG: JSON.stringify(withoutManagedIdentity(document)),
  };
}

/** Whatever is wrong with the document stays as it is: the app says so, by the name of the setting. */
function withoutManagedIdentity({ tenants, credential = MANAGED_IDENTITY, ...rest }: GivenDocument): GivenDocument {
  const signingIn = Array.isArray(tenants) ? tenants.map(asPerson) : tenants;
  return { ...rest, tenants: signingIn, credential: toDefault(credential) };
}

function asPerson(tenant: unknown): unknown {
  const own = z.looseObject({ credential: z.unknown() }).safeParse(tenant).data;
  return own?.credential === undefined ? tenant : { ...own, credential: toDefault(own.credential) };
}

function toDefault(credential: unknown): unknown {
  return z.looseObject({ kind: z.literal(MANAGED_IDENTITY.kind) }).safeParse(credential).success
    ? { kind: "default" }
    : credential;
}
