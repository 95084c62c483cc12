/** The Graph collections that are watched, by the name of their segment. */
export const SOURCE_IDS = ["deviceManagementPartners", "complianceManagementPartners", "connectorStatus"] as const;

/** One watched Graph collection. */
export type SourceId = (typeof SOURCE_IDS)[number];

/** How `connectorStatus` can be asked for; which form works is not documented, so the one that worked is remembered. */
export type ConnectorStatusForm = "property" | "select" | "root";

/** Why a tenant may not have a source. */
export const NOT_AVAILABLE_REASONS = ["unlicensed", "not-found", "not-supported"] as const;

/** Why a tenant does not have a source: an expected state, told once as information. */
export type NotAvailableReason = (typeof NOT_AVAILABLE_REASONS)[number];

/** Why a source may not be readable; `vanished` and `suddenly-empty` are judged by the domain, the others by the adapter. */
export const UNREADABLE_REASONS = [
  "unauthorized",
  "forbidden",
  "throttled",
  "unavailable",
  "malformed",
  "vanished",
  "suddenly-empty",
] as const;

/** Why a source could not be read. */
export type UnreadableReason = (typeof UNREADABLE_REASONS)[number];

/** What one attempt to read a source brought: all of its rows, as sent, or a named reason why not. */
export type SourceRead = SourceOutcome & {
  /** Graph's `Date` header less our clock as the answer came; absent when there was no such answer. */
  readonly clockSkewMs?: number;
};

type SourceOutcome =
  | {
      readonly sourceId: SourceId;
      readonly outcome: "read";
      readonly rows: readonly unknown[];
      /** Set for `connectorStatus` only. */
      readonly form?: ConnectorStatusForm;
    }
  | { readonly sourceId: SourceId; readonly outcome: "not-available"; readonly reason: NotAvailableReason }
  | {
      readonly sourceId: SourceId;
      readonly outcome: "unreadable";
      readonly reason: UnreadableReason;
      /** What to do about it in words safe to show, such as the names of the missing permissions; at most 256 characters. */
      readonly detail?: string;
    };
