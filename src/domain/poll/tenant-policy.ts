import type { IgnoreEntry } from "../connections/judge-standing.ts";
import type { SourceId } from "../connections/source.ts";
import type { RulePolicy } from "../rules/resolve-settings.ts";
import type { Severity } from "../rules/rule.ts";

/** A channel that is told about a tenant. */
export interface ChannelRoute {
  readonly name: string;
  /** Alerts below it are kept in state and history, and not told here. */
  readonly minSeverity: Severity;
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
  /** At most 10. */
  readonly channels: readonly ChannelRoute[];
}
