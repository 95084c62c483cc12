import { z } from "zod";

/** Reads a tenant id, a GUID in any letter case or `fleet`, as lower case. */
export const tenantParameter = z
  .string()
  .regex(/^(?:[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}|fleet)$/i, "must be a tenant id (GUID), or fleet")
  .transform((id) => id.toLowerCase())
  .describe("Tenant id; may be left out where exactly one tenant is configured.");
