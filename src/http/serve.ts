import { ConfigError, DependencyError } from "../domain/errors.ts";
import type { HttpInput, HttpReply, Route } from "./http-types.ts";
import { type Problem, problemReply } from "./problem.ts";

/** What the host gives of a request; the HttpRequest of `@azure/functions` fits. */
export type HostRequest = Omit<HttpInput, "invocationId">;

/** The call that the host made. */
export interface Invocation {
  readonly invocationId: string;
  /** Keeps an error for operators: what the caller is told does not hold its text. */
  readonly record: (error: unknown) => void;
}

/** How long to wait before asking again, where the failure does not say: it takes a moment, or a person. */
const RETRY_AFTER_SECONDS = 30;

/** Answers one request by its route; whatever is thrown is recorded and becomes a problem reply, for the host's own 500 is empty. */
export async function serve(route: Route, request: HostRequest, invocation: Invocation): Promise<HttpReply> {
  const { method, url, query, headers, params } = request;
  const text = () => request.text();
  const input = { method, url, query, headers, params, text, invocationId: invocation.invocationId };
  try {
    return await route(input);
  } catch (error) {
    invocation.record(error);
    return problemReply(input, toProblem(error));
  }
}

function toProblem(error: unknown): Problem {
  if (error instanceof ConfigError) {
    const detail = "The settings cannot be used; `settings` says which";
    return { status: 503, detail, settings: error.problems, retryAfterSeconds: RETRY_AFTER_SECONDS };
  }
  if (error instanceof DependencyError && error.failure.retryable) {
    const { dependency, retryAfterMs } = error.failure;
    const retryAfterSeconds = retryAfterMs === undefined ? RETRY_AFTER_SECONDS : Math.ceil(retryAfterMs / 1_000);
    return { status: 503, detail: `A call to ${dependency} failed and may succeed later`, retryAfterSeconds };
  }
  return { status: 500, detail: "The request failed; the log has the reason under the trace id" };
}
