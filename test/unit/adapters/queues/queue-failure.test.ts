import { describe, expect, it } from "vitest";
import { isMissing, toDependencyError } from "../../../../src/adapters/queues/queue-failure.ts";

function answered(statusCode: number, code: string): Error {
  return Object.assign(new Error("x"), { statusCode, code });
}

describe("isMissing()", () => {
  it.each([
    { error: answered(404, "QueueNotFound"), want: true },
    { error: answered(404, "ResourceNotFound"), want: false },
    { error: new Error("QueueNotFound"), want: false },
    { error: undefined, want: false },
  ])("says $want of $error", ({ error, want }) => {
    expect(isMissing(error)).toBe(want);
  });
});

describe("toDependencyError()", () => {
  it.each([
    { cause: answered(400, "InvalidInput"), want: { retryable: false, status: 400 } },
    { cause: answered(403, "AuthenticationFailed"), want: { retryable: false, status: 403 } },
    { cause: answered(408, "OperationTimedOut"), want: { retryable: true, status: 408 } },
    { cause: answered(409, "QueueBeingDeleted"), want: { retryable: true, status: 409 } },
    { cause: answered(429, "TooManyRequests"), want: { retryable: true, status: 429 } },
    { cause: answered(500, "InternalError"), want: { retryable: true, status: 500 } },
    { cause: new Error("reset"), want: { retryable: true } },
  ])("makes $want of what was answered", ({ cause, want }) => {
    const { message, failure } = toDependencyError("request-poll", cause);

    expect(message).toBe("Cannot send to a queue");
    expect(failure).toEqual({ dependency: "queues", operation: "request-poll", cause, ...want });
  });
});
