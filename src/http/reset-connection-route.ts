import { type ResetDeps, type ResetOutcome, resetConnection } from "../app/reset-connection.ts";
import type { WriteAccess } from "./authorize-write.ts";
import { findConnection, unknownConnection } from "./find-connection.ts";
import type { ConfiguredTenant } from "./find-tenant.ts";
import type { HttpInput, HttpReply, Route } from "./http-types.ts";
import { NO_CONTENT } from "./json-reply.ts";
import { problemReply } from "./problem.ts";
import { readOrder } from "./read-order.ts";
import { reasonBodySchema } from "./write-body.schema.ts";

/** What POST v1/connections/{connectionKey}/reset needs. */
export interface ResetConnectionRouteDeps extends ResetDeps {
  readonly tenants: readonly ConfiguredTenant[];
  readonly access: WriteAccess;
}

/** Makes the route of POST v1/connections/{connectionKey}/reset, which sets a state aside that cannot be read. */
export function createResetConnectionRoute(deps: ResetConnectionRouteDeps): Route {
  return async (input) => {
    const asked = findConnection(input, deps.tenants);
    if (asked.kind === "refused") return asked.reply;
    const read = await readOrder(reasonBodySchema, input, deps.access);
    if (read.kind === "refused") return read.reply;
    const { tenant, connectionKey } = asked;
    const { tenantId, tenantName } = tenant;
    const { reason } = read.order;
    const order = { tenantId, tenantName, connectionKey, reason, person: read.person };
    return toReply(input, await resetConnection(deps, order));
  };
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
