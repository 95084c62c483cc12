import { z } from "zod";
import { RULE_IDS, SEVERITIES } from "../domain/rules/rule.ts";
import { parseInstant } from "../domain/time.ts";
import { tenantParameter } from "./tenant-parameter.schema.ts";

/** The views of a history that exist. */
export const HISTORY_VIEWS = ["snapshots", "events"] as const;

const instantParameter = z.string().transform((text, context) => {
  const atMs = parseInstant(text);
  if (atMs !== undefined && atMs >= 0) return atMs;
  context.addIssue("must be an RFC 3339 date-time from 1970 on, such as 2026-11-22T00:00:00Z; write + as %2B");
  return z.NEVER;
});

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
  rule: oneOf(RULE_IDS).optional().describe("Shows changes of this rule's alerts only; view events."),
  severity: oneOf(SEVERITIES).optional().describe("Shows changes of exactly this severity only; view events."),
  maxpagesize: z
    .string()
    .regex(/^(?:[1-9]\d{0,2}|1000)$/, "must be a whole number from 1 to 1000")
    .transform(Number)
    .optional()
    .describe("Rows read for one page, which may hold fewer. Default: 100."),
  format: oneOf(["json"]).optional(),
  pagetoken: z.string().optional().describe("Position of a next page."),
});

function oneOf<const T extends readonly string[]>(values: T): z.ZodEnum<{ [K in T[number]]: K }> {
  return z.enum(values, `must be ${values.length === 1 ? "" : "one of "}${values.join(", ")}`);
}
