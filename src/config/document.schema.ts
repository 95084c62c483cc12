import { z } from "zod";
import { DEFAULT_REPEAT_MS } from "../domain/alerts/decide-notification.ts";
import { SOURCE_IDS } from "../domain/connections/source.ts";
import { DAY_MS, formatDuration, HOUR_MS } from "../domain/units.ts";
import { channelName, channelSchema, DEFAULT_CHANNELS } from "./channel.schema.ts";
import { credentialSchema } from "./credential.schema.ts";
import type { Environment } from "./environment.ts";
import { duration, glob, guid, label } from "./fields.schema.ts";
import { deadManSwitchSchema, fleetSchema } from "./fleet.schema.ts";
import { maintenanceSchema } from "./maintenance.schema.ts";
import { overridesSchema, rulesSchema } from "./rules.schema.ts";

/** The configuration document with secrets in place of the names of their settings, and durations as milliseconds. */
export type MonitorDocument = z.output<ReturnType<typeof createSchema>>;

/** At most so many channels may be told about a tenant: what one poll plans must fit a transaction. */
export const MAX_CHANNELS = 10;

/** Makes the schema of the configuration document, which looks up secrets in the given app settings. */
export function documentSchema(env: Environment): ReturnType<typeof createSchema> {
  return createSchema(env);
}

function createSchema(env: Environment) {
  const credential = credentialSchema(env);
  return z.strictObject({
    $schema: z.string().exactOptional().describe("The schema that editors check this document by."),
    tenants: z
      .array(tenantSchema(credential), "a list of tenants")
      .min(1, "a list of at least one tenant")
      .max(1_000, "a list of at most 1,000 tenants")
      .describe("The tenants that are watched."),
    credential: credential
      .prefault({ kind: "managed-identity" })
      .describe("How tokens are got for tenants that do not say otherwise."),
    ...judging(),
    ...telling(env),
    retention: retentionSchema().prefault({}).describe("How long rows are kept."),
  });
}

/** What is judged, and by which limits. */
function judging() {
  return {
    preset: z
      .enum(["recommended", "microsoft", "strict", "relaxed"])
      .default("recommended")
      .describe("Where the limits of all rules start from."),
    rules: rulesSchema.prefault({}),
    overrides: overridesSchema.prefault([]),
    ignore: ignoreSchema(),
    watchedConnectors: z
      .array(label(64), "a list of connector names")
      .default([])
      .describe("Connectors, by connectorName, that are watched although the catalogue leaves them out."),
  };
}

/** Who is told, who may change that, and how the monitor watches itself. */
function telling(env: Environment) {
  return {
    channels: z
      .array(channelSchema(env), "a list of channels")
      .min(1, "a list of at least one channel")
      .default([...DEFAULT_CHANNELS])
      .describe("Where notifications go. Default: the log alone."),
    maintenance: maintenanceSchema
      .prefault([])
      .describe("Times of the week in which alerts are kept quiet; one that still fires afterwards is told then."),
    reminders: remindersSchema()
      .prefault({})
      .describe(
        "How often an alert is told again while it goes on and nobody has acknowledged it: `PT1H` or more, or `never`. Information never is.",
      ),
    trustAppServiceAuthentication: z
      .boolean("true or false")
      .default(false)
      .describe(
        "Whether callers with the app role `Monitor.Operator` may write; works only where the platform authenticates.",
      ),
    fleet: fleetSchema().prefault({}).describe("How the monitor watches itself: tenants from outside, and channels."),
    deadManSwitch: deadManSwitchSchema(env)
      .exactOptional()
      .describe(
        "Who is pinged at every poll, as Healthchecks.io has it: `<address>` when all is well, `<address>/fail` when not.",
      ),
  };
}

function tenantSchema(credential: ReturnType<typeof credentialSchema>) {
  return z.strictObject({
    id: guid().describe("Tenant id."),
    name: label(100).describe("The name in messages and on the page."),
    sources: z
      .array(z.enum(SOURCE_IDS), "a list of sources")
      .min(1, "a list of at least one source")
      .refine((sources) => new Set(sources).size === sources.length, "a list that names each source once")
      .default([...SOURCE_IDS])
      .describe("The Graph collections that are read."),
    credential: credential.exactOptional().describe("Default: the document's credential."),
    channels: z
      .array(channelName(), "a list of channel names")
      .min(1, "a list of at least one channel name")
      .exactOptional()
      .describe(`Names of the channels that are told, at most ${MAX_CHANNELS}. Default: all.`),
    rules: rulesSchema.prefault({}),
    overrides: overridesSchema.prefault([]),
    ignore: ignoreSchema(),
  });
}

function ignoreSchema() {
  return z
    .array(
      z.strictObject({
        connection: glob().describe("Pattern over connection id and display name."),
        kind: z
          .enum(["device-management-partner", "compliance-management-partner", "connector"])
          .exactOptional()
          .describe("Kind of connection."),
        reason: label(200).describe("Shown wherever the connection is."),
      }),
      "a list of connections to ignore",
    )
    .default([])
    .describe("Connections that are shown and never alerted.");
}

function remindersSchema() {
  const { critical, error, warning } = DEFAULT_REPEAT_MS;
  return z.strictObject({
    critical: interval(critical).describe("For critical alerts."),
    error: interval(error).describe("For errors."),
    warning: interval(warning).describe("For warnings."),
  });
}

function interval(defaultMs: number) {
  return z
    .union([z.literal("never"), duration(HOUR_MS)], 'a duration of at least PT1H, or "never"')
    .prefault(formatDuration(defaultMs));
}

function retentionSchema() {
  return z.strictObject({
    snapshots: duration(DAY_MS).prefault("P90D").describe("Readings of partners and connectors."),
    events: duration(DAY_MS)
      .prefault("P400D")
      .describe(
        "Changes of alerts, standing and configuration; silences that are over, who did what, and states set aside.",
      ),
    daily: duration(DAY_MS).prefault("P1825D").describe("How each connection stood on each day."),
    deliveries: duration(DAY_MS).prefault("P90D").describe("What was sent, and what was given up."),
  });
}
