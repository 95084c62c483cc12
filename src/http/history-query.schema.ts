import { z } from "zod";
import { RULE_IDS, SEVERITIES } from "../domain/rules/rule.ts";
import { parseInstant } from "../domain/time.ts";
import { ROW_FORMATS } from "./negotiate-format.ts";
import { oneOf, pagingParameters } from "./parameters.schema.ts";
import { tenantParameter } from "./tenant-parameter.schema.ts";

/** The views of a history that exist. */
export const HISTORY_VIEWS = ["snapshots", "events", "intervals", "uptime", "daily"] as const;

const instantParameter = z.string().transform((text, context) => {
  const atMs = parseInstant(text);
  if (atMs !== undefined && atMs >= 0) return atMs;
  context.addIssue("must be an RFC 3339 date-time from 1970 on, such as 2026-11-22T00:00:00Z; write + as %2B");
  return z.NEVER;
});

/** The parts of a connection that intervals are told of. */
export const INTERVAL_SCOPES = ["whole", "rules"] as const;

/** The query of GET v1/history, each parameter by itself; what they mean together is up to `parseHistoryQuery`. */
export const historyQuerySchema = z.strictObject({
  tenant: tenantParameter.optional(),
  connection: z
    .string()
    // The host joins repeated parameters by commas, so a comma cannot be told from a second connection.
    .regex(
      /^(?:[\da-f]{32}|[a-z-]{1,40}:[^,]{1,600})$/i,
      "must be one connection key (32 hex digits) or connection id (<kind>:<id>); an id with a comma is asked for by its key",
    )
    .optional()
    .describe("Connection key or full connection id."),
  view: oneOf(HISTORY_VIEWS).optional().describe("Default: snapshots with a connection, else events."),
  from: instantParameter.optional().describe("Inclusive. Default: 7 days before `to`."),
  to: instantParameter.optional().describe("Exclusive. Default and latest: now, cut to the full minute."),
  rule: oneOf(RULE_IDS).optional().describe("Shows this rule's alerts only; views events and intervals."),
  severity: oneOf(SEVERITIES).optional().describe("Shows exactly this severity only; views events and intervals."),
  scope: oneOf(INTERVAL_SCOPES)
    .optional()
    .describe("Shows the connection as a whole, or its rules alone; view intervals only. Default: both."),
  ...pagingParameters,
  format: oneOf(ROW_FORMATS)
    .optional()
    .describe("csv and ndjson come whole, without pages, up to 20,000 rows. Default: what Accept prefers, else json."),
});
