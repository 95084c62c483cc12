import { describe, expect, it } from "vitest";
import type { Answer, Trace } from "../../../../local/graph/answer.ts";
import {
  forbidden,
  invalidToken,
  nestedForbidden,
  throttled,
  unknownProperty,
} from "../../../../local/graph/graph-errors.ts";

const TRACE: Trace = { requestId: "request", clientRequestId: "client", nowMs: Date.UTC(2026, 6, 23, 17, 0, 0, 5) };

function errorOf(answer: Answer) {
  return answer.kind === "reply" ? JSON.parse(answer.body).error : undefined;
}

describe("graphError()", () => {
  it("repeats the ids of the request and dates the error without a zone", () => {
    expect(errorOf(unknownProperty(TRACE, "x", "deviceManagement"))).toEqual({
      code: "BadRequest",
      message:
        "Parsing OData Select and Expand failed: Could not find a property named 'x' on type 'microsoft.graph.deviceManagement'.",
      innerError: { date: "2026-07-23T17:00:00", "request-id": "request", "client-request-id": "client" },
    });
  });
});

describe("invalidToken()", () => {
  it("challenges the client", () => {
    expect(invalidToken(TRACE, "no")).toMatchObject({
      status: 401,
      headers: { "www-authenticate": expect.stringMatching(/^Bearer /) },
    });
  });
});

describe("forbidden()", () => {
  it("names the scopes in a JSON string with CRLF that also leaks an address and an account", () => {
    const { code, message } = errorOf(forbidden(TRACE, "connectorStatus", ["A.Read.All", "B.Read.All"]));

    expect(code).toBe("Forbidden");
    expect(message).toContain('{\r\n  "_version": 3,');
    expect(JSON.parse(message).Message).toMatch(
      /one of the following scopes: A\.Read\.All, B\.Read\.All - Operation ID .* - Activity ID: client - Url: https:\/\/fef\.sim01\.manage\.example\.com\/.*\/connectorStatus\?api-version/,
    );
  });

  it("says that there is no role at all when no scope would name it", () => {
    const { message } = errorOf(forbidden(TRACE, "connectorStatus", []));

    expect(JSON.parse(message).Message).toContain("does not have application permissions configured.");
  });
});

describe("nestedForbidden()", () => {
  it("nests Forbidden twice behind a 401", () => {
    const answer = nestedForbidden(TRACE, "connectorStatus");

    const outer = JSON.parse(errorOf(answer).message);
    expect(answer).toMatchObject({ status: 401 });
    expect(errorOf(answer).code).toBe("UnknownError");
    expect(outer.ErrorCode).toBe("Forbidden");
    expect(JSON.parse(outer.Message)._version).toBe(3);
  });
});

describe("throttled()", () => {
  it.each([
    { body: "gateway", want: /^Too many requests\.$/ },
    { body: "intune", want: /^\{\r\n {2}"_version": 3/ },
  ] as const)("has the body of the $body", ({ body, want }) => {
    const answer = throttled(TRACE, { body, segment: "x" }, { "retry-after": "7" });

    expect(answer).toMatchObject({ status: 429, headers: { "retry-after": "7" } });
    expect(errorOf(answer).message).toMatch(want);
  });
});
