import { describe, expect, it } from "vitest";
import { failureOf, isConflict, toDependencyError } from "../../../../src/adapters/tables/table-failure.ts";

/** An error as the client throws it for a call of its own. */
function answered(statusCode: number, code: string): Error {
  return Object.assign(new Error(`{"odata.error":{"code":"${code}"}}`), {
    statusCode,
    details: { odataError: { code } },
  });
}

describe("failureOf()", () => {
  it.each([
    { error: answered(404, "TableNotFound"), want: { status: 404, code: "TableNotFound" } },
    { error: Object.assign(new Error("0:x"), { statusCode: 412, code: "C" }), want: { status: 412, code: "C" } },
    { error: Object.assign(new Error("x"), { code: "ECONNRESET" }), want: { code: "ECONNRESET" } },
    { error: Object.assign(new Error("x"), { code: 5, statusCode: "x", details: "" }), want: {} },
    { error: new TypeError("x"), want: {} },
    { error: "text", want: {} },
    { error: undefined, want: {} },
  ])("reads $want", ({ error, want }) => {
    expect(failureOf(error)).toEqual(want);
  });
});

describe("isConflict()", () => {
  it.each([
    { status: 409, code: "EntityAlreadyExists", want: true },
    { status: 412, code: "UpdateConditionNotSatisfied", want: true },
    { status: 404, code: "ResourceNotFound", want: true },
    { status: 404, code: "TableNotFound", want: false },
    { status: 409, code: "TableBeingDeleted", want: false },
    { status: 400, code: "InvalidInput", want: false },
    { status: 503, code: "ServerBusy", want: false },
    { status: undefined, code: "ECONNRESET", want: false },
  ])("says $want of $status $code", ({ status, code, want }) => {
    expect(isConflict({ status, code })).toBe(want);
  });
});

describe("toDependencyError()", () => {
  it.each([
    { status: 400, retryable: false },
    { status: 401, retryable: false },
    { status: 403, retryable: false },
    { status: 404, retryable: false },
    { status: 408, retryable: true },
    { status: 409, retryable: true },
    { status: 413, retryable: false },
    { status: 429, retryable: true },
    { status: 500, retryable: true },
    { status: 503, retryable: true },
  ])("calls $status retryable: $retryable", ({ status, retryable }) => {
    const cause = answered(status, "C");

    expect(toDependencyError("load-live", cause).failure).toEqual({
      dependency: "tables",
      operation: "load-live",
      retryable,
      status,
      cause,
    });
  });

  it("calls an error without an answer retryable, and repeats nothing of it", () => {
    const cause = new Error("https://account.table.core.windows.net/?sig=secret");

    const error = toDependencyError("load-live", cause);

    expect(error.message).toBe("Cannot use table storage");
    expect(error.failure).toEqual({ dependency: "tables", operation: "load-live", retryable: true, cause });
  });
});
