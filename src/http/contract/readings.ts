import type { ConnectorReading, PartnerReading, Reading, RowReading } from "../../domain/connections/reading.ts";

/** A date that Graph sent: the instant, and the text as sent; null is Microsoft's "never". */
export type DateBody = { readonly dateTime: string; readonly asSent: string } | null;

/** What one poll saw of a partner; a property that was never read is absent. */
export type PartnerReadingBody = Omit<
  PartnerReading,
  "lastContact" | "lastBeat" | "nonComplianceDeadline" | "removalDeadline"
> & {
  readonly lastContact?: DateBody | undefined;
  readonly lastBeat?: DateBody | undefined;
  readonly nonComplianceDeadline?: DateBody | undefined;
  readonly removalDeadline?: DateBody | undefined;
};

/** What one poll saw of a connector. */
export type ConnectorReadingBody = Omit<ConnectorReading, "eventDate"> & {
  /** Last sync, connection or heartbeat, or the expiry, as `meaning` says. */
  readonly eventDate?: DateBody | undefined;
};

/** The members of our own readings that are instants. */
type InstantMember = "lastGoodAtMs" | "failingSinceMs" | "waitingSinceMs" | "deadAtMs" | "offSinceMs";

/** Our own view of a source, a tenant, a channel or the fleet. */
export type OwnReadingBody = OwnBodyOf<Exclude<Reading, RowReading>>;

type OwnBodyOf<R> = R extends unknown
  ? Omit<R, InstantMember | "clockSkewMs" | "periodMs"> & {
      readonly lastGoodDateTime?: string | undefined;
      readonly failingSinceDateTime?: string | undefined;
      /** Since when a poll of the tenant has been waited for. */
      readonly waitingSinceDateTime?: string | undefined;
      /** When a notification to the channel was given up. */
      readonly deadDateTime?: string | undefined;
      readonly offSinceDateTime?: string | undefined;
      /** Our clock less Graph's, in seconds. */
      readonly clockSkewSeconds?: number | undefined;
      readonly period?: string | undefined;
    }
  : never;

/** What one poll saw of one connection. */
export type ReadingBody = PartnerReadingBody | ConnectorReadingBody | OwnReadingBody;
