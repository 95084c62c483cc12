import { sourceOf } from "../domain/connections/source-of.ts";
import type { ConnectionLine, TenantOverview } from "../domain/poll/tenant-overview.ts";
import { SECOND_MS } from "../domain/units.ts";
import { deadlinesOfLine } from "./deadlines-of-line.ts";
import type { MetricFamily, MetricSample } from "./open-metrics.ts";
import { toLabel } from "./to-label.ts";

/** One value of a connection, with the labels it has beside `tenant` and `connection`. */
type ConnectionSample = readonly [value: number | undefined, labels?: Readonly<Record<string, string>>];

type SamplesOf = (line: ConnectionLine, tenant: TenantOverview) => readonly ConnectionSample[];

/** Makes the metrics of each connection of the tenants; they are joined with its names by `tenant` and `connection`. */
export function toConnectionMetrics(polled: readonly TenantOverview[], nowMs: number): readonly MetricFamily[] {
  const each = (samplesOf: SamplesOf) => sample(polled, samplesOf);
  return [
    {
      name: "intune_monitor_connection",
      type: "info",
      help: "What is watched: partners, connectors, and the monitor's own view of sources, tenants and channels.",
      samples: each(({ kind, name, standing }) => [[1, { kind, name: toLabel(name), standing }]]),
    },
    {
      name: "intune_monitor_connection_verdict",
      type: "gauge",
      help: "1 for our verdict: critical, error, warning, unknown, info, pending, ok or not-judged.",
      samples: each(({ verdict }) => (verdict === undefined ? [] : [[1, { verdict }]])),
    },
    {
      name: "intune_monitor_connection_state",
      type: "gauge",
      help: "1 for what Microsoft says: the state of a partner, the health of a connector.",
      samples: each(({ state }) => (state === undefined ? [] : [[1, { state: toLabel(state) }]])),
    },
    {
      name: "intune_monitor_alert",
      type: "gauge",
      help: "1 for the phase of an alert: pending, firing or recovering; an inactive one has none.",
      samples: each(({ alerts }) =>
        alerts.map(({ ruleId, phase, severity }) => [1, { rule: ruleId, phase, severity }]),
      ),
    },
    ...timeFamilies(each, nowMs),
  ];
}

function timeFamilies(each: (samplesOf: SamplesOf) => readonly MetricSample[], nowMs: number): readonly MetricFamily[] {
  return [
    {
      name: "intune_monitor_last_contact_timestamp_seconds",
      type: "gauge",
      unit: "seconds",
      help: "When the connection was last heard of, as far as we could see.",
      samples: each(({ lastContactMs }) => [[toSeconds(lastContactMs)]]),
    },
    {
      name: "intune_monitor_contact_age_seconds",
      type: "gauge",
      unit: "seconds",
      help: "Age of the last contact at the last poll; there is none while the source cannot be read.",
      samples: each((line, tenant) => [[isBlind(line, tenant) ? undefined : ageSeconds(line, tenant)]]),
    },
    {
      name: "intune_monitor_deadline_timestamp_seconds",
      type: "gauge",
      unit: "seconds",
      help: "When devices become non-compliant or are removed, or a token or certificate expires.",
      samples: each((line) => deadlinesOfLine(line).map(({ kind: deadline, atMs }) => [toSeconds(atMs), { deadline }])),
    },
    {
      name: "intune_monitor_deadline_left_seconds",
      type: "gauge",
      unit: "seconds",
      help: "Time left to the deadline now, 86400 a day; below 0 when it has passed.",
      samples: each((line) =>
        deadlinesOfLine(line).map(({ kind: deadline, atMs }) => [toSeconds(atMs - nowMs), { deadline }]),
      ),
    },
  ];
}

function sample(polled: readonly TenantOverview[], samplesOf: SamplesOf): readonly MetricSample[] {
  return polled.flatMap((tenant) =>
    tenant.connections.flatMap((line) =>
      samplesOf(line, tenant).flatMap(([value, labels]) =>
        value === undefined
          ? []
          : { labels: { tenant: tenant.tenantId, connection: line.connectionKey, ...labels }, value },
      ),
    ),
  );
}

function toSeconds(ms: number): number;
function toSeconds(ms: number | undefined): number | undefined;
function toSeconds(ms: number | undefined): number | undefined {
  return ms === undefined ? undefined : ms / SECOND_MS;
}

/** A contact later than the poll is a clock that is ahead of ours: its age is 0. */
function ageSeconds({ lastContactMs }: ConnectionLine, { observedAtMs }: TenantOverview): number | undefined {
  return lastContactMs === undefined ? undefined : Math.max(0, observedAtMs - lastContactMs) / SECOND_MS;
}

/** Our own blindness must not look like the partner's silence. */
function isBlind({ kind }: ConnectionLine, { blindSources }: TenantOverview): boolean {
  const source = sourceOf(kind);
  return blindSources.some((blind) => blind.split(":")[0] === source);
}
