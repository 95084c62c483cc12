import { DependencyError } from "../../domain/errors.ts";
import type { TelemetryFields } from "../../ports/telemetry.ts";

const MAX_STACK_LENGTH = 4_000;
const MAX_CAUSES = 5;
/** Far more than any real chain has; a chain may be a ring. */
const MAX_LINKS = 100;
const SAFE_CODE = /^[\w.-]{1,64}$/;

/** An error in words that may be recorded. */
export interface ErrorDescription {
  readonly name: string;
  readonly message: string;
  /** The frames only, at most 4,000 characters. */
  readonly stack: string;
  /** What a failed dependency says of itself, and the names and codes of the causes. */
  readonly fields: TelemetryFields;
}

/**
 * Describes an error without the texts of its causes: those come from outside and may hold addresses and keys.
 */
export function describeError(error: Error): ErrorDescription {
  const frames = (error.stack ?? "").split("\n").filter((line) => line.startsWith("    at "));
  return {
    name: error.name,
    message: error.message,
    stack: frames.join("\n").slice(0, MAX_STACK_LENGTH),
    fields: { ...failureFields(error), ...causeFields(error) },
  };
}

function failureFields(error: Error): TelemetryFields {
  if (!(error instanceof DependencyError)) return {};
  const { dependency, operation, retryable, status } = error.failure;
  return { dependency, operation, retryable, status };
}

function causeFields(error: Error): TelemetryFields {
  const causes = [...new Set(causesOf(error).map(codeOf))];
  return causes.length === 0 ? {} : { causes: causes.slice(0, MAX_CAUSES).join(", ") };
}

/** The chain of causes of an error, and of those that it stands for. */
function causesOf(error: Error): readonly Error[] {
  const found: Error[] = [];
  const next: unknown[] = [error.cause, ...(error instanceof AggregateError ? error.errors : [])];
  for (const cause of next) {
    if (!(cause instanceof Error) || found.length >= MAX_LINKS) continue;
    found.push(cause);
    next.push(cause.cause); // `for` goes on into what is added here
  }
  return found;
}

function codeOf(cause: Error & { readonly code?: unknown }): string {
  if (cause instanceof DependencyError) return `${cause.name} ${cause.failure.dependency}/${cause.failure.operation}`;
  const { name, code } = cause;
  return typeof code === "string" && SAFE_CODE.test(code) ? `${name} ${code}` : name;
}
