import { type TakeBackDeps, takeBack } from "../app/take-back.ts";
import type { WriteAccess } from "./authorize-write.ts";
import { connectionsQuerySchema } from "./connections-query.schema.ts";
import { type ConfiguredTenant, findTenant } from "./find-tenant.ts";
import type { Route } from "./http-types.ts";
import { NO_CONTENT } from "./json-reply.ts";
import { parseQuery } from "./parse-query.ts";
import { badQueryReply, problemReply } from "./problem.ts";
import { readOrder } from "./read-order.ts";
import { reasonBodySchema } from "./write-body.schema.ts";

/** What DELETE v1/silences/{id} needs. */
export interface EndSilenceRouteDeps extends TakeBackDeps {
  readonly tenants: readonly ConfiguredTenant[];
  readonly access: WriteAccess;
}

/** Makes the route of DELETE v1/silences/{id}, which ends a silence now. */
export function createEndSilenceRoute(deps: EndSilenceRouteDeps): Route {
  return async (input) => {
    const parsed = parseQuery(connectionsQuerySchema, input.query);
    if (parsed.kind === "bad") return badQueryReply(input, parsed.errors);
    const found = findTenant(input, deps.tenants, parsed.query.tenant);
    if (found.kind === "refused") return found.reply;
    const read = await readOrder(reasonBodySchema, input, deps.access);
    if (read.kind === "refused") return read.reply;
    const { tenantId } = found.tenant;
    const target = input.params["id"] ?? "";
    if (!/^[\w-]{1,64}$/.test(target)) return notFound(input);
    const { reason } = read.order;
    const done = await takeBack(deps, { tenantId, what: "silence", target, reason, person: read.person });
    return done === "done" ? NO_CONTENT : notFound(input);
  };
}

function notFound(input: Parameters<Route>[0]) {
  return problemReply(input, { status: 404, detail: "There is no such silence" });
}
