import { z } from "zod";
import { tenantParameter } from "./tenant-parameter.schema.ts";

/** The query of GET v1/connections. */
export const connectionsQuerySchema = z.strictObject({ tenant: tenantParameter.optional() });
