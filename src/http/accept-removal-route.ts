import { type AcceptedRemoval, type AcceptRemovalDeps, acceptRemoval } from "../app/accept-removal.ts";
import { findConnection, unknownConnection, unreadableConnection } from "./find-connection.ts";
import type { HttpInput, HttpReply, Route } from "./http-types.ts";
import { NO_CONTENT } from "./json-reply.ts";
import { createOrderRoute, type TenantOrderAccess } from "./order-route.ts";
import { problemReply } from "./problem.ts";
import { reasonBodySchema } from "./write-body.schema.ts";

/** What DELETE v1/connections/{connectionKey} needs. */
export interface AcceptRemovalRouteDeps extends AcceptRemovalDeps, TenantOrderAccess {}

/** Makes the route of DELETE v1/connections/{connectionKey}, which accepts that a missing connection is gone. */
export function createAcceptRemovalRoute(deps: AcceptRemovalRouteDeps): Route {
  return createOrderRoute({
    ...deps,
    ask: (input) => findConnection(input, deps.tenants),
    schema: reasonBodySchema,
    follow: async (input, { tenant: { tenantId, rules }, connectionKey, reason, person }) =>
      toReply(input, await acceptRemoval(deps, { tenantId, rules, connectionKey, reason, person })),
  });
}

function toReply(input: HttpInput, outcome: AcceptedRemoval): HttpReply {
  switch (outcome) {
    case "accepted":
      return NO_CONTENT;
    case "unknown":
      return unknownConnection(input);
    case "unreadable":
      return unreadableConnection(input);
    case "not-missing":
      return problemReply(input, {
        status: 409,
        detail: "The connection is not missing: only a removal that was seen can be accepted",
      });
    case "changed-meanwhile":
      return problemReply(input, { status: 409, detail: "Polls kept changing the connection meanwhile; ask again" });
  }
}
