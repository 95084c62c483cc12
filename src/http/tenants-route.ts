import { type ListTenantsDeps, listTenants, type TenantLine } from "../app/list-tenants.ts";
import { toIso } from "../domain/time.ts";
import { formatDuration } from "../domain/units.ts";
import { toDateTime } from "../domain/wire.ts";
import { conditionalReply } from "./conditional-reply.ts";
import type { TenantBody, TenantPollBody, TenantsBody } from "./contract/tenants.ts";
import type { Route } from "./http-types.ts";
import { noQuerySchema } from "./no-query.schema.ts";
import { parseQuery } from "./parse-query.ts";
import { badQueryReply } from "./problem.ts";

/** What GET v1/tenants needs. */
export interface TenantsRouteDeps extends ListTenantsDeps {
  /** The first 32 hex digits of SHA-256. */
  readonly digest: (text: string) => string;
}

/** Makes the route of GET v1/tenants: one line for every tenant, and one for the monitor itself. */
export function createTenantsRoute(deps: TenantsRouteDeps): Route {
  return async (input) => {
    const parsed = parseQuery(noQuerySchema, input.query);
    if (parsed.kind === "bad") return badQueryReply(input, parsed.errors);
    const body: TenantsBody = { value: (await listTenants(deps)).map(toTenant) };
    return conditionalReply(input, { body, facts: body }, deps.digest);
  };
}

function toTenant({ tenantId, tenantName, line, lateAfterMs }: TenantLine): TenantBody {
  return {
    tenantId,
    tenantName,
    configuredSinceDateTime: toDateTime(line?.configuredSinceMs),
    lateAfterDateTime: toDateTime(lateAfterMs),
    lastPoll: line?.overview && toPoll(line.overview),
  };
}

function toPoll(overview: NonNullable<NonNullable<TenantLine["line"]>["overview"]>): TenantPollBody {
  const { unreadableReason, openAlerts, worstSeverity, standings, unreadableRows, outbox } = overview;
  return {
    slotDateTime: toIso(overview.lastSlotMs),
    observedDateTime: toIso(overview.observedAtMs),
    period: formatDuration(overview.periodMs),
    unreadableReason,
    blindSources: overview.blindSources.map(toBlindSource),
    openAlerts,
    worstSeverity,
    standings,
    unreadableRows,
    outbox,
  };
}

/** Takes `<source>: <reason>` apart. */
function toBlindSource(blind: string): TenantPollBody["blindSources"][number] {
  const [sourceId = "", reason = "unknown"] = blind.split(": ");
  return { sourceId, reason };
}
