import { z } from "zod";
import { toPlainLine } from "../domain/text.ts";
import { parseInstant } from "../domain/time.ts";

/** Reads a text of a person for people: one line without characters that hide or reorder. */
export function personText(maxLength: number): z.ZodType<string> {
  const message = `must be a text of 1 to ${maxLength} characters`;
  return z
    .string(message)
    .transform(toPlainLine)
    .refine((text) => text.length > 0 && text.length <= maxLength, message);
}

/** Reads an RFC 3339 instant as epoch milliseconds. */
export function instant(): z.ZodType<number> {
  const message = "must be an RFC 3339 instant such as 2026-11-22T10:00:00Z";
  return z.string(message).transform((text, context) => {
    const atMs = parseInstant(text);
    if (atMs !== undefined) return atMs;
    context.addIssue(message);
    return z.NEVER;
  });
}

/** The members of every write: why it is done, and by whom where the platform does not say. */
export const writeMembers = {
  reason: personText(200).describe("Why; kept in the audit rows."),
  by: personText(100)
    .exactOptional()
    .describe("Who; wanted where the platform does not vouch for a name, and kept as unverified."),
};

/** The body of a write that takes no more than who and why. */
export const reasonBodySchema = z.strictObject(writeMembers);
