import type { WatchedOverview } from "../app/load-overviews.ts";
import type { TenantOverview } from "../domain/poll/tenant-overview.ts";
import { SECOND_MS } from "../domain/units.ts";
import type { MetricFamily, MetricSample } from "./open-metrics.ts";
import { toConnectionMetrics } from "./to-connection-metrics.ts";
import { toLabel } from "./to-label.ts";

/** One value of a tenant, with the labels it has beside `tenant`. */
type TenantSample = readonly [value: number | undefined, labels?: Readonly<Record<string, string>>];

/**
 * Makes the metrics of all that the overview knows: each tenant first, then each connection.
 *
 * Labels are bounded: ids, keys, words of ours, and two names and a state that are cut. Of a family a series is there only
 * while it is so, which holds for verdicts, states, phases and blind sources.
 */
export function toMetrics(tenants: readonly WatchedOverview[], nowMs: number): readonly MetricFamily[] {
  const polled = tenants.flatMap(({ overview }) => overview ?? []);
  return [
    {
      name: "intune_monitor_tenant",
      type: "info",
      help: "A tenant that is watched; fleet is the monitor itself.",
      samples: tenants.map(({ tenantId, tenantName }) => ({
        labels: { tenant: tenantId, tenant_name: toLabel(tenantName) },
        value: 1,
      })),
    },
    {
      name: "intune_monitor_tenant_polled",
      type: "gauge",
      help: "Whether the tenant was ever polled: without a poll nothing else is known of it.",
      samples: tenants.map(({ tenantId, overview }) => ({
        labels: { tenant: tenantId },
        value: overview === undefined ? 0 : 1,
      })),
    },
    ...pollFamilies(polled),
    ...outboxFamilies(polled),
    ...stateFamilies(polled),
    ...toConnectionMetrics(polled, nowMs),
  ];
}

function pollFamilies(polled: readonly TenantOverview[]): readonly MetricFamily[] {
  const each = (samplesOf: (tenant: TenantOverview) => readonly TenantSample[]) => sample(polled, samplesOf);
  return [
    {
      name: "intune_monitor_last_poll_timestamp_seconds",
      type: "gauge",
      unit: "seconds",
      help: "When the last poll that was committed read.",
      samples: each(({ observedAtMs }) => [[observedAtMs / SECOND_MS]]),
    },
    {
      name: "intune_monitor_poll_period_seconds",
      type: "gauge",
      unit: "seconds",
      help: "How long one poll comes after the other.",
      samples: each(({ periodMs }) => [[periodMs / SECOND_MS]]),
    },
    {
      name: "intune_monitor_polls",
      type: "counter",
      help: "Polls committed: read, or unreadable when no source could be read.",
      samples: each(({ counts }) => [
        [counts && counts.polls - counts.failedPolls, { outcome: "read" }],
        [counts?.failedPolls, { outcome: "unreadable" }],
      ]),
    },
  ];
}

function outboxFamilies(polled: readonly TenantOverview[]): readonly MetricFamily[] {
  const each = (samplesOf: (tenant: TenantOverview) => readonly TenantSample[]) => sample(polled, samplesOf);
  return [
    {
      name: "intune_monitor_notifications_planned",
      type: "counter",
      help: "Notifications that polls planned, one for each channel.",
      samples: each(({ counts }) => [[counts?.notifications]]),
    },
    {
      name: "intune_monitor_notifications",
      type: "gauge",
      help: "Notifications on their way from before the last poll: waiting for a try, or dead, given up while their alert is open.",
      samples: each(({ outbox }) => [
        [outbox?.waiting, { status: "waiting" }],
        [outbox?.dead, { status: "dead" }],
      ]),
    },
  ];
}

function stateFamilies(polled: readonly TenantOverview[]): readonly MetricFamily[] {
  const each = (samplesOf: (tenant: TenantOverview) => readonly TenantSample[]) => sample(polled, samplesOf);
  return [
    {
      name: "intune_monitor_open_alerts",
      type: "gauge",
      help: "Alerts that fire or recover.",
      samples: each(({ openAlerts }) => Object.entries(openAlerts).map(([severity, count]) => [count, { severity }])),
    },
    {
      name: "intune_monitor_connections",
      type: "gauge",
      help: "Partners and connectors by standing; only active ones are judged.",
      samples: each(({ standings }) => Object.entries(standings).map(([standing, count]) => [count, { standing }])),
    },
    {
      name: "intune_monitor_blind_sources",
      type: "gauge",
      help: "1 while a source cannot be read.",
      samples: each(({ blindSources }) => blindSources.map((blind) => [1, toBlindLabels(blind)])),
    },
    {
      name: "intune_monitor_unreadable_rows",
      type: "gauge",
      help: "Stored rows that cannot be parsed.",
      samples: each(({ unreadableRows }) => [[unreadableRows]]),
    },
    {
      name: "intune_monitor_connections_left_out",
      type: "gauge",
      help: "The calmest connections, of which no metric follows because there are too many.",
      samples: each(({ more }) => [[more]]),
    },
  ];
}

function sample(
  polled: readonly TenantOverview[],
  samplesOf: (tenant: TenantOverview) => readonly TenantSample[],
): readonly MetricSample[] {
  return polled.flatMap((tenant) =>
    samplesOf(tenant).flatMap(([value, labels]) =>
      value === undefined ? [] : { labels: { tenant: tenant.tenantId, ...labels }, value },
    ),
  );
}

/** Takes `<source>: <reason>` apart. */
function toBlindLabels(blind: string): Readonly<Record<string, string>> {
  const [source = "", reason = "unknown"] = blind.split(": ");
  return { source: toLabel(source), reason: toLabel(reason) };
}
