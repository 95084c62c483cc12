import { z } from "zod";
import { DependencyError } from "../../domain/errors.ts";

/** What the service or the client said of a failed call. */
export interface TableFailure {
  /** Absent when there was no answer. */
  readonly status?: number | undefined;
  /** The service's code, such as `EntityAlreadyExists`, or the system's, such as `ECONNRESET`. */
  readonly code?: string | undefined;
}

/** Transactions carry the service's code in one place, all other calls in another. */
const wireError = z.looseObject({
  statusCode: z.number().optional().catch(undefined),
  code: z.string().optional().catch(undefined),
  details: z
    .looseObject({ odataError: z.looseObject({ code: z.string() }) })
    .optional()
    .catch(undefined),
});

/** Reads what went wrong from anything that the client throws. */
export function failureOf(error: unknown): TableFailure {
  const { data } = wireError.safeParse(error);
  return { status: data?.statusCode, code: data?.details?.odataError.code ?? data?.code };
}

/** Says whether a condition of a write was not met: the row is there already, was changed, or is gone. */
export function isConflict({ status, code }: TableFailure): boolean {
  return status !== undefined && [404, 409, 412].includes(status) && !code?.startsWith("Table");
}

/**
 * Translates what the client throws; worth another try are no answer, timeouts, throttling, faults of the service, and
 * 409, which is a table that is still being deleted.
 */
export function toDependencyError(operation: string, cause: unknown): DependencyError {
  const { status } = failureOf(cause);
  const retryable = status === undefined || [408, 409, 429].includes(status) || status >= 500;
  const failure = { dependency: "tables", operation, retryable, cause } as const;
  return new DependencyError("Cannot use table storage", status === undefined ? failure : { ...failure, status });
}
