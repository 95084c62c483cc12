import type { WatchedOverview } from "../app/load-overviews.ts";
import { defined } from "../domain/defined.ts";
import type { JudgedConnection } from "../domain/poll/judge-connections.ts";
import { ruleOf } from "../domain/rules/catalogue.ts";
import { toIso } from "../domain/time.ts";
import type { ListedAlertBody } from "./contract/alerts.ts";
import type { ConfiguredTenant } from "./find-tenant.ts";
import { toConnection } from "./to-connection.ts";

/** Writes the alerts of one connection with all that is known of them, each with the connection that it is about. */
export function alertsOfConnection(
  connection: JudgedConnection,
  { tenantId, tenantName, rules }: ConfiguredTenant,
): readonly ListedAlertBody[] {
  const { connectionKey, reading } = connection.state;
  return toConnection(connection, rules).alerts.map((alert) => ({
    tenantId,
    tenantName,
    connectionKey,
    connectionKind: reading.kind,
    connectionName: reading.displayName,
    ...alert,
  }));
}

/** Writes the alerts that the overview of a tenant knows, each with the connection that it is about. */
export function alertsOfOverview({ tenantId, tenantName, overview }: WatchedOverview): readonly ListedAlertBody[] {
  const lines = overview?.connections ?? [];
  return lines.flatMap(({ connectionKey, kind, name, alerts }) =>
    alerts.map(({ ruleId, phase, severity, alertKey, sinceSlotMs }) => ({
      tenantId,
      tenantName,
      connectionKey,
      connectionKind: kind,
      connectionName: name,
      ruleId,
      title: ruleOf(ruleId).title,
      phase,
      severity,
      ...defined({ alertKey, sinceDateTime: sinceSlotMs === undefined ? undefined : toIso(sinceSlotMs) }),
    })),
  );
}
