import type { z } from "zod";
import type { Person } from "../domain/history/audit-entry.ts";
import { authorizeWrite, type WriteAccess } from "./authorize-write.ts";
import type { HttpInput, HttpReply } from "./http-types.ts";
import { parseBody } from "./parse-body.ts";
import { badBodyReply } from "./problem.ts";

/** What a person may do, who it is and why, or the reply that refuses it. */
export type ReadOrder<T> =
  | { readonly kind: "ok"; readonly order: T; readonly person: Person }
  | { readonly kind: "refused"; readonly reply: HttpReply };

/** Reads a write: whether it is allowed, then its body, and whose word it is. */
export async function readOrder<T extends { readonly by?: string | undefined }>(
  schema: z.ZodType<T>,
  input: HttpInput,
  access: WriteAccess,
): Promise<ReadOrder<T>> {
  const writer = authorizeWrite(input, access);
  if (writer.kind === "refused") return writer;
  const parsed = await parseBody(schema, input);
  if (parsed.kind === "refused") return parsed;
  const order = parsed.body;
  const by = writer.principal ?? order.by;
  if (by === undefined) {
    const message = "must be given, as the platform does not say who you are";
    return { kind: "refused", reply: badBodyReply(input, [{ parameter: "by", message }]) };
  }
  return { kind: "ok", order, person: { by, byVerified: writer.principal !== undefined } };
}
