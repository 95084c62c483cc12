import { z } from "zod";
import { tenantParameter } from "./tenant-parameter.schema.ts";

/** The query of the routes that span tenants: GET v1/metrics and GET v1/deadlines.ics. */
export const tenantsQuerySchema = z.strictObject({
  tenant: tenantParameter.optional().describe("Tenant id, or fleet. Default: all tenants, and the fleet."),
});
