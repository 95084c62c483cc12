import { type ResetDeps, type ResetOutcome, resetConnection } from "../app/reset-connection.ts";
import { findConnection, unknownConnection } from "./find-connection.ts";
import type { HttpInput, HttpReply, Route } from "./http-types.ts";
import { NO_CONTENT } from "./json-reply.ts";
import { createOrderRoute, type TenantOrderAccess } from "./order-route.ts";
import { problemReply } from "./problem.ts";
import { reasonBodySchema } from "./write-body.schema.ts";

/** What POST v1/connections/{connectionKey}/reset needs. */
export interface ResetConnectionRouteDeps extends ResetDeps, TenantOrderAccess {}

/** Makes the route of POST v1/connections/{connectionKey}/reset, which sets a state aside that cannot be read. */
export function createResetConnectionRoute(deps: ResetConnectionRouteDeps): Route {
  return createOrderRoute({
    ...deps,
    ask: (input) => findConnection(input, deps.tenants),
    schema: reasonBodySchema,
    follow: async (input, { tenant: { tenantId, tenantName }, connectionKey, reason, person }) =>
      toReply(input, await resetConnection(deps, { tenantId, tenantName, connectionKey, reason, person })),
  });
}

function toReply(input: HttpInput, outcome: ResetOutcome): HttpReply {
  switch (outcome) {
    case "reset":
      return NO_CONTENT;
    case "unknown":
      return unknownConnection(input);
    case "readable":
      return problemReply(input, {
        status: 409,
        detail: "The state of the connection can be read: there is nothing to reset",
      });
    case "changed-meanwhile":
      return problemReply(input, { status: 409, detail: "The state was changed meanwhile; ask again" });
  }
}
