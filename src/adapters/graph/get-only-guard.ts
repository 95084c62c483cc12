import { InvariantError } from "../../domain/errors.ts";
import type { GraphMiddleware } from "./graph-call.ts";
import { splitGraphUrl } from "./graph-url.ts";

/**
 * Refuses everything but GET below the configured root in v1.0 or beta, before a token is asked for.
 *
 * The grant is no safety net: a read permission is documented as enough for POST …/terminate, which severs a partner.
 * @throws {InvariantError} From the handler it makes: such a request is a bug of ours.
 */
export function getOnlyGuard(graphRoot: string): GraphMiddleware {
  return (next) => async (call) => {
    if (call.method !== "GET" || splitGraphUrl(call.url, graphRoot) === undefined) {
      throw new InvariantError(
        "Cannot send a request to Graph: it must be a GET below the configured root in v1.0 or beta",
      );
    }
    return next(call);
  };
}
