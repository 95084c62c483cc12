import { z } from "zod";
import { RULE_IDS, SEVERITIES } from "../domain/rules/rule.ts";
import { oneOf } from "./parameters.schema.ts";
import { tenantsQuerySchema } from "./tenants-query.schema.ts";

/** The query of GET v1/alerts. */
export const alertsQuerySchema = z.strictObject({
  ...tenantsQuerySchema.shape,
  phase: oneOf(["pending", "firing", "recovering"]).optional().describe("Shows alerts in this phase only."),
  severity: oneOf(SEVERITIES).optional().describe("Shows exactly this severity only."),
  rule: oneOf(RULE_IDS).optional().describe("Shows this rule's alerts only."),
});
