import { describe, expect, it } from "vitest";
import { describeError } from "../../../../src/adapters/telemetry/describe-error.ts";
import { DependencyError } from "../../../../src/domain/errors.ts";

const SECRET = "https://account.example/?sig=s3cret";

function fromOutside(): Error {
  return Object.assign(new Error(SECRET), { name: "RestError", code: "ECONNRESET", request: { url: SECRET } });
}

function failedSend(): Error {
  return new DependencyError("Cannot send", {
    dependency: "queues",
    operation: "request-poll",
    retryable: true,
    cause: fromOutside(),
  });
}

describe("describeError()", () => {
  it("gives name, message and the frames of the stack", () => {
    const described = describeError(new RangeError("Cannot judge: a number is wanted"));

    expect(described).toMatchObject({ name: "RangeError", message: "Cannot judge: a number is wanted", fields: {} });
    expect(described.stack).toMatch(/^ {4}at /);
    expect(described.stack).not.toContain("Cannot judge");
  });

  it("gives what a failed dependency says of itself, and its cause by name and code only", () => {
    const error = new DependencyError("Cannot write rows", {
      dependency: "tables",
      operation: "commit",
      retryable: true,
      status: 503,
      cause: fromOutside(),
    });

    const described = describeError(error);

    expect(described.fields).toEqual({
      dependency: "tables",
      operation: "commit",
      retryable: true,
      status: 503,
      causes: "RestError ECONNRESET",
    });
    expect(JSON.stringify(described)).not.toContain("s3cret");
  });

  it("names the errors that one error stands for, each kind once", () => {
    const { fields } = describeError(
      new AggregateError([failedSend(), failedSend(), new TypeError(SECRET)], "Cannot schedule"),
    );

    expect(fields).toEqual({ causes: "DependencyError queues/request-poll, TypeError, RestError ECONNRESET" });
  });

  it("leaves out a code that may be anything", () => {
    const cause = Object.assign(new Error("x"), { code: SECRET });

    expect(describeError(new Error("y", { cause })).fields).toEqual({ causes: "Error" });
  });

  it("ends when causes form a ring", () => {
    const error = new Error("a");
    error.cause = error;

    expect(describeError(error).fields).toEqual({ causes: "Error" });
  });

  it("cuts a long stack", () => {
    const error = new Error("deep");
    error.stack = `Error: deep\n${"    at frame (file.ts:1:1)\n".repeat(1_000)}`;

    expect(describeError(error).stack).toHaveLength(4_000);
  });
});
