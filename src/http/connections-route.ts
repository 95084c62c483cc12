import { type ConnectionList, type ListConnectionsDeps, listConnections } from "../app/list-connections.ts";
import { conditionalReply } from "./conditional-reply.ts";
import { connectionsQuerySchema } from "./connections-query.schema.ts";
import type { ConnectionsBody } from "./contract/connections.ts";
import { type ConfiguredTenant, findTenant } from "./find-tenant.ts";
import type { Route } from "./http-types.ts";
import { parseQuery } from "./parse-query.ts";
import { badQueryReply } from "./problem.ts";
import { toConnection } from "./to-connection.ts";
import { toLastPoll } from "./to-last-poll.ts";

/** What GET v1/connections needs. */
export interface ConnectionsRouteDeps extends ListConnectionsDeps {
  readonly tenants: readonly ConfiguredTenant[];
  /** The first 32 hex digits of SHA-256. */
  readonly digest: (text: string) => string;
}

/** Makes the route of GET v1/connections: the current state of every connection of a tenant, worst first, in one answer. */
export function createConnectionsRoute(deps: ConnectionsRouteDeps): Route {
  return async (input) => {
    const parsed = parseQuery(connectionsQuerySchema, input.query);
    if (parsed.kind === "bad") return badQueryReply(input, parsed.errors);
    const found = findTenant(input, deps.tenants, parsed.query.tenant);
    if (found.kind === "refused") return found.reply;
    const list = await listConnections(deps, found.tenant.tenantId);
    const body = toBody(list, found.tenant);
    return conditionalReply(input, { body, facts: body }, deps.digest);
  };
}

function toBody({ head, connections, unreadable }: ConnectionList, tenant: ConfiguredTenant): ConnectionsBody {
  return {
    tenantId: tenant.tenantId,
    tenantName: tenant.tenantName,
    lastPoll: head && toLastPoll(head),
    value: connections.map((connection) => toConnection(connection, tenant.rules)),
    unreadable,
  };
}
