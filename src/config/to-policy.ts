import type { RepeatIntervals } from "../domain/alerts/decide-notification.ts";
import { defined } from "../domain/defined.ts";
import { FLEET, FLEET_NAME } from "../domain/poll/fleet.ts";
import type { ChannelRoute, TenantPolicy } from "../domain/poll/tenant-policy.ts";
import type { ChannelConfig } from "./channel.schema.ts";
import type { MonitorDocument } from "./document.schema.ts";
import { joinRules } from "./tenant-rules.ts";
import { windowsOfFleet, windowsOfTenant } from "./tenant-windows.ts";

/** Says how one tenant of the document is watched. */
export function toTenantPolicy(
  document: MonitorDocument,
  tenant: MonitorDocument["tenants"][number],
  periodMs: number,
): TenantPolicy {
  return {
    tenantId: tenant.id,
    tenantName: tenant.name,
    periodMs,
    sources: tenant.sources,
    rules: joinRules(document, tenant),
    ignore: [...tenant.ignore, ...document.ignore],
    watchedConnectors: document.watchedConnectors,
    maintenance: windowsOfTenant(document.maintenance, tenant),
    repeatMs: toIntervals(document.reminders),
    channels: toRoutes(document, tenant.channels),
  };
}

/** Says how the monitor watches itself: entries of `ignore` are about partners and connectors, so none of them counts. */
export function toFleetPolicy(document: MonitorDocument, periodMs: number): TenantPolicy {
  return {
    tenantId: FLEET,
    tenantName: FLEET_NAME,
    periodMs,
    sources: [],
    rules: joinRules(document, document.fleet),
    ignore: [],
    watchedConnectors: [],
    maintenance: windowsOfFleet(document.maintenance),
    repeatMs: toIntervals(document.reminders),
    channels: toRoutes(document, document.fleet.channels),
  };
}

function toIntervals({ critical, error, warning }: MonitorDocument["reminders"]): RepeatIntervals {
  return defined({ critical: everyMs(critical), error: everyMs(error), warning: everyMs(warning) });
}

function everyMs(interval: number | "never"): number | undefined {
  return interval === "never" ? undefined : interval;
}

/** @param wanted Names. @default all */
function toRoutes({ channels }: MonitorDocument, wanted: readonly string[] | undefined): readonly ChannelRoute[] {
  return channels.filter(({ name }) => wanted?.includes(name) ?? true).map(toRoute);
}

/** Webhooks and PagerDuty keep an incident open from the first notice to the last; the others are read and gone. */
function toRoute({ name, minSeverity, settings: { type } }: ChannelConfig): ChannelRoute {
  return { name, minSeverity, keepsIncidents: type === "webhook" || type === "pagerduty" };
}
