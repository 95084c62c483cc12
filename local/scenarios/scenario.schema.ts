import { z } from "zod";
import { faultSchema, SOURCE_PATHS } from "../graph/fault.schema.ts";
import { durationMs } from "./duration.ts";
import * as timeline from "./timeline.schema.ts";

/** For the reader of the file only. */
const note = z.string().optional();

const partner = {
  id: z.guid(),
  name: z.string(),
  note,
  state: timeline.partnerState.default("enabled"),
  assignments: timeline.assignments.default(["all-users"]),
  /** Simulated: an enabled partner is `unresponsive` once silent for so long, and enabled again on its next beat. */
  simulatedUnresponsiveAfter: timeline.length.optional(),
};

/** A row of deviceManagementPartners; with an `appId` it is a single-tenant app. */
const devicePartner = z
  .strictObject({
    kind: z.literal("device-management-partner"),
    ...partner,
    appId: z.guid().optional(),
    isConfigured: z.boolean().default(true),
    timeline: timeline.devicePartnerTimeline,
  })
  .readonly();

/** A row of complianceManagementPartners; its assignments hold for each of its platforms. */
const compliancePartner = z
  .strictObject({
    kind: z.literal("compliance-management-partner"),
    ...partner,
    platforms: timeline.platforms.default([]),
    timeline: timeline.compliancePartnerTimeline,
  })
  .readonly();

/** A row of connectorStatus. It either `expires` or beats; with neither it never synced. */
const connector = z
  .strictObject({
    kind: z.literal("connector"),
    connectorName: z.string(),
    instanceId: z.string().optional(),
    note,
    status: timeline.connectorStatus.default("automatic"),
    expires: timeline.moment.optional(),
    timeline: timeline.connectorTimeline,
  })
  .refine((row) => row.timeline.every((event) => event.do !== (row.expires === undefined ? "renew" : "beat")), {
    error: "expected a connector that either expires and is renewed, or beats",
    path: ["timeline"],
  })
  .readonly();

/** A fault of one source, or of all when none is named, in the half-open span from `from` to `to`. */
const plannedFault = z
  .strictObject({
    source: z.enum(SOURCE_PATHS).optional(),
    note,
    from: timeline.duration,
    to: timeline.duration,
    fault: faultSchema,
  })
  .refine(({ from, to }) => durationMs(from) < durationMs(to), { error: "expected a time after from", path: ["to"] })
  .readonly();

/** One simulated tenant; `licensed: false` means no Intune: each request is answered with 400. */
const tenant = z
  .strictObject({
    id: z.guid(),
    name: z.string().endsWith("(simulated)"),
    note,
    licensed: z.boolean().default(true),
    connections: z
      .array(z.discriminatedUnion("kind", [devicePartner, compliancePartner, connector]))
      .readonly()
      .refine(
        (rows) => isUnique(rows.map(connectionKey)),
        "expected each connection once (corrupt makes duplicate ids)",
      )
      .default([]),
    faults: z.array(plannedFault).readonly().default([]),
  })
  .readonly();

/** A scenario file: what a few tenants show from zero on. All times count from zero, so it can be anchored anywhere. */
export const scenarioSchema = z
  .strictObject({
    name: z.string().regex(/^[a-z0-9-]+$/),
    title: z.string().min(1),
    tenants: z
      .array(tenant)
      .min(1)
      .readonly()
      .refine((rows) => isUnique(rows.map(({ id }) => id)), "expected each tenant id once"),
  })
  .readonly();

/** A device management partner with its timeline. */
export type DevicePartner = z.output<typeof devicePartner>;

/** A compliance management partner with its timeline. */
export type CompliancePartner = z.output<typeof compliancePartner>;

/** A connector with its timeline. */
export type Connector = z.output<typeof connector>;

/** One partner or connector with its timeline. */
export type Connection = DevicePartner | CompliancePartner | Connector;

/** One event of a timeline. */
export type TimelineEvent = Connection["timeline"][number];

/** A fault that a tenant has for a while. */
export type PlannedFault = z.output<typeof plannedFault>;

/** One simulated tenant. */
export type SimulatedTenant = z.output<typeof tenant>;

/** A scenario with all defaults filled in. */
export type Scenario = z.output<typeof scenarioSchema>;

/** A scenario as a file holds it: what has a default may be left out. */
export type ScenarioInput = z.input<typeof scenarioSchema>;

function connectionKey(row: Connection): string {
  return row.kind === "connector" ? `${row.connectorName} ${row.instanceId ?? ""}` : `${row.kind} ${row.id}`;
}

function isUnique(keys: readonly string[]): boolean {
  return new Set(keys).size === keys.length;
}
