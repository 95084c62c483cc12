import type { Reading } from "../connections/reading.ts";
import type { RuleId } from "../rules/rule.ts";
import type { Acknowledgement } from "../suppression/acknowledgement.ts";
import type { WindowMark } from "../suppression/maintenance-window.ts";
import type { Silence } from "../suppression/silence.ts";
import type { ConnectionState } from "./connection-state.ts";
import type { TenantPolicy } from "./tenant-policy.ts";

/** What a poll is, as far as judging goes. */
export interface PollContext {
  readonly policy: TenantPolicy;
  /** The poll's identity. */
  readonly slotMs: number;
  /** When the reads came back. */
  readonly observedAtMs: number;
  readonly nowMs: number;
  /** The longer of the last poll's period and this one's, so that a changed schedule makes no gap. */
  readonly periodMs: number;
  /** The first 32 hex digits of SHA-256. */
  readonly digest: (text: string) => string;
  readonly suppression: Suppression;
}

/** What keeps alerts quiet beside the tenant's own policy. */
export interface Suppression {
  readonly silences: readonly Silence[];
  readonly acknowledgements: readonly Acknowledgement[];
  /** The maintenance windows that the tenant is in now. */
  readonly windows: readonly WindowMark[];
  /** Rules whose alerts are open on a connection above this one: on its tenant, or in the fleet. */
  readonly openAbove: readonly RuleId[];
}

/** How a poll saw one connection. */
export type Sighting =
  | {
      readonly kind: "seen";
      readonly reading: Reading;
      /** What is remembered of it stood among the gone. */
      readonly hasReturned: boolean;
    }
  /** Its source was read completely and it was not there. */
  | { readonly kind: "absent" }
  /** Its source could not be read. */
  | { readonly kind: "blind" }
  /** Its source, or all of its tenant, has left the configuration. */
  | { readonly kind: "unwatched"; readonly reason: "source-not-watched" | "removed-from-configuration" };

/**
 * Says whether a slot moves counters: it is the first one, or at least half a period after the last that did.
 *
 * Asking twice in a row must not confirm anything twice.
 */
export function countsSlot(
  previous: Pick<ConnectionState, "lastCountedSlotMs"> | undefined,
  context: Pick<PollContext, "slotMs" | "periodMs">,
): boolean {
  return previous === undefined || context.slotMs - previous.lastCountedSlotMs >= context.periodMs / 2;
}
