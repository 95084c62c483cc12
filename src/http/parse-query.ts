import type { z } from "zod";
import { cleanText } from "../domain/text.ts";
import type { ParameterError } from "./problem.ts";

/** A query that can be used, or everything that is wrong with it. */
export type Parsed<T> =
  | { readonly kind: "ok"; readonly query: T }
  | { readonly kind: "bad"; readonly errors: readonly ParameterError[] };

/** The host's own parameters for keys: accepted by every route, ignored and never echoed. */
const HOST_PARAMETERS: readonly string[] = ["code", "clientId"];

/** Reads a query by a route's schema, which must be strict: an unknown, repeated or malformed parameter is an error by name. */
export function parseQuery<Schema extends z.ZodObject>(
  schema: Schema,
  query: URLSearchParams,
): Parsed<z.output<Schema>> {
  const given = new Map<string, string>();
  const repeated = new Set<string>();
  for (const [name, value] of query) {
    if (HOST_PARAMETERS.includes(name)) continue;
    if (given.has(name)) repeated.add(name);
    given.set(name, value);
  }
  if (repeated.size > 0) return { kind: "bad", errors: errorsFor([...repeated], "must be given once") };
  const result = schema.safeParse(Object.fromEntries(given));
  return result.success
    ? { kind: "ok", query: result.data }
    : { kind: "bad", errors: result.error.issues.flatMap((issue) => toErrors(issue, Object.keys(schema.shape))) };
}

function toErrors(issue: z.core.$ZodIssue, known: readonly string[]): readonly ParameterError[] {
  if (issue.code !== "unrecognized_keys") return errorsFor([String(issue.path[0])], issue.message);
  const taken = known.length === 0 ? "none" : known.join(", ");
  return errorsFor(issue.keys, `is not a parameter of this route, which takes ${taken}`);
}

function errorsFor(parameters: readonly string[], message: string): readonly ParameterError[] {
  return parameters.map((parameter) => ({ parameter: cleanText(parameter, 64), message }));
}
