import type { Moment } from "../time.ts";
import type { NotAvailableReason, SourceId, UnreadableReason } from "./source.ts";

/**
 * The kinds of connection that are watched; `source` and `tenant` are our own view of Graph, the last three the monitor's
 * view of itself: all tenants together, one tenant from outside, and one channel.
 */
export const CONNECTION_KINDS = [
  "device-management-partner",
  "compliance-management-partner",
  "connector",
  "source",
  "tenant",
  "fleet",
  "tenant-watch",
  "channel",
] as const;

/** A kind of connection that is watched. */
export type ConnectionKind = (typeof CONNECTION_KINDS)[number];

/** The kinds that stand for rows of Graph. */
export const ROW_KINDS: readonly ConnectionKind[] = [
  "device-management-partner",
  "compliance-management-partner",
  "connector",
];

/** The two kinds that Graph calls partners. */
export type PartnerKind = "device-management-partner" | "compliance-management-partner";

/** A date of a reading: an instant, `never` (null or 0001-01-01), or undefined when it was not read this time. */
export type ReadDate = Moment | "never" | undefined;

/** In the order of their numbers. Source: Graph metadata, deviceManagementPartnerTenantState (graph.md 2.1). */
export const PARTNER_STATES = ["unknown", "unavailable", "enabled", "terminated", "rejected", "unresponsive"] as const;

/** A known member of deviceManagementPartnerTenantState; any other member reads as `unknown` with its raw text beside it. */
export type PartnerState = (typeof PARTNER_STATES)[number];

/** In the order of their numbers. Source: Graph metadata, connectorHealthState (graph.md 2.4). */
export const REPORTED_HEALTHS = ["healthy", "warning", "unhealthy", "unknown"] as const;

/** A known member of connectorHealthState, Microsoft's own verdict. */
export type ReportedHealth = (typeof REPORTED_HEALTHS)[number];

/** What a connector's `eventDateTime` can mean; `none` means that its age says nothing. */
export const CONNECTOR_MEANINGS = ["sync", "connection", "heartbeat", "expiry", "none"] as const;

/** What a connector's `eventDateTime` means. */
export type ConnectorMeaning = (typeof CONNECTOR_MEANINGS)[number];

/** The device platforms that a partner can be onboarded for; linux is beta only, windows was in an early beta. */
export const PLATFORMS = ["android", "ios", "macOs", "linux", "windows"] as const;

/** A device platform. */
export type Platform = (typeof PLATFORMS)[number];

/** The faults that are found in what Graph sent. */
export const DATA_PROBLEM_CODES = [
  "unknown-enum",
  "bad-date",
  "date-in-future",
  "duplicate-id",
  "unreadable-row",
  "missing-id",
  "bad-value",
  "inconsistent",
  "several-rows",
] as const;

/** A fault in what Graph sent, kept beside what could be read all the same. */
export interface DataProblem {
  readonly code: (typeof DATA_PROBLEM_CODES)[number];
  /** The property as Graph names it. */
  readonly property: string;
  /** What was sent, cut to 64 characters. */
  readonly asSent?: string;
}

/** One assignment target: its type without namespace, and the group, collection or object it names. */
export interface AssignmentTarget {
  /** A documented subtype such as `groupAssignmentTarget`, or `other`, or `missing` when the assignment has no target. */
  readonly type: string;
  /** The type as sent when it is `other`, at most 64 characters. */
  readonly typeAsSent?: string;
  readonly targetId?: string;
  readonly filterId?: string;
}

/** The assignments of one platform or of partner enrollment. */
export interface Assignments {
  /** The first ones in the order sent: at most 20, fewer when their texts are long. */
  readonly targets: readonly AssignmentTarget[];
  /** How many there were. */
  readonly count: number;
  /** Digest of all of them, so that a change beyond the twentieth is seen. */
  readonly digest: string;
}

interface AnyReading {
  /** Stable identity, such as `device-management-partner:<id>`; never made of names, numbers or texts. */
  readonly connectionId: string;
  /** At most 256 characters. */
  readonly displayName: string;
  /** At most 20. */
  readonly problems: readonly DataProblem[];
  /** Properties of this reading that were not read this time and stand as an earlier reading had them. */
  readonly carriedOver?: readonly string[];
}

/** What one poll saw of a partner of either type. */
export interface PartnerReading extends AnyReading {
  readonly kind: PartnerKind;
  readonly state: PartnerState;
  /** The member as sent, when it is not one of ours. */
  readonly stateAsSent?: string;
  readonly lastContact: ReadDate;
  /** The newest contact that an earlier reading knew; kept only while `lastContact` says never. */
  readonly lastBeat?: Moment;
  /** deviceManagementPartner only. */
  readonly isConfigured?: boolean;
  readonly appType?: string;
  readonly appId?: string;
  readonly nonComplianceDeadline?: ReadDate;
  readonly removalDeadline?: ReadDate;
  /** complianceManagementPartner only; a platform that was not in the payload is absent. */
  readonly onboarded: Readonly<Partial<Record<Platform, boolean>>>;
  /** By platform, or `enrollment` for groupsRequiringPartnerEnrollment. */
  readonly assignments: Readonly<Partial<Record<Platform | "enrollment", Assignments>>>;
}

/** What one poll saw of a connector of connectorStatus. */
export interface ConnectorReading extends AnyReading {
  readonly kind: "connector";
  readonly connectorName: string;
  readonly instanceId?: string;
  readonly meaning: ConnectorMeaning;
  /** Microsoft's own verdict. */
  readonly reportedHealth: ReportedHealth;
  /** The member as sent, when it is not one of ours. */
  readonly reportedHealthAsSent?: string;
  /** eventDateTime: last sync, connection or heartbeat, or the expiry, as `meaning` says. */
  readonly eventDate: ReadDate;
}

/** What we say of something that is no row of Graph. */
interface OwnReading extends AnyReading {
  /** Why it fails, as a stable word. */
  readonly reason?: string;
  /** What that means or what to do about it, in words safe to show; at most 256 characters. */
  readonly detail?: string;
  /** When it was good at last. */
  readonly lastGoodAtMs?: number;
  /** Since when it has failed. */
  readonly failingSinceMs?: number;
}

/** What the polls so far say of one source; counts are consecutive. */
export interface SourceReading extends OwnReading {
  readonly kind: "source";
  readonly sourceId: SourceId;
  readonly outcome: "read" | "not-available" | "unreadable";
  readonly reason?: NotAvailableReason | UnreadableReason;
  /** What to do about it in words safe to show, such as the permission to grant; at most 256 characters. */
  readonly detail?: string;
  /** Consecutive counted polls that could not read it, 0 after a good one. */
  readonly failedPolls: number;
  /** observedAt of the last good read. */
  readonly lastGoodAtMs?: number;
  /** Slot of the first poll of the present failure. */
  readonly failingSinceMs?: number;
  /** Rows of the last good read. */
  readonly rowCount: number;
}

/** What the polls so far say of the tenant as a whole. */
export interface TenantReading extends OwnReading {
  readonly kind: "tenant";
  /** Whether at least one source was read, or found not to be there, this time. */
  readonly readable: boolean;
  /** The reason that most of the sources share when none was readable. */
  readonly reason?: UnreadableReason;
  /** The different details of those sources, one after the other. */
  readonly detail?: string;
  readonly failedPolls: number;
  readonly lastGoodAtMs?: number;
  readonly failingSinceMs?: number;
  /** Graph's clock less ours, by the answer that agrees best with us; absent when none was dated. */
  readonly clockSkewMs?: number;
}

/** What the newest polls of all tenants say together. */
export interface FleetReading extends OwnReading {
  readonly kind: "fleet";
  /** Configured tenants. */
  readonly tenantCount: number;
  /** Those whose newest poll could read nothing. */
  readonly unreadableCount: number;
  /** The reason that most of these share. */
  readonly reason?: UnreadableReason;
  /** The newest poll of any tenant. */
  readonly lastGoodAtMs?: number;
}

/** What can be seen of a tenant without polling it; what a poll saw of it is its `tenant` reading. */
export interface TenantWatchReading extends OwnReading {
  readonly kind: "tenant-watch";
  /** The longer of the period that is configured and that of the newest poll. */
  readonly periodMs: number;
  /**
   * Since when a poll has been waited for: the latest of the newest poll, the tenant's configuration, and our own return
   * after a gap.
   */
  readonly waitingSinceMs: number;
  /** Stored rows that could not be parsed by the newest poll; absent before the first. */
  readonly unreadableRows?: number;
  /** The newest poll. */
  readonly lastGoodAtMs?: number;
}

/** How a channel gets on. */
export interface ChannelReading extends OwnReading {
  readonly kind: "channel";
  /** Failed sends in a row. */
  readonly failures: number;
  /** Whether sends are held back until a probe succeeds. */
  readonly isOpen: boolean;
  /** When a notification was given up, unless one was delivered since. */
  readonly deadAtMs?: number;
  /** Since when its receiver wants no more; nothing is sent until the address changes or a test succeeds. */
  readonly offSinceMs?: number;
}

/** What one poll saw of a row of Graph. */
export type RowReading = PartnerReading | ConnectorReading;

/** What one poll saw of one connection. */
export type Reading = RowReading | SourceReading | TenantReading | FleetReading | TenantWatchReading | ChannelReading;

/** Whether a connection is judged at all, with the reason that page and messages show. */
export type Standing =
  | { readonly standing: "active" }
  | {
      readonly standing: "not-configured";
      readonly reason: "is-configured-false" | "never-onboarded" | "not-available";
    }
  | { readonly standing: "retired"; readonly reason: "severed-and-silent" | "removal-date-passed" }
  | { readonly standing: "ignored"; readonly reason: string };

/** Says whether a reading is one of the two partner types. */
export function isPartner(reading: Reading): reading is PartnerReading {
  return reading.kind === "device-management-partner" || reading.kind === "compliance-management-partner";
}

/** Says whether a reading is one of a connector. */
export function isConnector(reading: Reading): reading is ConnectorReading {
  return reading.kind === "connector";
}

/** Says whether a reading stands for a row of Graph, not for our own view of a source or tenant. */
export function isRow(reading: Reading): reading is RowReading {
  return isPartner(reading) || isConnector(reading);
}

/** Returns the instant of a date that was read, or undefined for never and not read. */
export function instantOf(date: ReadDate): number | undefined {
  return date === undefined || date === "never" ? undefined : date.atMs;
}

/** Says whether the row named itself; one that did not is told apart by its place only and may be another row next time. */
export function hasOwnIdentity(reading: Reading): boolean {
  return !reading.problems.some(({ code }) => code === "missing-id" || code === "unreadable-row");
}

/** Says whether a property was not read this time and stands as an earlier reading had it. */
export function isCarriedOver({ carriedOver }: Reading, property: string): boolean {
  return carriedOver?.includes(property) === true;
}
