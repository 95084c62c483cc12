import { type AcceptedRemoval, type AcceptRemovalDeps, acceptRemoval } from "../app/accept-removal.ts";
import type { WriteAccess } from "./authorize-write.ts";
import { findConnection, unknownConnection, unreadableConnection } from "./find-connection.ts";
import type { ConfiguredTenant } from "./find-tenant.ts";
import type { HttpInput, HttpReply, Route } from "./http-types.ts";
import { NO_CONTENT } from "./json-reply.ts";
import { problemReply } from "./problem.ts";
import { readOrder } from "./read-order.ts";
import { reasonBodySchema } from "./write-body.schema.ts";

/** What DELETE v1/connections/{connectionKey} needs. */
export interface AcceptRemovalRouteDeps extends AcceptRemovalDeps {
  readonly tenants: readonly ConfiguredTenant[];
  readonly access: WriteAccess;
}

/** Makes the route of DELETE v1/connections/{connectionKey}, which accepts that a missing connection is gone. */
export function createAcceptRemovalRoute(deps: AcceptRemovalRouteDeps): Route {
  return async (input) => {
    const asked = findConnection(input, deps.tenants);
    if (asked.kind === "refused") return asked.reply;
    const read = await readOrder(reasonBodySchema, input, deps.access);
    if (read.kind === "refused") return read.reply;
    const { tenant, connectionKey } = asked;
    const { tenantId, rules } = tenant;
    const { reason } = read.order;
    return toReply(input, await acceptRemoval(deps, { tenantId, rules, connectionKey, reason, person: read.person }));
  };
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
