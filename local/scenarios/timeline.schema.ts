import { z } from "zod";
import { durationMs, isDuration, isMoment } from "./duration.ts";

/** A time since the scenario's zero, or a length: `P10D`, `PT36H`, `-PT3H` (before zero). */
export const duration = z.string().refine(isDuration, {
  error: "expected an ISO 8601 duration of days and smaller, such as P10D or -PT3H",
  abort: true,
});

/** A duration above zero. */
export const length = duration.refine((text) => durationMs(text) > 0, "expected a duration above zero");

/** A date in a row: `P90D` counts from the scenario's zero, `+P90D` from the event it stands in. */
export const moment = z.string().refine(isMoment, "expected a duration since zero (P90D) or since the event (+P90D)");

/** A deadline of a partner: a moment, or `none` to clear it. */
const deadline = z
  .string()
  .refine((text) => text === "none" || isMoment(text), 'expected a moment (P90D, +P90D) or "none"');

/** The documented states of a partner; any other text is made by `corrupt`. */
export const partnerState = z.enum(["unknown", "unavailable", "enabled", "terminated", "rejected", "unresponsive"]);

/** The platforms of a compliance partner; linux shows on beta only. */
export const platforms = z.array(z.enum(["android", "ios", "macOs", "linux"])).readonly();

/** Microsoft's verdict on a connector: `automatic` follows Intune's own rule. Source: reference/graph.md section 6.5. */
export const connectorStatus = z.enum(["automatic", "healthy", "warning", "unhealthy", "unknown"]);

const ASSIGNMENT = /^(all-users|all-devices|(not-)?group:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})$/;

/** Who is enrolled through a partner: each `all-users`, `all-devices`, `group:<guid>` or `not-group:<guid>`. */
export const assignments = z
  .array(z.string().regex(ASSIGNMENT, "expected all-users, all-devices, group:<guid> or not-group:<guid>"))
  .readonly();

/** Every event has `at`, the time it happens, and may have a `note` for the reader of the file. */
function event<const K extends string, S extends z.ZodRawShape>(name: K, shape: S) {
  return z.strictObject({ do: z.literal(name), at: duration, note: z.string().optional(), ...shape }).readonly();
}

/** Beats (partners) or syncs (connectors): one at `at`, with `every` more until the next beat, silence or terminate. */
const beat = event("beat", { every: length.optional() });

/** Ends a cadence: from `at` on nothing is heard. */
const silence = event("silence", {});

/** The row shows up. Where this is the first event of its kind the row is absent before, else it exists from the start. */
const appear = event("appear", {});

/** The row is no longer listed. */
const disappear = event("disappear", {});

/** Lays wire `fields` over the row and leaves `omit` out, instead of any earlier corruption; without both it is mended. */
const corrupt = event("corrupt", {
  fields: z.record(z.string(), z.json()).readonly().default({}),
  omit: z.array(z.string()).readonly().default([]),
});

/** The partner is terminated and falls silent; simulated: both dates lie 90 days ahead unless said otherwise. */
const terminate = event("terminate", {
  removal: deadline.default("+P90D"),
  noncompliance: deadline.default("+P90D"),
});

/** A new certificate or token: the connector now expires at `expires`. */
const renew = event("renew", { expires: moment });

/** Sets what is named, from `at` on; what can be set depends on the kind of connection. */
const setDevicePartner = event("set", {
  state: partnerState.optional(),
  name: z.string().optional(),
  isConfigured: z.boolean().optional(),
  assignments: assignments.optional(),
  removal: deadline.optional(),
  noncompliance: deadline.optional(),
});

const setCompliancePartner = event("set", {
  state: partnerState.optional(),
  name: z.string().optional(),
  platforms: platforms.optional(),
  assignments: assignments.optional(),
});

const setConnector = event("set", { status: connectorStatus });

function isInOrder(events: readonly { readonly at: string }[]): boolean {
  const times = events.map(({ at }) => durationMs(at));
  return times.every((time, index) => index === 0 || time >= (times[index - 1] ?? time));
}

/** The events of one connection in order of time; of two at the same time the later line wins. */
function timeline<const E extends z.ZodType<{ readonly at: string }>>(events: E) {
  return z.array(events).readonly().refine(isInOrder, "expected events in order of time").default([]);
}

const common = [beat, silence, appear, disappear, corrupt] as const;

/** What can happen to a device management partner. */
export const devicePartnerTimeline = timeline(z.discriminatedUnion("do", [...common, setDevicePartner, terminate]));

/** What can happen to a compliance management partner. */
export const compliancePartnerTimeline = timeline(z.discriminatedUnion("do", [...common, setCompliancePartner]));

/** What can happen to a connector. */
export const connectorTimeline = timeline(z.discriminatedUnion("do", [...common, setConnector, renew]));
