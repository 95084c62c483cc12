import { z } from "zod";
import { CONNECTION_KINDS } from "../../src/domain/connections/reading.ts";
import { BAR_DAYS, BAR_LETTERS } from "../../src/domain/history/bar90.ts";
import { WEEKDAYS } from "../../src/domain/suppression/maintenance-window.ts";
import type { AcknowledgementBody } from "../../src/http/contract/alerts.ts";
import type {
  ConnectionBody,
  ConnectionDetailBody,
  ConnectionsBody,
  DeadlineBody,
  LastPollBody,
  RuleLimitsBody,
  ThresholdBody,
} from "../../src/http/contract/connections.ts";
import type { SilenceBody, SilencesBody } from "../../src/http/contract/silences.ts";
import type { WindowBody } from "../../src/http/contract/windows.ts";
import { alert } from "./alert.schema.ts";
import { bodyOf, literals, type Members } from "./body-of.ts";
import { dateTime, duration, key, ruleId, severity, tenantId, text, verdict } from "./common.schema.ts";
import { event } from "./history.schema.ts";
import { reading } from "./reading.schema.ts";

const letters = Object.entries(BAR_LETTERS)
  .map(([letter, meaning]) => `\`${letter}\` ${meaning}`)
  .join(", ");

/** A date that somebody acts on. */
export const deadline = bodyOf<DeadlineBody>({
  kind: literals<DeadlineBody["kind"]>({ noncompliance: true, removal: true, expiry: true }),
  dateTime,
}).meta({ id: "Deadline" });

const threshold = bodyOf<ThresholdBody>({
  ruleId,
  severity,
  side: literals<ThresholdBody["side"]>({ after: true, from: true, within: true }),
  duration,
}).meta({
  id: "Threshold",
  description: "after excludes its own value, from includes it; within counts the time left.",
});

const ruleLimits = bodyOf<RuleLimitsBody>({
  ruleId,
  enabled: z.boolean(),
  limits: z
    .record(text, z.union([duration, z.null()]))
    .describe(
      "All that the rule knows, in the names of the configuration, calmest first; null for a step that is off.",
    ),
}).meta({ id: "RuleLimits", description: "What a rule about ages or dates is set to for one connection." });

const CONNECTION: Members<ConnectionBody> = {
  connectionKey: key,
  verdict,
  microsoftVerdict: text.optional().describe("As sent: the state of a partner, the health of a connector."),
  verdictNote: text.optional().describe("One sentence where Microsoft's verdict differs from ours."),
  portalPage: text,
  standing: text,
  standingReason: text.optional(),
  lastContactDateTime: z.union([dateTime, z.null()]).optional().describe("null is Microsoft's never."),
  deadlines: z.array(deadline).describe("Soonest first."),
  thresholds: z.array(threshold).describe("Calmest first, by rule."),
  ruleLimits: z
    .array(ruleLimits)
    .describe("What can be tried; a limit that is set here and has no threshold does not count for this connection."),
  observedDateTime: dateTime,
  firstSeenDateTime: dateTime,
  lastSeenDateTime: dateTime,
  bar90: z.string().max(BAR_DAYS).optional().describe(`One letter a UTC day, the worst of it: ${letters}.`),
  bar90Until: z.iso.date().optional().describe("The day of its last letter."),
  absentSinceDateTime: dateTime.optional(),
  removalAcceptedDateTime: dateTime.optional().describe("When a person accepted that it is gone."),
  alerts: z.array(alert).describe("Gravest first."),
  reading,
};

const connection = bodyOf<ConnectionBody>(CONNECTION).meta({ id: "Connection" });

const lastPoll = bodyOf<LastPollBody>({
  slotDateTime: dateTime,
  observedDateTime: dateTime,
  period: duration,
  sources: z.record(text, text).describe("How each source ended, such as read or unreadable: forbidden."),
}).meta({ id: "LastPoll" });

/** The answer of GET v1/connections/{connectionKey}. */
export const connectionDetail = bodyOf<ConnectionDetailBody>({
  ...CONNECTION,
  tenantId,
  tenantName: text,
  lastPoll: lastPoll.optional(),
  events: z.array(event).describe("The last 20, newest first."),
}).meta({ id: "ConnectionDetail" });

/** The answer of GET v1/connections. */
export const connections = bodyOf<ConnectionsBody>({
  value: z.array(connection).describe("Worst first."),
  tenantId,
  tenantName: text,
  lastPoll: lastPoll.optional().describe("Absent before the first poll."),
  unreadable: z
    .array(bodyOf<ConnectionsBody["unreadable"][number]>({ rowKey: text, connectionKey: text.optional() }))
    .describe("Stored rows that cannot be parsed."),
}).meta({ id: "Connections" });

/** An order to keep quiet. */
export const silence = bodyOf<SilenceBody>({
  id: text,
  match: bodyOf<SilenceBody["match"]>({
    connection: text.optional(),
    kind: z.enum(CONNECTION_KINDS).optional(),
    rule: text.optional(),
    severity: severity.optional(),
  }),
  by: text,
  reason: text,
  fromDateTime: dateTime.describe("Inclusive."),
  untilDateTime: dateTime.describe("Exclusive."),
  writtenDateTime: dateTime,
  endedDateTime: dateTime.optional().describe("When a person ended it."),
}).meta({ id: "Silence" });

/** The answer of GET v1/silences. */
export const silences = bodyOf<SilencesBody>({
  tenantId,
  value: z.array(silence).describe("Latest beginning first."),
  windows: z
    .array(
      bodyOf<WindowBody>({
        name: text,
        weekdays: z.array(z.enum(WEEKDAYS)),
        start: text.describe("On the clock of its zone, such as 22:30."),
        duration,
        timeZone: text.describe("IANA zone."),
        isActive: z.boolean(),
        untilDateTime: dateTime
          .optional()
          .describe("When one that is on is over; absent where it begins anew before it ends, for a year and more."),
        nextStartDateTime: dateTime.optional().describe("When one that is not on begins."),
        match: bodyOf<WindowBody["match"]>({ connection: text.optional(), kind: z.enum(CONNECTION_KINDS).optional() }),
      }),
    )
    .describe("Maintenance windows of the configuration, in which nothing is told either."),
}).meta({ id: "Silences" });

/** The answer of PUT v1/alerts/{alertKey}/acknowledgement. */
export const acknowledgement = bodyOf<AcknowledgementBody>({
  alertKey: key,
  episode: text,
  writtenDateTime: dateTime,
  untilDateTime: dateTime,
  by: text,
  reason: text,
}).meta({ id: "Acknowledgement" });
