import { z } from "zod";
import {
  type Assignments,
  type AssignmentTarget,
  CONNECTOR_MEANINGS,
  DATA_PROBLEM_CODES,
  type DataProblem,
  PARTNER_STATES,
  type PartnerReading,
  PLATFORMS,
  REPORTED_HEALTHS,
} from "../../src/domain/connections/reading.ts";
import { NOT_AVAILABLE_REASONS, SOURCE_IDS, UNREADABLE_REASONS } from "../../src/domain/connections/source.ts";
import type {
  ConnectorReadingBody,
  DateBody,
  OwnReadingBody,
  PartnerReadingBody,
  ReadingBody,
} from "../../src/http/contract/readings.ts";
import { bodyOf, literals } from "./body-of.ts";
import { count, dateTime, duration, text } from "./common.schema.ts";

const date: z.ZodType<DateBody | undefined> = z
  .union([bodyOf<NonNullable<DateBody>>({ dateTime, asSent: text }), z.null()])
  .meta({ id: "Date", description: "A date as read; null is Microsoft's never." })
  .optional();

const dataProblem = bodyOf<DataProblem>({
  code: z.enum(DATA_PROBLEM_CODES),
  property: text,
  asSent: text.optional(),
}).meta({ id: "DataProblem" });

const anyReading = {
  connectionId: text.describe("Stays whatever the name becomes."),
  displayName: text.describe("As sent: to be shown as text, and nothing else."),
  problems: z.array(dataProblem).describe("Faults in what Graph sent."),
  carriedOver: z.array(text).optional().describe("Properties that were not read this time and stand as they were."),
};

const assignments = bodyOf<Assignments>({
  targets: z.array(
    bodyOf<AssignmentTarget>({
      type: text,
      typeAsSent: text.optional(),
      targetId: text.optional(),
      filterId: text.optional(),
    }),
  ),
  count,
  digest: text,
}).meta({ id: "Assignments", description: "The first ones, how many there are, and a digest of all." });

/** What one poll saw of a partner. */
export const partnerReading = bodyOf<PartnerReadingBody>({
  ...anyReading,
  kind: literals<PartnerReading["kind"]>({ "device-management-partner": true, "compliance-management-partner": true }),
  state: z.enum(PARTNER_STATES),
  stateAsSent: text.optional(),
  lastContact: date,
  lastBeat: date,
  isConfigured: z.boolean().optional(),
  appType: text.optional(),
  appId: text.optional(),
  nonComplianceDeadline: date,
  removalDeadline: date,
  onboarded: z.partialRecord(z.enum(PLATFORMS), z.boolean()),
  assignments: z.partialRecord(z.enum([...PLATFORMS, "enrollment"]), assignments),
}).meta({ id: "PartnerReading" });

/** What one poll saw of a connector. */
export const connectorReading = bodyOf<ConnectorReadingBody>({
  ...anyReading,
  kind: z.literal("connector"),
  connectorName: text,
  instanceId: text.optional(),
  meaning: z.enum(CONNECTOR_MEANINGS),
  reportedHealth: z.enum(REPORTED_HEALTHS),
  reportedHealthAsSent: text.optional(),
  eventDate: date,
}).meta({ id: "ConnectorReading" });

type OwnOf<Kind> = Extract<OwnReadingBody, { readonly kind: Kind }>;

const unreadableReason = z.enum(UNREADABLE_REASONS);

const ownReading = {
  ...anyReading,
  detail: text.optional(),
  lastGoodDateTime: dateTime.optional(),
  failingSinceDateTime: dateTime.optional(),
  waitingSinceDateTime: dateTime.optional(),
  deadDateTime: dateTime.optional(),
  offSinceDateTime: dateTime.optional(),
  clockSkewSeconds: z.int().optional(),
  period: duration.optional(),
};

const ownReadings = [
  bodyOf<OwnOf<"source">>({
    ...ownReading,
    kind: z.literal("source"),
    sourceId: z.enum(SOURCE_IDS),
    outcome: literals<OwnOf<"source">["outcome"]>({ read: true, "not-available": true, unreadable: true }),
    reason: z.union([z.enum(NOT_AVAILABLE_REASONS), unreadableReason]).optional(),
    failedPolls: count,
    rowCount: count,
  }).meta({ id: "SourceReading" }),
  bodyOf<OwnOf<"tenant">>({
    ...ownReading,
    kind: z.literal("tenant"),
    readable: z.boolean(),
    reason: unreadableReason.optional(),
    failedPolls: count,
  }).meta({ id: "TenantReading" }),
  bodyOf<OwnOf<"fleet">>({
    ...ownReading,
    kind: z.literal("fleet"),
    tenantCount: count,
    unreadableCount: count,
    reason: unreadableReason.optional(),
  }).meta({ id: "FleetReading" }),
  bodyOf<OwnOf<"tenant-watch">>({
    ...ownReading,
    kind: z.literal("tenant-watch"),
    reason: text.optional(),
    unreadableRows: count.optional(),
  }).meta({ id: "TenantWatchReading" }),
  bodyOf<OwnOf<"channel">>({
    ...ownReading,
    kind: z.literal("channel"),
    reason: text.optional(),
    failures: count,
    isOpen: z.boolean(),
  }).meta({ id: "ChannelReading" }),
] as const;

/** What one poll saw of one connection, of any kind. */
export const reading: z.ZodType<ReadingBody> = z
  .union([partnerReading, connectorReading, ...ownReadings])
  .meta({ id: "Reading", description: "What one poll saw; kind says which." });
