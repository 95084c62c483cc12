import { z } from "zod";
import { oneOf, pagingParameters } from "./parameters.schema.ts";
import { tenantParameter } from "./tenant-parameter.schema.ts";

/** The query of GET v1/deliveries. */
export const deliveriesQuerySchema = z.strictObject({
  tenant: tenantParameter.optional(),
  status: oneOf(["pending", "delivered", "dead"])
    .optional()
    .describe("On their way, settled, or given up. Default: delivered, which shows superseded ones too."),
  ...pagingParameters,
});
