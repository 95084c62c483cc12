import { z } from "zod";
import { SEVERITIES, type Severity } from "../domain/rules/rule.ts";
import { addressMembers, isAddressAllowed, WRONG_ADDRESS } from "./address.schema.ts";
import { type CredentialConfig, credentialSchema } from "./credential.schema.ts";
import type { Environment } from "./environment.ts";
import { fromSetting, guid, unknownKind } from "./fields.schema.ts";

/** A channel with secrets in place of the names of their settings. */
export interface ChannelConfig {
  readonly name: string;
  readonly minSeverity: Severity;
  readonly settings: ChannelSettings;
}

type ChannelSettings =
  | { readonly type: "log" }
  | {
      readonly type: "webhook";
      readonly format: WebhookFormat;
      readonly url: string;
      readonly secrets: readonly string[];
      readonly allowPrivate: boolean;
    }
  | { readonly type: "teams"; readonly url: string; readonly allowPrivate: boolean }
  | { readonly type: "slack"; readonly url: string; readonly allowPrivate: boolean }
  | { readonly type: "pagerduty"; readonly url: string; readonly allowPrivate: boolean; readonly routingKey: string }
  | {
      readonly type: "email";
      readonly tenantId: string;
      readonly credential: CredentialConfig;
      readonly sender: string;
      readonly to: readonly string[];
    };

type WebhookFormat = "cloudevents" | "azure-monitor";

const NAME = "a name of 1 to 40 lower-case letters, digits and hyphens that does not begin with a hyphen";

/** The channel of a configuration that names none: alerts are never just dropped. */
export const DEFAULT_CHANNELS: readonly ChannelConfig[] = [
  { name: "log", minSeverity: "info", settings: { type: "log" } },
];

/** Reads the name of a channel. */
export function channelName(): z.ZodString {
  return z.string(NAME).regex(/^[a-z0-9][a-z0-9-]{0,39}$/, NAME);
}

/** Makes the schema of a channel, which looks up addresses and secrets in the given app settings. */
export function channelSchema(env: Environment): z.ZodType<ChannelConfig> {
  return z.discriminatedUnion(
    "type",
    [
      logSchema().describe("Writes each notification to the log."),
      webhookSchema(env).describe("Posts each notification as a signed CloudEvent or Azure Monitor alert."),
      chatSchema("teams", env).describe("Posts each notification as a card to a Teams workflow."),
      chatSchema("slack", env).describe("Posts each notification as blocks to an incoming webhook of Slack."),
      pagerdutySchema(env).describe("Triggers and resolves an alert of PagerDuty by its Events API v2."),
      emailSchema(env).describe("Sends mail through Microsoft Graph, from one mailbox."),
    ],
    unknownKind("log, webhook, teams, slack, pagerduty or email"),
  );
}

const SIGNING_SECRET_FORM = /^whsec_(?:[A-Za-z\d+/]{4}){8,21}(?:[A-Za-z\d+/]{2}==|[A-Za-z\d+/]{3}=)?$/;
const SIGNING_SECRET = "a signing secret: whsec_ and 24 to 64 bytes as base64";

const ROUTING_KEY = "an integration key of the Events API v2: 32 letters and digits";

/**
 * Where PagerDuty takes events, by service region.
 *
 * Source: PagerDuty, "Send an Alert Event", github.com/PagerDuty/developer-docs, docs/events-API-v2/02-Trigger-Events.md;
 * "Safelist IPs", support.pagerduty.com/docs/safelist-ips; read 2026-11-22.
 */
const PAGERDUTY_URLS = {
  us: "https://events.pagerduty.com/v2/enqueue",
  eu: "https://events.eu.pagerduty.com/v2/enqueue",
};

function logSchema() {
  return z
    .strictObject({ type: z.literal("log"), name: nameMember(), minSeverity: minSeverity("info") })
    .transform(({ type, ...channel }) => ({ ...channel, settings: { type } }));
}

function webhookSchema(env: Environment) {
  return z
    .strictObject({
      type: z.literal("webhook"),
      ...posting(env),
      format: z
        .enum(["cloudevents", "azure-monitor"])
        .default("cloudevents")
        .describe("What is posted: CloudEvents 1.0, or the common alert schema of Azure Monitor."),
      secretFrom: signingSecretsFrom(env),
    })
    .refine(isAddressAllowed, WRONG_ADDRESS)
    .transform(({ type, format, urlFrom: url, secretFrom: secrets, allowPrivate, ...channel }) => ({
      ...channel,
      settings: { type, format, url, secrets, allowPrivate },
    }));
}

function chatSchema<T extends "teams" | "slack">(chat: T, env: Environment) {
  return z
    .strictObject({ type: z.literal(chat), ...posting(env) })
    .refine(isAddressAllowed, WRONG_ADDRESS)
    .transform(({ type, urlFrom: url, allowPrivate, ...channel }) => ({
      ...channel,
      settings: { type, url, allowPrivate },
    }));
}

function pagerdutySchema(env: Environment) {
  const routingKey = z.string().regex(/^[A-Za-z\d]{32}$/, `the name of an app setting that holds ${ROUTING_KEY}`);
  return z
    .strictObject({
      type: z.literal("pagerduty"),
      name: nameMember(),
      minSeverity: minSeverity("warning"),
      routingKeyFrom: fromSetting(env, ROUTING_KEY)
        .pipe(routingKey)
        .describe("App setting that holds the integration key, which is a secret."),
      region: z
        .enum(["us", "eu"])
        .default("us")
        .describe("Service region of the account: `eu` for one at app.eu.pagerduty.com."),
    })
    .transform(({ type, routingKeyFrom, region, ...channel }) => ({
      ...channel,
      settings: { type, url: PAGERDUTY_URLS[region], allowPrivate: false, routingKey: routingKeyFrom },
    }));
}

function emailSchema(env: Environment) {
  return z
    .strictObject({
      type: z.literal("email"),
      name: nameMember(),
      minSeverity: minSeverity("warning"),
      tenantId: guid().describe("Tenant of the mailbox that sends."),
      credential: credentialSchema(env)
        .prefault({ kind: "managed-identity" })
        .describe("How tokens are got for sending; needs the permission `Mail.Send` for the one mailbox and no other."),
      sender: z
        .union([guid(), address()], "an address or the object id of a user")
        .describe("The mailbox that sends: its address, or the object id of its user."),
      to: z
        .array(address(), RECIPIENTS)
        .min(1, RECIPIENTS)
        .max(20, RECIPIENTS)
        .describe("Addresses of those who get the mail."),
    })
    .transform(({ type, tenantId, credential, sender, to, ...channel }) => ({
      ...channel,
      settings: { type, tenantId, credential, sender, to },
    }));
}

const RECIPIENTS = "a list of 1 to 20 addresses";

function address() {
  return z.email("an address such as ops@contoso.com").max(254, "an address of at most 254 characters");
}

/** The members of every channel that posts to an address of the administrator's choice. */
function posting(env: Environment) {
  return {
    name: nameMember(),
    minSeverity: minSeverity("warning"),
    ...addressMembers(env),
  };
}

function nameMember() {
  return channelName().describe("Stays the same for good: it is part of what was told to whom.");
}

function minSeverity(calmest: Severity): z.ZodDefault<z.ZodEnum<{ [S in Severity]: S }>> {
  return z
    .enum(SEVERITIES)
    .default(calmest)
    .describe(
      "Alerts that never reach it are not told here; one that was told is, to its end, also when it gets calmer.",
    );
}

function signingSecretsFrom(env: Environment): z.ZodType<readonly string[]> {
  const expected = `the name of an app setting that holds ${SIGNING_SECRET}`;
  const secret = fromSetting(env, SIGNING_SECRET).pipe(z.string().regex(SIGNING_SECRET_FORM, expected));
  return z
    .union([z.string(), z.array(z.string()).min(1).max(5)], `${expected}, or a list of up to 5 of them`)
    .transform((names) => [names].flat())
    .pipe(z.array(secret))
    .default([])
    .describe("App setting that holds the signing secret, or up to 5 while it is being changed. Default: not signed.");
}
