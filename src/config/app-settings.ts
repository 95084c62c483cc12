import { z } from "zod";
import { defined } from "../domain/defined.ts";
import { DAY_MS, formatDuration, MINUTE_MS } from "../domain/units.ts";
import { type Environment, settingOf } from "./environment.ts";
import { duration, guid } from "./fields.schema.ts";
import type { StorageConfig } from "./monitor-config.ts";
import { type ParsedObject, parseObject, type Report } from "./parse-object.ts";
import { periodOfSchedule } from "./poll-period.ts";

/** What the app settings say beside the document. */
export interface AppSettings {
  readonly periodMs: number;
  readonly storage: StorageConfig;
  readonly tablePrefix: string;
  readonly publicUrl?: string;
  /** What opens the writes of the API beside the function key. */
  readonly writeKey?: string;
  /** The platform authenticates callers, so that its principal headers can be believed. */
  readonly hasPlatformAuthentication: boolean;
}

/** The app settings beside those that the document names; the page of settings is made of this too. */
export const appSettingsSchema = z.object({
  MONITOR_CONFIG: z
    .string()
    .exactOptional()
    .describe("The document: a JSON object, or the path of its file below the app. Default: `monitor.config.json`."),
  GRAPH_ENDPOINT: z
    .string()
    .exactOptional()
    .describe(
      "Root of the Graph of another cloud, or `http://127.0.0.1:<port>` of a simulated one. Default: the global cloud.",
    ),
  POLL_SCHEDULE: z
    .string("a schedule such as 0 */15 * * * *")
    .describe("When tenants are polled, as an NCRONTAB expression in UTC. The host reads it too."),
  POLL_PERIOD: duration(MINUTE_MS, DAY_MS)
    .exactOptional()
    .describe("The longest gap of POLL_SCHEDULE, needed where that is not every N minutes or hours."),
  AzureWebJobsStorage: z
    .string()
    .regex(/AccountName=|Endpoint=|UseDevelopmentStorage=true/i, "a connection string of a storage account")
    .exactOptional()
    .describe("Connection string of the storage account for tables and queues. The host reads it too."),
  AzureWebJobsStorage__accountName: z
    .string()
    .regex(/^[a-z0-9]{3,24}$/, "the name of a storage account")
    .exactOptional()
    .describe("Instead of a connection string: name of the account, which is then reached with the app's identity."),
  AzureWebJobsStorage__tableServiceUri: serviceUrl()
    .exactOptional()
    .describe("Instead of a name, where the account is not at core.windows.net: address of its table service."),
  AzureWebJobsStorage__queueServiceUri: serviceUrl()
    .exactOptional()
    .describe("The same for its queue service; given together."),
  AzureWebJobsStorage__clientId: guid()
    .exactOptional()
    .describe("Client id of the user-assigned identity that reaches storage. Default: the app's own identity."),
  MONITOR_TABLE_PREFIX: z
    .string()
    .regex(/^[a-z][a-z0-9]{0,19}$/, "1 to 20 lower-case letters and digits that begin with a letter")
    .exactOptional()
    .describe("Put before the table names, for several installations in one account. Default: none."),
  PUBLIC_URL: z
    .string()
    .refine(isWebOrigin, "an http or https address without a path")
    .exactOptional()
    .describe("Where people reach the app: scheme and host of all links. Default: the host name the platform gave it."),
  MONITOR_WRITE_KEY: z
    .string()
    .min(24, "at least 24 characters, such as `openssl rand -base64 24` makes")
    .exactOptional()
    .describe(
      "Opens the writes, such as silences, acknowledgements, replays and tests, to those who send it as `x-monitor-write-key`. Default: they are off.",
    ),
  APPLICATIONINSIGHTS_CONNECTION_STRING: z
    .string()
    .exactOptional()
    .describe("Where telemetry goes. The host reads it too. Default: the log alone."),
  WEBSITE_AUTH_ENABLED: z.string().exactOptional().describe("Set by the platform when it authenticates callers."),
  WEBSITE_HOSTNAME: z
    .string()
    .regex(/^[a-z0-9.-]+(?::\d+)?$/i, "a host name")
    .exactOptional()
    .describe("Set by the platform."),
});

const SCHEMAS = { whole: appSettingsSchema, partial: appSettingsSchema.partial() };

type Given = ParsedObject<z.output<typeof appSettingsSchema>>;

/**
 * Reads the app settings and reports every problem.
 *
 * @returns undefined when there was a problem.
 */
export function readAppSettings(env: Environment, report: Report): AppSettings | undefined {
  const names = Object.keys(appSettingsSchema.shape);
  const set = names.flatMap((name) => {
    const value = settingOf(env, name);
    return value === undefined ? [] : [[name, value] as const];
  });
  const given = parseObject(SCHEMAS, Object.fromEntries(set), report);
  const periodMs = readPeriod(given, report);
  const storage = readStorage(given, report);
  if (given.kind === "partial" || periodMs === undefined || storage === undefined) return undefined;
  const publicUrl = publicUrlOf(given.values);
  return {
    periodMs,
    storage,
    tablePrefix: given.values.MONITOR_TABLE_PREFIX ?? "",
    hasPlatformAuthentication: given.values.WEBSITE_AUTH_ENABLED?.toLowerCase() === "true",
    ...defined({ publicUrl, writeKey: given.values.MONITOR_WRITE_KEY }),
  };
}

function readPeriod({ values, bad }: Given, report: Report): number | undefined {
  const { POLL_SCHEDULE: schedule, POLL_PERIOD: statedMs } = values;
  if (schedule === undefined || bad.has("POLL_PERIOD")) return undefined;
  const derivedMs = periodOfSchedule(schedule);
  if (derivedMs !== undefined && derivedMs !== (statedMs ?? derivedMs)) {
    report("POLL_PERIOD", `left out, or ${formatDuration(derivedMs)} as POLL_SCHEDULE says`);
    return undefined;
  }
  const periodMs = derivedMs ?? statedMs;
  if (periodMs === undefined) {
    report("POLL_PERIOD", "the longest gap of POLL_SCHEDULE, which is not of the form every N minutes or hours");
  }
  return periodMs;
}

function readStorage({ values, bad }: Given, report: Report): StorageConfig | undefined {
  const {
    AzureWebJobsStorage: connectionString,
    AzureWebJobsStorage__accountName: account,
    AzureWebJobsStorage__tableServiceUri: tableServiceUrl,
    AzureWebJobsStorage__queueServiceUri: queueServiceUrl,
    AzureWebJobsStorage__clientId: clientId,
  } = values;
  if (connectionString !== undefined) return { kind: "connection-string", connectionString };
  const identity = { kind: "identity", ...(clientId === undefined ? {} : { clientId }) } as const;
  if (tableServiceUrl !== undefined && queueServiceUrl !== undefined) {
    return { ...identity, tableServiceUrl, queueServiceUrl };
  }
  if (account !== undefined) {
    const at = (service: string) => `https://${account}.${service}.core.windows.net`;
    return { ...identity, tableServiceUrl: at("table"), queueServiceUrl: at("queue") };
  }
  if (![...bad].some((name) => name.startsWith("AzureWebJobsStorage"))) {
    const names = ["accountName", "tableServiceUri", "queueServiceUri"].map((name) => `AzureWebJobsStorage__${name}`);
    report("AzureWebJobsStorage", `a connection string, or replaced by ${names[0]}, or by ${names[1]} and ${names[2]}`);
  }
  return undefined;
}

/** A local host names itself `localhost`, which nobody else can reach: links then follow the request. */
function publicUrlOf(values: z.output<typeof appSettingsSchema>): string | undefined {
  const { PUBLIC_URL: url, WEBSITE_HOSTNAME: host } = values;
  if (url !== undefined) return new URL(url).origin;
  return host === undefined || /^(?:localhost|[\d.]+)(?::|$)/.test(host) ? undefined : `https://${host}`;
}

function isWebOrigin(text: string): boolean {
  const url = URL.parse(text);
  return url !== null && /^https?:$/.test(url.protocol) && url.href === `${url.origin}/`;
}

function serviceUrl(): z.ZodPipe<z.ZodURL, z.ZodTransform<string, string>> {
  return z.url({ protocol: /^https$/, error: "an https address" }).transform((url) => url.replace(/\/+$/, ""));
}
