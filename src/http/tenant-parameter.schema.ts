import { z } from "zod";

/** Reads a tenant id, a GUID in any letter case, as lower case. */
export const tenantParameter = z
  .string()
  .regex(/^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i, "must be a tenant id (GUID)")
  .transform((id) => id.toLowerCase())
  .describe("Tenant id; may be left out where exactly one tenant is configured.");
