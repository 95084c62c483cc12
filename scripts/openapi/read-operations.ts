import { z } from "zod";
import { alertsQuerySchema } from "../../src/http/alerts-query.schema.ts";
import { connectionsQuerySchema } from "../../src/http/connections-query.schema.ts";
import { deliveriesQuerySchema } from "../../src/http/deliveries-query.schema.ts";
import { EXPORT_TYPES } from "../../src/http/export-history.ts";
import { historyQuerySchema } from "../../src/http/history-query.schema.ts";
import { CALENDAR_TYPE } from "../../src/http/i-calendar.ts";
import { noQuerySchema } from "../../src/http/no-query.schema.ts";
import { OPEN_METRICS_TYPE } from "../../src/http/open-metrics.ts";
import { tenantsQuerySchema } from "../../src/http/tenants-query.schema.ts";
import { key } from "./common.schema.ts";
import { connectionDetail, connections, silences } from "./connection.schema.ts";
import { health } from "./health.schema.ts";
import { history } from "./history.schema.ts";
import { alerts, deliveries, tenants } from "./list.schema.ts";
import { inText, json } from "./media.ts";
import type { Operation } from "./operation.ts";
import { preview, previewBody } from "./preview.schema.ts";

const connectionPath = z.object({ connectionKey: key });

/** Every operation that changes nothing. */
export const READ_OPERATIONS: readonly Operation[] = [
  {
    method: "get",
    route: "v1/tenants",
    id: "listTenants",
    summary: "One line for every tenant, and one for the monitor itself",
    tag: "state",
    access: "reader",
    query: noQuerySchema,
    answers: { 200: json("What the last polls said.", tenants) },
    isConditional: true,
  },
  {
    method: "get",
    route: "v1/connections",
    id: "listConnections",
    summary: "The current state of every connection of a tenant, worst first",
    tag: "state",
    access: "reader",
    query: connectionsQuerySchema,
    answers: { 200: json("The state as the last poll left it.", connections) },
    problems: [404],
    isConditional: true,
  },
  {
    method: "get",
    route: "v1/connections/{connectionKey}",
    id: "getConnection",
    summary: "The current state of one connection, and what happened last",
    tag: "state",
    access: "reader",
    path: connectionPath,
    query: connectionsQuerySchema,
    answers: { 200: json("The state as the last poll left it.", connectionDetail) },
    problems: [404, 409],
    isConditional: true,
  },
  {
    method: "get",
    route: "v1/alerts",
    id: "listAlerts",
    summary: "Alerts that are not inactive, of one tenant or of all, gravest first",
    tag: "state",
    access: "reader",
    query: alertsQuerySchema,
    answers: { 200: json("Of all tenants less is told than of one.", alerts) },
    problems: [404],
    isConditional: true,
  },
  {
    method: "get",
    route: "v1/deliveries",
    id: "listDeliveries",
    summary: "One page of what the channels were told, are being told, or could not be told, newest first",
    tag: "history",
    access: "reader",
    query: deliveriesQuerySchema,
    answers: { 200: json("One page.", deliveries) },
    problems: [404],
    isConditional: true,
  },
  {
    method: "get",
    route: "v1/history",
    id: "getHistory",
    summary: "One page of the past, newest first",
    tag: "history",
    access: "reader",
    query: historyQuerySchema,
    answers: {
      200: {
        description: "One page, or all of the window in another format than JSON.",
        content: {
          ...json("", history).content,
          ...inText("", ...Object.values(EXPORT_TYPES)).content,
        },
      },
    },
    problems: [404, 409],
    isConditional: true,
  },
  {
    method: "post",
    route: "v1/rules/preview",
    id: "previewRules",
    summary: "Replays stored readings through other settings of rules: what would have fired",
    tag: "history",
    access: "reader",
    query: connectionsQuerySchema,
    body: previewBody,
    answers: { 200: json("What would have fired, and what the settings that hold would have made of it.", preview) },
    problems: [404, 409, 413],
  },
  {
    method: "get",
    route: "v1/deadlines.ics",
    id: "getDeadlines",
    summary: "The dates on which harm comes, as a calendar to subscribe to",
    tag: "feeds",
    access: "reader",
    query: tenantsQuerySchema,
    answers: { 200: inText("RFC 5545.", CALENDAR_TYPE) },
    problems: [404],
    isConditional: true,
  },
  {
    method: "get",
    route: "v1/metrics",
    id: "getMetrics",
    summary: "What the last polls said, as metrics",
    tag: "feeds",
    access: "reader",
    query: tenantsQuerySchema,
    answers: { 200: inText("OpenMetrics 1.0.", OPEN_METRICS_TYPE) },
    problems: [404],
  },
  {
    method: "get",
    route: "v1/silences",
    id: "listSilences",
    summary: "Silences that are on, to come, or just over",
    tag: "state",
    access: "reader",
    query: connectionsQuerySchema,
    answers: { 200: json("Latest beginning first.", silences) },
    problems: [404],
    isConditional: true,
  },
  {
    method: "get",
    route: "v1/health",
    id: "getHealth",
    summary: "Whether the monitor does its work",
    tag: "service",
    access: "nobody",
    query: noQuerySchema,
    answers: { 200: json("It does.", health), 503: json("It does not; `reasons` says why.", health) },
  },
  {
    method: "get",
    route: "v1/openapi.json",
    id: "getOpenapi",
    summary: "This document",
    tag: "service",
    access: "nobody",
    query: noQuerySchema,
    answers: { 200: json("OpenAPI 3.1.", z.looseObject({ openapi: z.literal("3.1.0") })) },
    isConditional: true,
  },
];
