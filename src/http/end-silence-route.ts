import { type TakeBackDeps, takeBack } from "../app/take-back.ts";
import { readTenant } from "./find-connection.ts";
import type { HttpInput, HttpReply, Route } from "./http-types.ts";
import { NO_CONTENT } from "./json-reply.ts";
import { createOrderRoute, type TenantOrderAccess } from "./order-route.ts";
import { problemReply } from "./problem.ts";
import { reasonBodySchema } from "./write-body.schema.ts";

/** What DELETE v1/silences/{id} needs. */
export interface EndSilenceRouteDeps extends TakeBackDeps, TenantOrderAccess {}

/** Makes the route of DELETE v1/silences/{id}, which ends a silence now. */
export function createEndSilenceRoute(deps: EndSilenceRouteDeps): Route {
  return createOrderRoute({
    ...deps,
    ask: (input) => readTenant(input, deps.tenants),
    schema: reasonBodySchema,
    follow: async (input, { tenant: { tenantId }, reason, person }) => {
      const target = input.params["id"] ?? "";
      if (!/^[\w-]{1,64}$/.test(target)) return notFound(input);
      const done = await takeBack(deps, { tenantId, what: "silence", target, reason, person });
      return done === "done" ? NO_CONTENT : notFound(input);
    },
  });
}

function notFound(input: HttpInput): HttpReply {
  return problemReply(input, { status: 404, detail: "There is no such silence" });
}
