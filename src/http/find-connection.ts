import { connectionsQuerySchema } from "./connections-query.schema.ts";
import { type AskedTenant, type ConfiguredTenant, findTenant } from "./find-tenant.ts";
import type { Asked, HttpInput, HttpReply } from "./http-types.ts";
import { parseQuery } from "./parse-query.ts";
import { badQueryReply, problemReply } from "./problem.ts";

/** The connection that a request is about, or why there is none. */
export type AskedConnection = Asked<{ readonly tenant: ConfiguredTenant; readonly connectionKey: string }>;

/** Reads a query that names a tenant and nothing else. */
export function readTenant(input: HttpInput, tenants: readonly ConfiguredTenant[]): AskedTenant {
  const parsed = parseQuery(connectionsQuerySchema, input.query);
  if (parsed.kind === "bad") return { kind: "refused", reply: badQueryReply(input, parsed.errors) };
  return findTenant(input, tenants, parsed.query.tenant);
}

/** Reads which connection the path names, of the tenant that the query names; whether there is one is not known yet. */
export function findConnection(input: HttpInput, tenants: readonly ConfiguredTenant[]): AskedConnection {
  const read = readTenant(input, tenants);
  if (read.kind === "refused") return read;
  const connectionKey = (input.params["connectionKey"] ?? "").toLowerCase();
  return /^[\da-f]{32}$/.test(connectionKey)
    ? { ...read, connectionKey }
    : { kind: "refused", reply: unknownConnection(input) };
}

/** Makes the 404 for a connection that the tenant does not have. */
export function unknownConnection(input: HttpInput): HttpReply {
  return problemReply(input, { status: 404, detail: "The tenant has no such connection" });
}

/** Makes the 409 for a connection whose stored state cannot be parsed. */
export function unreadableConnection(input: HttpInput): HttpReply {
  return problemReply(input, {
    status: 409,
    detail: "The stored state of the connection cannot be read; its snapshots and events can",
  });
}
