import { type AcknowledgeDeps, acknowledgeAlert } from "../app/acknowledge-alert.ts";
import { type TakeBackDeps, takeBack } from "../app/take-back.ts";
import { type Acknowledgement, MAX_ACKNOWLEDGEMENT_MS } from "../domain/suppression/acknowledgement.ts";
import { toIso } from "../domain/time.ts";
import { acknowledgementBodySchema } from "./acknowledgement-body.schema.ts";
import type { AcknowledgementBody } from "./contract/alerts.ts";
import { readTenant } from "./find-connection.ts";
import type { Asked, HttpInput, HttpReply, Route } from "./http-types.ts";
import { jsonReply, NO_CONTENT } from "./json-reply.ts";
import { createOrderRoute, type TenantOrderAccess } from "./order-route.ts";
import { badBodyReply, problemReply } from "./problem.ts";
import { reasonBodySchema } from "./write-body.schema.ts";

/** What PUT and DELETE v1/alerts/{alertKey}/acknowledgement need. */
export type AcknowledgementRouteDeps = Omit<AcknowledgeDeps, "suppressions"> & {
  readonly suppressions: AcknowledgeDeps["suppressions"] & TakeBackDeps["suppressions"];
} & TenantOrderAccess;

/** Makes the route of PUT and DELETE v1/alerts/{alertKey}/acknowledgement. */
export function createAcknowledgementRoute(deps: AcknowledgementRouteDeps): Route {
  const acknowledge = createAcknowledge(deps);
  const withdraw = createWithdraw(deps);
  return (input) => (input.method === "DELETE" ? withdraw(input) : acknowledge(input));
}

function createAcknowledge(deps: AcknowledgementRouteDeps): Route {
  return createOrderRoute({
    ...deps,
    ask: (input) => readAlert(input, deps),
    schema: acknowledgementBodySchema,
    follow: async (input, { tenantId, alertKey, until: untilMs, reason, person }) => {
      const aheadMs = untilMs - deps.clock.nowMs();
      if (aheadMs <= 0 || aheadMs > MAX_ACKNOWLEDGEMENT_MS) {
        return badBodyReply(input, [{ parameter: "until", message: "must be ahead, and at most by 7 days" }]);
      }
      const written = await acknowledgeAlert(deps, { tenantId, alertKey, untilMs, reason, person });
      return written === undefined ? notFound(input) : jsonReply(200, toBody(written));
    },
  });
}

function createWithdraw(deps: AcknowledgementRouteDeps): Route {
  return createOrderRoute({
    ...deps,
    ask: (input) => readAlert(input, deps),
    schema: reasonBodySchema,
    follow: async (input, { tenantId, alertKey: target, reason, person }) => {
      const done = await takeBack(deps, { tenantId, what: "acknowledgement", target, reason, person });
      return done === "done" ? NO_CONTENT : notFound(input);
    },
  });
}

/** One alert of one tenant. */
interface AlertRef {
  readonly tenantId: string;
  readonly alertKey: string;
}

function readAlert(input: HttpInput, { tenants }: AcknowledgementRouteDeps): Asked<AlertRef> {
  const read = readTenant(input, tenants);
  if (read.kind === "refused") return read;
  const alertKey = (input.params["alertKey"] ?? "").toLowerCase();
  return /^[\da-f]{32}$/.test(alertKey)
    ? { kind: "found", tenantId: read.tenant.tenantId, alertKey }
    : { kind: "refused", reply: notFound(input) };
}

function toBody({ writtenAtMs, untilMs, ...acknowledgement }: Acknowledgement): AcknowledgementBody {
  return { ...acknowledgement, writtenDateTime: toIso(writtenAtMs), untilDateTime: toIso(untilMs) };
}

function notFound(input: HttpInput): HttpReply {
  return problemReply(input, { status: 404, detail: "There is no such open alert, or no acknowledgement of it" });
}
