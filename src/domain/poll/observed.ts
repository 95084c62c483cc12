import type { SourceRead } from "../connections/source.ts";
import type { ChannelHealth } from "../delivery/channel-health.ts";
import type { OverviewLine } from "./tenant-overview.ts";
import type { TenantPolicy } from "./tenant-policy.ts";

/** What a poll is planned from beside what is remembered. */
export type Observed =
  | {
      readonly kind: "tenant";
      readonly reads: readonly SourceRead[];
      /** Whether most tenants cannot be read, as the fleet says; without its word the last one holds. */
      readonly graphUnavailable?: boolean | undefined;
    }
  | ({ readonly kind: "fleet" } & FleetView)
  /** The tenant has left the configuration: all that is open ends. */
  | { readonly kind: "closing" };

/** What the monitor knows of itself without asking anybody. */
export interface FleetView {
  /** The tenants that ought to be polled. */
  readonly tenants: readonly WatchedTenant[];
  /** What their polls left behind; lines of others are passed over. */
  readonly lines: readonly OverviewLine[];
  /** Names of the configured channels. */
  readonly channels: readonly string[];
  /** A channel without a row is well. */
  readonly channelHealth: readonly ChannelHealth[];
}

/** A tenant that ought to be polled, and how often. */
export type WatchedTenant = Pick<TenantPolicy, "tenantId" | "tenantName" | "periodMs">;
