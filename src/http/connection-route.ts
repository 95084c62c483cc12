import { type GetConnectionDeps, getConnection } from "../app/get-connection.ts";
import { conditionalReply } from "./conditional-reply.ts";
import type { ConnectionDetailBody } from "./contract/connections.ts";
import { findConnection, unknownConnection, unreadableConnection } from "./find-connection.ts";
import type { ConfiguredTenant } from "./find-tenant.ts";
import type { Route } from "./http-types.ts";
import { toConnection } from "./to-connection.ts";
import { toEvent } from "./to-history.ts";
import { toLastPoll } from "./to-last-poll.ts";

/** What GET v1/connections/{connectionKey} needs. */
export interface ConnectionRouteDeps extends GetConnectionDeps {
  readonly tenants: readonly ConfiguredTenant[];
  /** The first 32 hex digits of SHA-256. */
  readonly digest: (text: string) => string;
}

/** Makes the route of GET v1/connections/{connectionKey}: the current state of one connection, and what happened last. */
export function createConnectionRoute(deps: ConnectionRouteDeps): Route {
  return async (input) => {
    const asked = findConnection(input, deps.tenants);
    if (asked.kind === "refused") return asked.reply;
    const { tenant, connectionKey } = asked;
    const { tenantId, tenantName, rules } = tenant;
    const found = await getConnection(deps, { tenantId, connectionKey });
    if (found.kind === "unknown") return unknownConnection(input);
    if (found.kind === "unreadable") return unreadableConnection(input);
    const body: ConnectionDetailBody = {
      tenantId,
      tenantName,
      lastPoll: found.head && toLastPoll(found.head),
      ...toConnection(found.connection, rules),
      events: found.events.map(toEvent),
    };
    return conditionalReply(input, { body, facts: body }, deps.digest);
  };
}
