import { z } from "zod";
import { DependencyError } from "../../domain/errors.ts";

const wireError = z.looseObject({
  statusCode: z.number().optional().catch(undefined),
  code: z.string().optional().catch(undefined),
});

/** Says whether a call failed because its queue does not exist. */
export function isMissing(error: unknown): boolean {
  return wireError.safeParse(error).data?.code === "QueueNotFound";
}

/**
 * Translates what the client throws; worth another try are no answer, timeouts, throttling, faults of the service, and
 * 409, which is a queue that is still being deleted.
 */
export function toDependencyError(operation: string, cause: unknown): DependencyError {
  const status = wireError.safeParse(cause).data?.statusCode;
  const retryable = status === undefined || [408, 409, 429].includes(status) || status >= 500;
  const failure = { dependency: "queues", operation, retryable, cause } as const;
  return new DependencyError("Cannot send to a queue", status === undefined ? failure : { ...failure, status });
}
