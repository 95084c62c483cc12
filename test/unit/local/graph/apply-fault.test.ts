import { describe, expect, it } from "vitest";
import type { Answer } from "../../../../local/graph/answer.ts";
import { applyFault } from "../../../../local/graph/apply-fault.ts";
import type { Fault, PagingMode } from "../../../../local/graph/fault.schema.ts";

const CONTEXT = "context";
const LIST: Answer = { kind: "payload", payload: { "@odata.context": CONTEXT, value: [{ id: 1 }, { id: 2 }] } };
const SINGLETON: Answer = { kind: "payload", payload: { "@odata.context": CONTEXT, id: 1, connectorStatus: [] } };
const REFUSED: Answer = { kind: "reply", status: 403, body: "no", headers: {} };

function answerWith(fault: Fault, good: Answer = LIST): Answer {
  return applyFault(fault, {
    trace: { requestId: "request", clientRequestId: "client", nowMs: Date.UTC(2026, 6, 23, 17) },
    segment: "connectorStatus",
    scopes: ["A.Read.All"],
    read: () => good,
  });
}

describe("applyFault()", () => {
  it.each([
    { fault: { kind: "throttled" }, status: 429, body: /"TooManyRequests"/ },
    { fault: { kind: "query-broker" }, status: 500, body: /Rate limit reached/ },
    { fault: { kind: "server-error", status: 500 }, status: 500, body: /"InternalServerError"/ },
    { fault: { kind: "server-error", status: 502, html: true }, status: 502, body: /^<html>/ },
    { fault: { kind: "server-error", status: 503 }, status: 503, body: /"ServiceUnavailable"/ },
    { fault: { kind: "server-error", status: 504 }, status: 504, body: /"GatewayTimeout"/ },
    { fault: { kind: "not-supported" }, status: 501, body: /"NotSupported"/ },
    { fault: { kind: "not-found" }, status: 404, body: /"NotFound"/ },
    { fault: { kind: "unknown-segment" }, status: 400, body: /the segment 'connectorStatus'/ },
    { fault: { kind: "unlicensed" }, status: 400, body: /not applicable to target tenant/ },
    { fault: { kind: "forbidden" }, status: 403, body: /scopes: A\.Read\.All/ },
    { fault: { kind: "forbidden", body: "no-roles" }, status: 403, body: /does not have application permissions/ },
    { fault: { kind: "nested-forbidden" }, status: 401, body: /"UnknownError"/ },
    { fault: { kind: "token-expired" }, status: 401, body: /the token is expired/ },
    { fault: { kind: "truncated" }, status: 200, body: /^\{"@odata.context":"context",$/ },
    { fault: { kind: "empty" }, status: 200, body: /^$/ },
    { fault: { kind: "html" }, status: 200, body: /^<html>/ },
    { fault: { kind: "redirect" }, status: 302, body: /^$/ },
    { fault: { kind: "body", status: 418, body: "as it stands" }, status: 418, body: /^as it stands$/ },
  ] satisfies readonly { fault: Fault; status: number; body: RegExp }[])("answers $fault with $status", (row) => {
    const answer = answerWith(row.fault);

    expect(answer).toMatchObject({ kind: "reply", status: row.status, body: expect.stringMatching(row.body) });
  });

  it.each([
    { fault: { kind: "throttled", retryAfter: { seconds: 30 } }, want: "30" },
    { fault: { kind: "throttled", retryAfter: { seconds: 3600 } }, want: "3600" },
    { fault: { kind: "throttled", retryAfter: { text: "soon" } }, want: "soon" },
    { fault: { kind: "throttled", retryAfter: { dateInSeconds: 30 } }, want: "Thu, 23 Jul 2026 17:00:30 GMT" },
    { fault: { kind: "throttled", retryAfter: { dateInSeconds: -60 } }, want: "Thu, 23 Jul 2026 16:59:00 GMT" },
    { fault: { kind: "throttled" }, want: undefined },
    { fault: { kind: "server-error", status: 503, retryAfter: { seconds: 5 } }, want: "5" },
    { fault: { kind: "server-error", status: 503, html: true, retryAfter: { seconds: 5 } }, want: "5" },
  ] satisfies readonly { fault: Fault; want: string | undefined }[])(
    "retries $fault after $want",
    ({ fault, want }) => {
      const answer = answerWith(fault);

      expect(answer.kind === "reply" ? answer.headers["retry-after"] : "no reply").toBe(want);
    },
  );

  it("resets the connection, or leaves half of the body hanging", () => {
    expect(answerWith({ kind: "reset" })).toEqual({ kind: "reset" });
    expect(answerWith({ kind: "never-ends" })).toEqual({ kind: "unfinished", body: '{"@odata.context":"context",' });
  });

  it.each([
    { fault: { kind: "value-not-a-list" }, good: LIST, want: { value: "not a list" } },
    { fault: { kind: "value-not-a-list" }, good: SINGLETON, want: { id: 1, connectorStatus: "not a list" } },
    { fault: { kind: "value-wrapped" }, good: LIST, want: { value: { id: 1 } } },
    { fault: { kind: "value-wrapped" }, good: SINGLETON, want: { value: { id: 1, connectorStatus: [] } } },
  ] satisfies readonly { fault: Fault; good: Answer; want: object }[])(
    "makes $want by $fault",
    ({ fault, good, want }) => {
      expect(answerWith(fault, good)).toEqual({ kind: "payload", payload: { "@odata.context": CONTEXT, ...want } });
    },
  );

  it.each(["never-ends", "truncated", "value-not-a-list", "value-wrapped"] as const)(
    "leaves an answer alone that is an error anyway: %s",
    (kind) => {
      expect(answerWith({ kind }, REFUSED)).toBe(REFUSED);
    },
  );

  it("reads in the wanted pages", () => {
    const asked: (PagingMode | undefined)[] = [];
    const trace = { requestId: "request", clientRequestId: "client", nowMs: 0 };
    const read = (paging?: PagingMode): Answer => {
      asked.push(paging);
      return LIST;
    };

    const answer = applyFault({ kind: "paging", mode: "endless" }, { trace, segment: "x", scopes: [], read });

    expect(answer).toBe(LIST);
    expect(asked).toEqual(["endless"]);
  });

  it("sends headers as they stand", () => {
    const answer = answerWith({ kind: "body", status: 200, body: "", headers: { "content-type": "text/plain" } });

    expect(answer).toMatchObject({ headers: { "content-type": "text/plain" } });
    expect(answerWith({ kind: "redirect", location: "https://example.org/" })).toMatchObject({
      headers: { location: "https://example.org/" },
    });
  });
});
