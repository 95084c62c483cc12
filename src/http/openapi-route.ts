import { conditionalReply } from "./conditional-reply.ts";
import type { Route } from "./http-types.ts";
import { noQuerySchema } from "./no-query.schema.ts";
import { parseQuery } from "./parse-query.ts";
import { badQueryReply } from "./problem.ts";

/** What GET v1/openapi.json needs. */
export interface OpenapiRouteDeps {
  /** The description of this API. */
  readonly document: object;
  /** The first 32 hex digits of SHA-256. */
  readonly digest: (text: string) => string;
}

/** Makes the route of GET v1/openapi.json, which holds nothing of any tenant. */
export function createOpenapiRoute({ document, digest }: OpenapiRouteDeps): Route {
  return async (input) => {
    const parsed = parseQuery(noQuerySchema, input.query);
    if (parsed.kind === "bad") return badQueryReply(input, parsed.errors);
    return conditionalReply(input, { body: document, facts: document }, digest);
  };
}
