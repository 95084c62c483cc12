import { z } from "zod";
import { CONNECTION_KINDS } from "../domain/connections/reading.ts";
import { SEVERITIES } from "../domain/rules/rule.ts";
import { instant, personText, writeMembers } from "./write-body.schema.ts";

/** The body of POST v1/silences. */
export const silenceBodySchema = z.strictObject({
  match: z
    .strictObject(
      {
        connection: personText(256).exactOptional().describe("Pattern (*) over connection id or display name."),
        kind: z.enum(CONNECTION_KINDS, `must be one of ${CONNECTION_KINDS.join(", ")}`).exactOptional(),
        rule: personText(64).exactOptional().describe("Pattern (*) over the rule's id."),
        severity: z.enum(SEVERITIES, `must be one of ${SEVERITIES.join(", ")}`).exactOptional(),
      },
      "must be an object",
    )
    .default({})
    .describe("All that is given must fit; without any, every alert of the tenant is meant."),
  from: instant().exactOptional().describe("Inclusive. Default: now."),
  until: instant().describe("Exclusive; at most 90 days after from."),
  ...writeMembers,
});
