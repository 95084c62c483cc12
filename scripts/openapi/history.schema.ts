import { z } from "zod";
import { CONNECTION_KINDS } from "../../src/domain/connections/reading.ts";
import { NOTIFICATION_KINDS, NOTIFY_REASONS } from "../../src/domain/delivery/notification.ts";
import type { DailyBody } from "../../src/http/contract/daily.ts";
import type {
  ChangeBody,
  EventBody,
  HistoryList,
  IntervalBody,
  SnapshotBody,
  UptimeBody,
} from "../../src/http/contract/history.ts";
import { evaluation, quiet } from "./alert.schema.ts";
import { bodyOf, literals, openWord } from "./body-of.ts";
import { dateTime, duration, key, phase, ruleId, severity, tenantId, text, verdict } from "./common.schema.ts";
import { connectorReading, partnerReading } from "./reading.schema.ts";

/** A stored reading. */
export const snapshot = bodyOf<SnapshotBody>({
  connectionKey: key,
  slotDateTime: dateTime,
  observedDateTime: dateTime,
  reading: z.union([partnerReading, connectorReading]),
}).meta({ id: "Snapshot" });

type ChangeOf<Type> = Extract<ChangeBody, { readonly type: Type }>;

const told = bodyOf<ChangeOf<"alert">["told"][number]>({
  channel: text,
  kind: z.enum(NOTIFICATION_KINDS),
  reason: z.enum(NOTIFY_REASONS).optional(),
});

type WindowBody = ChangeOf<"maintenance">["began"][number];

const maintenanceWindow = bodyOf<WindowBody>({
  name: text,
  match: bodyOf<WindowBody["match"]>({ connection: text.optional(), kind: z.enum(CONNECTION_KINDS).optional() }),
}).meta({ id: "MaintenanceWindow" });

const change: z.ZodType<ChangeBody> = z
  .union([
    bodyOf<ChangeOf<"alert">>({
      type: z.literal("alert"),
      ruleId,
      from: phase,
      to: phase,
      severity: severity.optional(),
      reason: openWord<ChangeOf<"alert">["reason"]>(),
      episode: text.optional(),
      evaluation: evaluation.optional(),
      told: z.array(told).describe("The channels for which a notification was planned, and why."),
    }),
    bodyOf<ChangeOf<"suppression">>({
      type: z.literal("suppression"),
      ruleId,
      began: z.array(quiet),
      ended: z.array(quiet),
    }),
    bodyOf<ChangeOf<"maintenance">>({
      type: z.literal("maintenance"),
      began: z.array(maintenanceWindow),
      ended: z.array(maintenanceWindow),
    }),
    bodyOf<ChangeOf<"appeared">>({ type: z.literal("appeared"), returned: z.boolean() }),
    bodyOf<ChangeOf<"disappeared">>({
      type: z.literal("disappeared"),
      reason: openWord<ChangeOf<"disappeared">["reason"]>(),
    }),
    bodyOf<ChangeOf<"configuration">>({
      type: z.literal("configuration"),
      severity: literals<ChangeOf<"configuration">["severity"]>({ info: true, warning: true }),
      changes: z.array(text),
    }),
    bodyOf<ChangeOf<"standing">>({ type: z.literal("standing"), from: text, to: text, reason: text.optional() }),
    bodyOf<ChangeOf<"state">>({ type: z.literal("state"), from: text, to: text }),
    bodyOf<ChangeOf<"gap">>({
      type: z.literal("gap"),
      fromDateTime: dateTime,
      toDateTime: dateTime,
      reason: text,
    }),
  ])
  .meta({ id: "Change", description: "One change worth keeping; type says which." });

/** The changes of one connection in one slot. */
export const event = bodyOf<EventBody>({
  connectionKey: key,
  connectionId: text,
  displayName: text,
  slotDateTime: dateTime,
  observedDateTime: dateTime,
  lastContactDateTime: dateTime.optional(),
  changes: z.array(change),
}).meta({ id: "Event" });

/** How something stood for a while. */
export const interval = bodyOf<IntervalBody>({
  ruleId: ruleId.optional().describe("Absent for the connection as a whole."),
  state: z.union([phase, verdict]),
  severity: severity.optional(),
  reason: text.optional(),
  episode: text.optional(),
  startDateTime: dateTime,
  endDateTime: dateTime.optional().describe("Exclusive; absent while it still is so."),
  duration: duration.optional(),
  blind: text.optional().describe("Why its source could not be seen meanwhile."),
  quiet: z.array(quiet),
  maintenance: z.array(text),
}).meta({ id: "Interval" });

const seconds = z.number().min(0);

/** How long a connection was up and down. */
export const uptime = bodyOf<UptimeBody>({
  ratio: z.number().min(0).max(1).optional().describe("Up of covered, cut after four digits."),
  upSeconds: seconds,
  downSeconds: seconds,
  unknownSeconds: seconds,
  maintenanceSeconds: seconds,
  coveredSeconds: seconds,
  incidents: z.int().min(0),
  meanTimeToRecover: duration.optional(),
}).meta({ id: "Uptime", description: "Up, down, unknown and maintenance add up to the window." });

/** How a connection stood on one day. */
export const daily = bodyOf<DailyBody>({
  connectionKey: key,
  date: z.iso.date(),
  verdictSeconds: z.partialRecord(verdict, seconds).describe("They add up to 24 hours."),
  ratio: z.number().min(0).max(1).optional().describe("Up of covered, cut after four digits."),
  upSeconds: seconds,
  downSeconds: seconds,
  unknownSeconds: seconds,
  maintenanceSeconds: seconds,
  coveredSeconds: seconds,
  fired: z.int().min(0).describe("Episodes that opened."),
}).meta({ id: "Daily", description: "Up, down, unknown and maintenance add up to 24 hours." });

type ViewOf<View> = Extract<HistoryList, { readonly view: View }>;

/** The rows by view: each view has a shape of its own, and there is no other. */
const rows: { readonly [View in HistoryList["view"]]: z.ZodType<ViewOf<View>["value"][number]> } = {
  snapshots: snapshot,
  events: event,
  intervals: interval,
  uptime,
  daily,
};

/** The answer of GET v1/history. */
export const history = z
  .union([page("snapshots"), page("events"), page("intervals"), page("uptime"), page("daily")])
  .meta({ id: "History", description: "One page, newest first." });

function page<View extends HistoryList["view"]>(view: View) {
  return z.strictObject({
    tenantId,
    connectionKey: key.optional(),
    from: dateTime.describe("Inclusive."),
    to: dateTime.describe("Exclusive."),
    nextLink: z.url().optional().describe("Absolute, without a key; absent on the last page."),
    view: z.literal(view),
    value: z.array(rows[view]),
  });
}
