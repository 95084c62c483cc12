import { type AcknowledgeDeps, acknowledgeAlert } from "../app/acknowledge-alert.ts";
import { type TakeBackDeps, takeBack } from "../app/take-back.ts";
import { type Acknowledgement, MAX_ACKNOWLEDGEMENT_MS } from "../domain/suppression/acknowledgement.ts";
import { toIso } from "../domain/time.ts";
import { acknowledgementBodySchema } from "./acknowledgement-body.schema.ts";
import type { WriteAccess } from "./authorize-write.ts";
import { connectionsQuerySchema } from "./connections-query.schema.ts";
import type { AcknowledgementBody } from "./contract.ts";
import { type ConfiguredTenant, findTenant } from "./find-tenant.ts";
import type { HttpInput, HttpReply, Route } from "./http-types.ts";
import { jsonReply, NO_CONTENT } from "./json-reply.ts";
import { parseQuery } from "./parse-query.ts";
import { badBodyReply, badQueryReply, problemReply } from "./problem.ts";
import { readOrder } from "./read-order.ts";
import { reasonBodySchema } from "./write-body.schema.ts";

/** What PUT and DELETE v1/alerts/{alertKey}/acknowledgement need. */
export type AcknowledgementRouteDeps = Omit<AcknowledgeDeps, "suppressions"> & {
  readonly suppressions: AcknowledgeDeps["suppressions"] & TakeBackDeps["suppressions"];
  readonly tenants: readonly ConfiguredTenant[];
  readonly access: WriteAccess;
};

/** One alert of one tenant. */
interface AlertRef {
  readonly tenantId: string;
  readonly alertKey: string;
}

/** Makes the route of PUT and DELETE v1/alerts/{alertKey}/acknowledgement. */
export function createAcknowledgementRoute(deps: AcknowledgementRouteDeps): Route {
  return async (input) => {
    const parsed = parseQuery(connectionsQuerySchema, input.query);
    if (parsed.kind === "bad") return badQueryReply(input, parsed.errors);
    const found = findTenant(input, deps.tenants, parsed.query.tenant);
    if (found.kind === "refused") return found.reply;
    const alertKey = (input.params["alertKey"] ?? "").toLowerCase();
    const alert = { tenantId: found.tenant.tenantId, alertKey };
    if (!/^[\da-f]{32}$/.test(alertKey)) return notFound(input);
    return input.method === "DELETE" ? withdraw(deps, input, alert) : acknowledge(deps, input, alert);
  };
}

async function acknowledge(deps: AcknowledgementRouteDeps, input: HttpInput, alert: AlertRef): Promise<HttpReply> {
  const read = await readOrder(acknowledgementBodySchema, input, deps.access);
  if (read.kind === "refused") return read.reply;
  const { until: untilMs, reason } = read.order;
  const aheadMs = untilMs - deps.clock.nowMs();
  if (aheadMs <= 0 || aheadMs > MAX_ACKNOWLEDGEMENT_MS) {
    return badBodyReply(input, [{ parameter: "until", message: "must be ahead, and at most by 7 days" }]);
  }
  const written = await acknowledgeAlert(deps, { ...alert, untilMs, reason, person: read.person });
  return written === undefined ? notFound(input) : jsonReply(200, toBody(written));
}

async function withdraw(deps: AcknowledgementRouteDeps, input: HttpInput, alert: AlertRef): Promise<HttpReply> {
  const read = await readOrder(reasonBodySchema, input, deps.access);
  if (read.kind === "refused") return read.reply;
  const { tenantId, alertKey: target } = alert;
  const { reason } = read.order;
  const done = await takeBack(deps, { tenantId, what: "acknowledgement", target, reason, person: read.person });
  return done === "done" ? NO_CONTENT : notFound(input);
}

function toBody({ writtenAtMs, untilMs, ...acknowledgement }: Acknowledgement): AcknowledgementBody {
  return { ...acknowledgement, writtenDateTime: toIso(writtenAtMs), untilDateTime: toIso(untilMs) };
}

function notFound(input: HttpInput): HttpReply {
  return problemReply(input, { status: 404, detail: "There is no such open alert, or no acknowledgement of it" });
}
