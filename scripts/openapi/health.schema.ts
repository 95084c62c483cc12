import { z } from "zod";
import type { HealthBody } from "../../src/http/contract/health.ts";
import { bodyOf, literals } from "./body-of.ts";
import { count, settingProblem, text } from "./common.schema.ts";

/** The answer of GET v1/health. */
export const health = bodyOf<HealthBody>({
  status: literals<HealthBody["status"]>({ healthy: true, unhealthy: true }),
  reasons: z.array(text).describe("Why it is unhealthy."),
  notes: z.array(text).exactOptional().describe("What operators should know although nothing is wrong."),
  tenants: bodyOf<NonNullable<HealthBody["tenants"]>>({ configured: count, late: count, starting: count })
    .exactOptional()
    .describe("How many; never which."),
  settings: z.array(settingProblem).exactOptional().describe("Settings that cannot be used, by name."),
}).meta({ id: "Health" });
