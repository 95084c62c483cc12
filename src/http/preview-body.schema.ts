import { z } from "zod";
import { instant } from "./write-body.schema.ts";

/** The body of POST v1/rules/preview; its rules are read as those of the configuration. */
export const previewBodySchema = z.strictObject({
  connection: z
    .string("must be a text")
    .regex(
      /^(?:[\da-f]{32}|[a-z-]{1,40}:.{1,600})$/i,
      "must be one connection key (32 hex digits) or connection id (<kind>:<id>)",
    )
    .exactOptional()
    .describe("Connection key or full connection id. Default: all partners and connectors of the tenant."),
  rules: z
    .record(z.string(), z.unknown(), "must be an object")
    .describe("Changed settings of rules by rule id, as in the configuration; they are laid on those that hold."),
  from: instant().exactOptional().describe("Inclusive; at most 90 days before `to`. Default: 30 days before it."),
  to: instant().exactOptional().describe("Exclusive. Default and latest: now, cut to the full minute."),
});
