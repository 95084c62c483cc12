import { z } from "zod";
import { CONNECTION_KINDS } from "../../src/domain/connections/reading.ts";
import { NOTIFICATION_KINDS, NOTIFY_REASONS } from "../../src/domain/delivery/notification.ts";
import type { AlertsBody, ListedAlertBody } from "../../src/http/contract/alerts.ts";
import type { DeliveriesBody, DeliveryBody } from "../../src/http/contract/deliveries.ts";
import type { TenantBody, TenantPollBody, TenantsBody } from "../../src/http/contract/tenants.ts";
import { evaluation, quiet, told } from "./alert.schema.ts";
import { bodyOf, literals } from "./body-of.ts";
import { count, dateTime, duration, key, phase, ruleId, severity, tenantId, text } from "./common.schema.ts";

const kind = z.enum(CONNECTION_KINDS);

const listedAlert = bodyOf<ListedAlertBody>({
  tenantId,
  tenantName: text,
  connectionKey: key,
  connectionKind: kind,
  connectionName: text,
  ruleId,
  title: text.describe("What the rule watches for."),
  consequence: text.optional(),
  remedy: text.optional(),
  measure: text.optional(),
  alertKey: key.optional().describe("Absent in a list over all tenants until a tenant's first poll by this version."),
  phase,
  severity: severity.optional(),
  sinceDateTime: dateTime.optional().describe("When the phase was entered; absent where the key is."),
  reason: text.optional(),
  evaluation: evaluation.optional(),
  episode: bodyOf<NonNullable<ListedAlertBody["episode"]>>({ id: text, firedDateTime: dateTime }).optional(),
  quiet: z.array(quiet).optional(),
  told: z.array(told).optional(),
}).meta({ id: "ListedAlert", description: "An alert that is not inactive, with where it is." });

/** The answer of GET v1/alerts. */
export const alerts = bodyOf<AlertsBody>({
  value: z.array(listedAlert).describe("Gravest first."),
  connectionsLeftOut: count.describe("Connections, the calmest, whose alerts a list over all tenants has no room for."),
}).meta({ id: "Alerts" });

const delivery = bodyOf<DeliveryBody>({
  id: text.optional().describe("Names the record of a settled one."),
  notificationId: text.describe("What its receivers know it by."),
  status: literals<DeliveryBody["status"]>({ pending: true, delivered: true, superseded: true, dead: true }),
  channel: text,
  kind: z.enum(NOTIFICATION_KINDS),
  toldBecause: z.enum(NOTIFY_REASONS),
  ruleId,
  severity,
  alertKey: key,
  episode: text,
  connectionKey: key,
  connectionKind: kind,
  connectionName: text,
  slotDateTime: dateTime,
  firedDateTime: dateTime,
  attempts: count,
  reason: text.optional().describe("The code of the last failure, or why it was not sent."),
  settledDateTime: dateTime.optional(),
  lastAttemptDateTime: dateTime.optional(),
  nextAttemptDateTime: dateTime.optional(),
}).meta({ id: "Delivery" });

/** The answer of GET v1/deliveries. */
export const deliveries = bodyOf<DeliveriesBody>({
  tenantId,
  value: z.array(delivery).describe("Newest first."),
  nextLink: z.url().optional().describe("Absolute, without a key; absent on the last page."),
}).meta({ id: "Deliveries" });

const severities = z.strictObject({ info: count, warning: count, error: count, critical: count });

const tenantPoll = bodyOf<TenantPollBody>({
  slotDateTime: dateTime,
  observedDateTime: dateTime,
  period: duration,
  unreadableReason: text.optional().describe("Why nothing at all could be read."),
  blindSources: z.array(bodyOf<TenantPollBody["blindSources"][number]>({ sourceId: text, reason: text })),
  openAlerts: severities.describe("Alerts that fire or recover."),
  worstSeverity: severity.optional(),
  standings: z
    .strictObject({ active: count, "not-configured": count, retired: count, ignored: count })
    .describe("Partners and connectors."),
  unreadableRows: count,
  outbox: bodyOf<NonNullable<TenantPollBody["outbox"]>>({ waiting: count, dead: count }).optional(),
}).meta({ id: "TenantPoll" });

/** The answer of GET v1/tenants. */
export const tenants = bodyOf<TenantsBody>({
  value: z.array(
    bodyOf<TenantBody>({
      tenantId,
      tenantName: text,
      configuredSinceDateTime: dateTime.optional(),
      lateAfterDateTime: dateTime.optional().describe("Past this instant the tenant is late, until its next poll."),
      lastPoll: tenantPoll.optional().describe("Absent before the first poll."),
    }).meta({ id: "Tenant" }),
  ),
}).meta({ id: "Tenants" });
