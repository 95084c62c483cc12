import { z } from "zod";
import { acknowledgementBodySchema } from "../../src/http/acknowledgement-body.schema.ts";
import { connectionsQuerySchema } from "../../src/http/connections-query.schema.ts";
import { noQuerySchema } from "../../src/http/no-query.schema.ts";
import { silenceBodySchema } from "../../src/http/silence-body.schema.ts";
import { reasonBodySchema } from "../../src/http/write-body.schema.ts";
import { key, text } from "./common.schema.ts";
import { acknowledgement, silence } from "./connection.schema.ts";
import { json } from "./media.ts";
import type { Operation } from "./operation.ts";
import { channelTest, pollRequest, replay } from "./order.schema.ts";

const DONE = { 204: { description: "Done, now or before." } } as const;

const alertPath = z.object({ alertKey: key });
const connectionPath = z.object({ connectionKey: key });
const silencePath = z.object({ id: text.describe("The silence's id.") });

/** Every operation by which people change something; each is kept with who and why. */
export const WRITE_OPERATIONS: readonly Operation[] = [
  {
    method: "post",
    route: "v1/silences",
    id: "orderSilence",
    summary: "Orders a silence; the same order given twice is one",
    tag: "writes",
    access: "writer",
    query: connectionsQuerySchema,
    body: silenceBodySchema,
    answers: { 201: json("The silence, ordered now or before.", silence) },
    problems: [404, 409],
  },
  {
    method: "delete",
    route: "v1/silences/{id}",
    id: "endSilence",
    summary: "Ends a silence now",
    tag: "writes",
    access: "writer",
    path: silencePath,
    query: connectionsQuerySchema,
    body: reasonBodySchema,
    answers: DONE,
    problems: [404],
  },
  {
    method: "put",
    route: "v1/alerts/{alertKey}/acknowledgement",
    id: "acknowledgeAlert",
    summary: "Stops the reminders of an open alert until it ends, gets worse, or the time is over",
    tag: "writes",
    access: "writer",
    path: alertPath,
    query: connectionsQuerySchema,
    body: acknowledgementBodySchema,
    answers: { 200: json("The acknowledgement.", acknowledgement) },
    problems: [404],
  },
  {
    method: "delete",
    route: "v1/alerts/{alertKey}/acknowledgement",
    id: "withdrawAcknowledgement",
    summary: "Takes an acknowledgement back",
    tag: "writes",
    access: "writer",
    path: alertPath,
    query: connectionsQuerySchema,
    body: reasonBodySchema,
    answers: DONE,
    problems: [404],
  },
  {
    method: "delete",
    route: "v1/connections/{connectionKey}",
    id: "acceptRemoval",
    summary: "Accepts that a missing connection is gone",
    tag: "writes",
    access: "writer",
    path: connectionPath,
    query: connectionsQuerySchema,
    body: reasonBodySchema,
    answers: DONE,
    problems: [404, 409],
  },
  {
    method: "post",
    route: "v1/connections/{connectionKey}/reset",
    id: "resetConnection",
    summary: "Sets a stored state aside that cannot be read, and ends its alerts",
    tag: "writes",
    access: "writer",
    path: connectionPath,
    query: connectionsQuerySchema,
    body: reasonBodySchema,
    answers: DONE,
    problems: [404, 409],
  },
  {
    method: "post",
    route: "v1/deliveries/{id}/replay",
    id: "replayDelivery",
    summary: "Has a notification sent again that was given up",
    tag: "writes",
    access: "writer",
    path: z.object({ id: text.describe("The id of its record, as v1/deliveries gives it.") }),
    query: connectionsQuerySchema,
    body: reasonBodySchema,
    answers: { 202: json("It is on its way.", replay) },
    problems: [404, 409],
  },
  {
    method: "post",
    route: "v1/channels/{name}/test",
    id: "testChannel",
    summary: "Sends a channel a test message once",
    tag: "writes",
    access: "writer",
    path: z.object({ name: text.describe("The channel's name in the configuration.") }),
    query: noQuerySchema,
    body: reasonBodySchema,
    answers: { 200: json("What came of it.", channelTest) },
    problems: [404],
  },
  {
    method: "post",
    route: "v1/polls",
    id: "requestPoll",
    summary: "Asks for a poll of a tenant now",
    tag: "writes",
    access: "writer",
    query: connectionsQuerySchema,
    body: reasonBodySchema,
    answers: { 202: json("It is asked for.", pollRequest) },
    problems: [404, 429],
  },
];
