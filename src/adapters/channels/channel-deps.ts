import type { NotificationLinks } from "../../domain/delivery/describe-notification.ts";
import type { LinkedSubject } from "../../domain/delivery/link-notification.ts";
import type { Clock } from "../../ports/clock.ts";
import type { Telemetry } from "../../ports/telemetry.ts";
import type { Resolve } from "./resolve-target.ts";

/** What channels that post over HTTP work with. */
export interface PostDeps {
  readonly telemetry: Telemetry;
  readonly clock: Clock;
  /**
   * Looks a host name up.
   *
   * @default the system's resolver
   */
  readonly resolve?: Resolve;
  /**
   * Bounds one attempt as a whole: name lookup, connection, request and answer.
   *
   * @default 15 seconds
   */
  readonly timeoutMs?: number;
  /**
   * The authority to trust instead of the public ones, as PEM text.
   *
   * @default the authorities that Node trusts
   */
  readonly certificateAuthority?: string;
}

/** What any channel works with. */
export interface ChannelDeps extends PostDeps {
  /** Where a reader goes on: to a connection, or to its tenant as a whole. */
  readonly linksOf: (subject: LinkedSubject) => NotificationLinks;
}
