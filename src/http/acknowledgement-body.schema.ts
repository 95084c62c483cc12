import { z } from "zod";
import { instant, writeMembers } from "./write-body.schema.ts";

/** The body of PUT v1/alerts/{alertKey}/acknowledgement. */
export const acknowledgementBodySchema = z.strictObject({
  until: instant().describe("Exclusive; at most 7 days ahead."),
  ...writeMembers,
});
