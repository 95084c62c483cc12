import type { TenantPolicy } from "../domain/poll/tenant-policy.ts";
import type { ChannelConfig } from "./channel.schema.ts";
import type { CredentialConfig } from "./credential.schema.ts";
import type { DeadManSwitchConfig } from "./fleet.schema.ts";

/** How the storage account of the host is reached, which holds tables and queues as well. */
export type StorageConfig =
  | { readonly kind: "connection-string"; readonly connectionString: string }
  | {
      readonly kind: "identity";
      /** Addresses of the two services, no slash at the end. */
      readonly tableServiceUrl: string;
      readonly queueServiceUrl: string;
      /** Client id of a user-assigned identity. @default the app's own */
      readonly clientId?: string;
    };

/** A tenant that is watched, and how its tokens are got. */
export interface TenantConfig {
  readonly policy: TenantPolicy;
  readonly credential: CredentialConfig;
}

/** How long rows are kept. */
export interface RetentionConfig {
  readonly snapshotsMs: number;
  readonly eventsMs: number;
  readonly dailyMs: number;
  readonly deliveriesMs: number;
}

/** Everything that can be set, checked and with its defaults. */
export interface MonitorConfig {
  /** Root of the Graph that is read, no slash at the end. */
  readonly graphRoot: string;
  /** How often every tenant is polled. */
  readonly periodMs: number;
  readonly storage: StorageConfig;
  readonly tablePrefix: string;
  /** Where the app is seen from outside: scheme and host, no slash at the end. */
  readonly publicUrl?: string;
  /** What opens the writes of the API beside the host's function key; without either they are off. */
  readonly writes: { readonly key?: string; readonly trustsPlatform: boolean };
  readonly tenants: readonly TenantConfig[];
  readonly channels: readonly ChannelConfig[];
  /** How the monitor watches itself: the policy of the pseudo-tenant `fleet`. */
  readonly fleet: TenantPolicy;
  /** Who is told at every poll that the monitor is alive. */
  readonly deadManSwitch?: DeadManSwitchConfig;
  readonly retention: RetentionConfig;
}
