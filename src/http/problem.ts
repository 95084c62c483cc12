import type { HttpInput, HttpReply } from "./http-types.ts";

/** A query parameter, or a member of the body, that cannot be used. */
export interface ParameterError {
  readonly parameter: string;
  /** What is wanted; never the value that was given. */
  readonly message: string;
}

/** What a problem says beyond its status. */
export interface Problem {
  readonly status: keyof typeof TITLES;
  /** One sentence for a person, with nothing in it from outside the program. */
  readonly detail: string;
  readonly errors?: readonly ParameterError[];
  /** Settings that cannot be used, by name. */
  readonly settings?: readonly { readonly setting: string; readonly expected: string }[];
  /** Whole seconds after which asking again may help. */
  readonly retryAfterSeconds?: number;
}

/** The titles are those of the status: the type `about:blank` asks for it (RFC 9457, section 4.2.1). */
const TITLES = {
  400: "Bad Request",
  403: "Forbidden",
  404: "Not Found",
  409: "Conflict",
  413: "Content Too Large",
  429: "Too Many Requests",
  500: "Internal Server Error",
  503: "Service Unavailable",
} as const;

/** Makes a problem reply (RFC 9457) that names the path, never the query, and the invocation. */
export function problemReply(input: HttpInput, problem: Problem): HttpReply {
  const { status, retryAfterSeconds, ...said } = problem;
  const body = {
    type: "about:blank",
    title: TITLES[status],
    status,
    ...said,
    instance: new URL(input.url).pathname,
    traceId: input.invocationId,
  };
  return {
    status,
    headers: {
      "Content-Type": "application/problem+json",
      "Cache-Control": "no-store",
      "X-Content-Type-Options": "nosniff",
      ...(retryAfterSeconds === undefined ? {} : { "Retry-After": String(retryAfterSeconds) }),
    },
    body: JSON.stringify(body),
  };
}

/** Makes the 400 for a body whose members cannot be used, each by its path. */
export function badBodyReply(input: HttpInput, errors: readonly ParameterError[]): HttpReply {
  return problemReply(input, { status: 400, detail: "The body cannot be used; `errors` says why", errors });
}

/** Makes the 400 for parameters that cannot be used, each by its name. */
export function badQueryReply(input: HttpInput, errors: readonly ParameterError[]): HttpReply {
  return problemReply(input, { status: 400, detail: "The query cannot be used; `errors` says why", errors });
}
