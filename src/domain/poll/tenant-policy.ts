import type { RepeatIntervals } from "../alerts/decide-notification.ts";
import type { IgnoreEntry } from "../connections/judge-standing.ts";
import type { SourceId } from "../connections/source.ts";
import type { RulePolicy } from "../rules/resolve-settings.ts";
import type { Severity } from "../rules/rule.ts";
import type { MaintenanceWindow } from "../suppression/maintenance-window.ts";

/** A channel that is told about a tenant. */
export interface ChannelRoute {
  readonly name: string;
  /** Alerts below it are kept in state and history, and not told here. */
  readonly minSeverity: Severity;
  /** It keeps one incident for each alert: hears of falling severities too, and of nothing outside an episode. */
  readonly keepsIncidents: boolean;
}

/** How one tenant is watched, as configured. */
export interface TenantPolicy {
  /** GUID, lower case. */
  readonly tenantId: string;
  readonly tenantName: string;
  /** How often it is polled. */
  readonly periodMs: number;
  readonly sources: readonly SourceId[];
  readonly rules: RulePolicy;
  readonly ignore: readonly IgnoreEntry[];
  /** Connectors that the catalogue leaves out by default and this tenant wants. */
  readonly watchedConnectors: readonly string[];
  readonly maintenance: readonly MaintenanceWindow[];
  /** How often an alert is told again while nobody looks after it. */
  readonly repeatMs: RepeatIntervals;
  /** At most 10. */
  readonly channels: readonly ChannelRoute[];
}
