import type { z } from "zod";
import { type ListConnectionsDeps, listConnections } from "../app/list-connections.ts";
import { type LoadOverviewsDeps, loadOverviews } from "../app/load-overviews.ts";
import { SEVERITIES } from "../domain/rules/rule.ts";
import { alertsQuerySchema } from "./alerts-query.schema.ts";
import { conditionalReply } from "./conditional-reply.ts";
import type { AlertsBody, ListedAlertBody } from "./contract/alerts.ts";
import type { ConfiguredTenant } from "./find-tenant.ts";
import type { Route } from "./http-types.ts";
import { parseQuery } from "./parse-query.ts";
import { badQueryReply } from "./problem.ts";
import { selectTenants } from "./select-tenants.ts";
import { alertsOfConnection, alertsOfOverview } from "./to-alerts.ts";

/** What GET v1/alerts needs. */
export interface AlertsRouteDeps extends ListConnectionsDeps, LoadOverviewsDeps {
  readonly tenants: readonly ConfiguredTenant[];
  /** The first 32 hex digits of SHA-256. */
  readonly digest: (text: string) => string;
}

type AlertsQuery = z.output<typeof alertsQuerySchema>;

const PHASES = ["pending", "recovering", "firing"];

/**
 * Makes the route of GET v1/alerts: of one tenant from its own rows with all that is known of them, of all tenants and the
 * fleet from the overview, by one query either way.
 */
export function createAlertsRoute(deps: AlertsRouteDeps): Route {
  return async (input) => {
    const parsed = parseQuery(alertsQuerySchema, input.query);
    if (parsed.kind === "bad") return badQueryReply(input, parsed.errors);
    const { tenant: tenantId } = parsed.query;
    const selected = selectTenants(input, deps.tenants, tenantId);
    if (selected.kind === "refused") return selected.reply;
    const [tenant] = selected.tenants;
    const isOne = tenantId !== undefined && tenant !== undefined;
    const list = await (isOne ? listOfOne(deps, tenant) : listOfAll(deps, selected.tenants));
    const value = list.value.filter((alert) => isWanted(alert, parsed.query)).toSorted(gravestFirst);
    const body: AlertsBody = { ...list, value };
    return conditionalReply(input, { body, facts: body }, deps.digest);
  };
}

async function listOfOne(deps: AlertsRouteDeps, tenant: ConfiguredTenant): Promise<AlertsBody> {
  const { connections } = await listConnections(deps, tenant.tenantId);
  return { value: connections.flatMap((connection) => alertsOfConnection(connection, tenant)), connectionsLeftOut: 0 };
}

async function listOfAll(deps: AlertsRouteDeps, tenants: readonly ConfiguredTenant[]): Promise<AlertsBody> {
  const overviews = await loadOverviews(deps, tenants);
  const leftOut = overviews.map(({ overview }) => overview?.more ?? 0);
  return {
    value: overviews.flatMap(alertsOfOverview),
    connectionsLeftOut: leftOut.reduce((sum, more) => sum + more, 0),
  };
}

function isWanted(alert: ListedAlertBody, { phase, severity, rule }: AlertsQuery): boolean {
  return (
    (phase === undefined || alert.phase === phase) &&
    (severity === undefined || alert.severity === severity) &&
    (rule === undefined || alert.ruleId === rule)
  );
}

/** Alike ones stay in the order of their tenants and connections. */
function gravestFirst(a: ListedAlertBody, b: ListedAlertBody): number {
  return graveness(b) - graveness(a) || PHASES.indexOf(b.phase) - PHASES.indexOf(a.phase);
}

function graveness({ severity = "info" }: ListedAlertBody): number {
  return SEVERITIES.indexOf(severity);
}
