import type { z } from "zod";
import { cleanText } from "../domain/text.ts";
import type { HttpInput, HttpReply } from "./http-types.ts";
import { badBodyReply, type ParameterError, problemReply } from "./problem.ts";

/** A body that can be used, or the reply that says why not. */
export type ParsedBody<T> =
  | { readonly kind: "ok"; readonly body: T }
  | { readonly kind: "refused"; readonly reply: HttpReply };

/** The longest body that is read; no order of a person comes near it. */
const MAX_BODY_CHARACTERS = 16_384;

/** Reads a JSON body by a schema, which must be strict; an empty body stands for an object without members. */
export async function parseBody<T>(schema: z.ZodType<T>, input: HttpInput): Promise<ParsedBody<T>> {
  const tooLong = { status: 413, detail: `A body of at most ${MAX_BODY_CHARACTERS} characters is wanted` } as const;
  if (Number(input.headers.get("content-length") ?? 0) > MAX_BODY_CHARACTERS)
    return refuse(problemReply(input, tooLong));
  const text = await input.text();
  if (text.length > MAX_BODY_CHARACTERS) return refuse(problemReply(input, tooLong));
  const given = parseJson(text);
  if (given === undefined)
    return refuse(badBodyReply(input, [{ parameter: "body", message: "must be a JSON object" }]));
  const result = schema.safeParse(given);
  return result.success
    ? { kind: "ok", body: result.data }
    : refuse(badBodyReply(input, result.error.issues.flatMap(toErrors)));
}

function refuse(reply: HttpReply): ParsedBody<never> {
  return { kind: "refused", reply };
}

/** The error of `JSON.parse` quotes the text: it is dropped. */
function parseJson(text: string): unknown {
  try {
    return text.trim() === "" ? {} : JSON.parse(text);
  } catch {
    return undefined;
  }
}

function toErrors(issue: z.core.$ZodIssue): readonly ParameterError[] {
  if (issue.code === "unrecognized_keys") {
    return issue.keys.map((key) => toError([...issue.path, key], "is not a member of this body"));
  }
  return [toError(issue.path, issue.path.length === 0 ? "must be a JSON object" : issue.message)];
}

function toError(path: readonly PropertyKey[], message: string): ParameterError {
  return { parameter: path.length === 0 ? "body" : cleanText(path.map(String).join("."), 64), message };
}
