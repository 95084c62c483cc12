import { z } from "zod";
import { PHASES } from "../../src/domain/alerts/alert-state.ts";
import { RULE_IDS, SEVERITIES } from "../../src/domain/rules/rule.ts";
import { VERDICTS } from "../../src/domain/rules/verdict.ts";
import type { ParameterError } from "../../src/http/problem.ts";
import { bodyOf } from "./body-of.ts";

/** Any text. */
export const text = z.string();
/** A whole number from 0. */
export const count = z.int().min(0);

/** An instant. */
export const dateTime = z.iso
  .datetime()
  .meta({ id: "DateTime", description: "RFC 3339, in UTC with Z.", examples: ["2026-11-22T10:00:00Z"] });

/** A length of time. */
export const duration = z
  .string()
  .regex(/^P(?=[\dT])(?:\d+D)?(?:T(?=\d)(?:\d+H)?(?:\d+M)?(?:\d+S)?)?$/)
  .meta({ id: "Duration", description: "ISO 8601, of days, hours, minutes and seconds.", examples: ["PT36H"] });

/** A tenant's id. */
export const tenantId = z
  .string()
  .regex(/^(?:[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}|fleet)$/)
  .meta({ id: "TenantId", description: "GUID of the tenant, or fleet, the monitor itself." });

/** The key of a connection or an alert. */
export const key = z
  .string()
  .regex(/^[\da-f]{32}$/)
  .meta({ id: "Key", description: "Key of a connection or an alert: it stays whatever its name becomes." });

/** A rule's id. */
export const ruleId = z.enum(RULE_IDS).meta({ id: "RuleId" });

/** How bad a breach is. */
export const severity = z.enum(SEVERITIES).meta({ id: "Severity", description: "Calmest first." });

/** Where an alert stands in its life. */
export const phase = z.enum(PHASES).meta({
  id: "Phase",
});

/** Our verdict. */
export const verdict = z.enum(VERDICTS).meta({
  id: "Verdict",
  description: "Ours, worst first: what is not known stands above what is merely information.",
});

/** A setting that cannot be used. */
export const settingProblem = bodyOf<{ readonly setting: string; readonly expected: string }>({
  setting: text,
  expected: text,
});

/** What is answered when a request cannot be answered. */
export const problem = z
  .strictObject({
    type: z.literal("about:blank"),
    title: text,
    status: z.int(),
    detail: text.describe("One sentence for a person."),
    errors: z
      .array(bodyOf<ParameterError>({ parameter: text, message: text }))
      .optional()
      .describe("Each parameter or member of the body that cannot be used."),
    settings: z.array(settingProblem).optional().describe("Settings that cannot be used, by name."),
    instance: text.describe("The path that was asked for."),
    traceId: text.describe("Names the call in the log."),
  })
  .meta({ id: "Problem", description: "RFC 9457." });
