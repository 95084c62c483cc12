import { z } from "zod";
import {
  type Assignments,
  type AssignmentTarget,
  type ChannelReading,
  CONNECTION_KINDS,
  CONNECTOR_MEANINGS,
  type ConnectionKind,
  type ConnectorReading,
  DATA_PROBLEM_CODES,
  type DataProblem,
  type FleetReading,
  PARTNER_STATES,
  type PartnerReading,
  PLATFORMS,
  REPORTED_HEALTHS,
  type ReadDate,
  type Reading,
  type SourceReading,
  type Standing,
  type TenantReading,
  type TenantWatchReading,
} from "../../domain/connections/reading.ts";
import { SOURCE_IDS, UNREADABLE_REASONS } from "../../domain/connections/source.ts";
import type { Snapshot } from "../../domain/history/snapshot.ts";
import type { Moment } from "../../domain/time.ts";
import { objectOf, oneOf, variantOf } from "./typed-schema.ts";

const number = z.number();
const text = z.string();

/** Checks a date as read: an instant, `never`, or absent. */
export const readDate: z.ZodType<ReadDate> = z
  .union([objectOf<Moment>({ atMs: number, asSent: text }), z.literal("never")])
  .optional();

const problems = z.array(
  objectOf<DataProblem>({
    code: z.enum(DATA_PROBLEM_CODES),
    property: text,
  }),
);

const anyReading = { connectionId: text, displayName: text, problems };

const assignments = objectOf<Assignments>({
  targets: z.array(objectOf<AssignmentTarget>({ type: text })),
  count: number,
  digest: text,
});

const partner = objectOf<PartnerReading>({
  ...anyReading,
  kind: oneOf<PartnerReading["kind"]>({ "device-management-partner": true, "compliance-management-partner": true }),
  state: z.enum(PARTNER_STATES),
  lastContact: readDate,
  nonComplianceDeadline: readDate,
  removalDeadline: readDate,
  onboarded: z.partialRecord(z.enum(PLATFORMS), z.boolean()),
  assignments: z.partialRecord(z.enum([...PLATFORMS, "enrollment"]), assignments),
});

const connector = objectOf<ConnectorReading>({
  ...anyReading,
  kind: z.literal("connector"),
  connectorName: text,
  meaning: z.enum(CONNECTOR_MEANINGS),
  reportedHealth: z.enum(REPORTED_HEALTHS),
  eventDate: readDate,
});

const source = objectOf<SourceReading>({
  ...anyReading,
  kind: z.literal("source"),
  sourceId: z.enum(SOURCE_IDS),
  outcome: oneOf<SourceReading["outcome"]>({ read: true, "not-available": true, unreadable: true }),
  failedPolls: number,
  lastGoodAtMs: number.optional(),
  failingSinceMs: number.optional(),
  rowCount: number,
});

const tenant = objectOf<TenantReading>({
  ...anyReading,
  kind: z.literal("tenant"),
  readable: z.boolean(),
  failedPolls: number,
  lastGoodAtMs: number.optional(),
  failingSinceMs: number.optional(),
  clockSkewMs: number.optional(),
});

/** Checks why nothing could be read. */
export const unreadableReason = z.enum(UNREADABLE_REASONS);

const fleet = objectOf<FleetReading>({
  ...anyReading,
  kind: z.literal("fleet"),
  tenantCount: number,
  unreadableCount: number,
  reason: unreadableReason.optional(),
  lastGoodAtMs: number.optional(),
});

const tenantWatch = objectOf<TenantWatchReading>({
  ...anyReading,
  kind: z.literal("tenant-watch"),
  periodMs: number,
  waitingSinceMs: number,
  unreadableRows: number.optional(),
  lastGoodAtMs: number.optional(),
});

const channel = objectOf<ChannelReading>({
  ...anyReading,
  kind: z.literal("channel"),
  failures: number,
  isOpen: z.boolean(),
  deadAtMs: number.optional(),
  offSinceMs: number.optional(),
});

/** Checks what kind of connection it is. */
export const connectionKind: z.ZodType<ConnectionKind> = z.enum(CONNECTION_KINDS);

/** Checks a reading of any kind. */
export const reading: z.ZodType<Reading> = variantOf<Reading, "kind">("kind", {
  "device-management-partner": partner,
  "compliance-management-partner": partner,
  connector,
  source,
  tenant,
  fleet,
  "tenant-watch": tenantWatch,
  channel,
});

type StandingOf<S extends Standing["standing"]> = Extract<Standing, { readonly standing: S }>;

/** Checks why a connection is judged or not. */
export const standing: z.ZodType<Standing> = variantOf<Standing, "standing">("standing", {
  active: z.looseObject({ standing: z.literal("active") }),
  "not-configured": objectOf<StandingOf<"not-configured">>({
    standing: z.literal("not-configured"),
    reason: oneOf<StandingOf<"not-configured">["reason"]>({
      "is-configured-false": true,
      "never-onboarded": true,
      "not-available": true,
    }),
  }),
  retired: objectOf<StandingOf<"retired">>({
    standing: z.literal("retired"),
    reason: oneOf<StandingOf<"retired">["reason"]>({ "severed-and-silent": true, "removal-date-passed": true }),
  }),
  ignored: z.looseObject({ standing: z.literal("ignored"), reason: text }),
});

/** Checks the reading of a snapshot: partners and connectors only. */
export const snapshotReading: z.ZodType<Snapshot["reading"]> = variantOf<Snapshot["reading"], "kind">("kind", {
  "device-management-partner": partner,
  "compliance-management-partner": partner,
  connector,
});
