import { describe, expect, it } from "vitest";
import { classifyAnswer, type GraphAnswer } from "../../../../src/adapters/graph/classify-answer.ts";
import type { SourceForm } from "../../../../src/adapters/graph/source-endpoints.ts";

const LIST: SourceForm = { version: "v1.0", path: "/deviceManagement/deviceManagementPartners" };
const SELECT: SourceForm = { version: "beta", path: "/deviceManagement", property: "connectorStatus", isEntity: true };
const PERMISSION = "DeviceManagementServiceConfig.Read.All";

function classify(answer: GraphAnswer, form = LIST) {
  return classifyAnswer(answer, { form, permission: PERMISSION });
}

function anError(code: string | undefined, message?: string): string {
  return JSON.stringify({ error: { code, message } });
}

const HTML = "<html><body>Our services are not available</body></html>";
const QUERY_BROKER = anError(
  undefined,
  "Rate limit reached because of too many requests to query broker. Please retry.",
);
const NESTED_FORBIDDEN = anError("UnknownError", JSON.stringify({ ErrorCode: "Forbidden", Message: "{}" }));

describe("classifyAnswer()", () => {
  it("gives the rows of a page and its link", () => {
    const text = JSON.stringify({ value: [{ id: "1" }], "@odata.nextLink": "L" });

    expect(classify({ status: 200, text })).toEqual({ kind: "page", status: 200, rows: [{ id: "1" }], nextLink: "L" });
  });

  it.each([
    { named: "an expired token", status: 401, text: anError("InvalidAuthenticationToken"), reason: "unauthorized" },
    { named: "a 401 without words", status: 401, text: "", reason: "unauthorized" },
    { named: "Forbidden nested in a 401", status: 401, text: NESTED_FORBIDDEN, reason: "forbidden" },
    { named: "a missing permission", status: 403, text: anError("Forbidden", "no"), reason: "forbidden" },
    { named: "another refusal", status: 403, text: anError("Authorization_RequestDenied"), reason: "forbidden" },
    { named: "the 403 page of a gateway", status: 403, text: HTML, reason: "unavailable" },
    {
      named: "a tenant without Intune",
      status: 400,
      text: anError("BadRequest", "Request not applicable to target tenant."),
      reason: "unlicensed",
    },
    { named: "another bad request", status: 400, text: anError("BadRequest", "No."), reason: "unavailable" },
    { named: "a singleton never bound", status: 404, text: anError("NotFound"), reason: "not-found" },
    { named: "the 404 page of a gateway", status: 404, text: HTML, reason: "unavailable" },
    { named: "a connector that is not set up", status: 501, text: anError("NotSupported"), reason: "not-supported" },
    { named: "the 501 page of a gateway", status: 501, text: HTML, reason: "unavailable" },
    { named: "a redirect", status: 302, text: "", reason: "unavailable" },
    { named: "a page that is gone", status: 410, text: anError("Gone"), reason: "unavailable" },
    { named: "a status of nobody", status: 418, text: "", reason: "unavailable" },
  ])("calls $named $reason, for good", ({ status, text, reason }) => {
    expect(classify({ status, text })).toMatchObject({ kind: "failed", reason, status, retryable: false });
  });

  it.each([
    { named: "429", status: 429, text: anError("TooManyRequests", "{}"), reason: "throttled" },
    { named: "429 with a page", status: 429, text: HTML, reason: "throttled" },
    { named: "the query broker", status: 500, text: QUERY_BROKER, reason: "throttled" },
    { named: "500", status: 500, text: anError("InternalServerError"), reason: "unavailable" },
    { named: "502 with a page", status: 502, text: HTML, reason: "unavailable" },
    { named: "503", status: 503, text: anError("ServiceUnavailable"), reason: "unavailable" },
    { named: "504", status: 504, text: "", reason: "unavailable" },
    { named: "half a JSON text", status: 200, text: '{"value":[{"id"', reason: "malformed" },
    { named: "an empty body", status: 200, text: "", reason: "malformed" },
    { named: "no content", status: 204, text: "", reason: "malformed" },
    { named: "a page of HTML", status: 200, text: HTML, reason: "malformed" },
    { named: "a value that is no list", status: 200, text: '{"value":"text"}', reason: "malformed" },
    { named: "no value", status: 200, text: "{}", reason: "malformed" },
  ])("calls $named $reason, for now", ({ status, text, reason }) => {
    expect(classify({ status, text })).toMatchObject({ kind: "failed", reason, status, retryable: true });
  });

  it("calls 503 with Retry-After throttled and passes the wish on", () => {
    expect(classify({ status: 503, text: "", retryAfterMs: 7_000 })).toEqual({
      kind: "failed",
      reason: "throttled",
      retryable: true,
      status: 503,
      retryAfterMs: 7_000,
    });
  });

  it.each([
    { status: 400, text: anError("BadRequest", "Resource not found for the segment 'connectorStatus'.") },
    { status: 404, text: anError("ResourceNotFound", "Resource not found for the segment 'connectorStatus'.") },
    { status: 400, text: anError("BadRequest", "Could not find a property named 'connectorStatus' on type 'x'.") },
    { status: 200, text: '{"id":"1"}' },
  ])("says that another form may know better after $status $text", ({ status, text }) => {
    expect(classify({ status, text }, SELECT)).toMatchObject({
      reason: "not-found",
      retryable: false,
      unknownHere: true,
    });
  });

  it("takes a body beyond the limit for malformed, once", () => {
    expect(classify({ status: 200, text: undefined })).toMatchObject({ reason: "malformed", retryable: false });
  });

  it("judges an error by its status alone when its body is beyond the limit", () => {
    expect(classify({ status: 503, text: undefined })).toMatchObject({ reason: "unavailable", retryable: true });
  });

  it("names the missing permission and leaves out what stands behind the labels", () => {
    const inner =
      "Application must have one of the following scopes: DeviceManagementConfiguration.Read.All" +
      " - Activity ID: 0000 - Url: https://fef.msud01.manage.microsoft.com/A.Read.All/B.Read.All";
    const outcome = classify({ status: 403, text: anError("Forbidden", JSON.stringify({ Message: inner })) });

    expect(outcome).toEqual({
      kind: "failed",
      reason: "forbidden",
      retryable: false,
      status: 403,
      detail: `The application needs the permission ${PERMISSION} (Graph names DeviceManagementConfiguration.Read.All)`,
    });
  });
});
