import { describe, expect, it } from "vitest";
import { jsonReply, traceHeaders } from "../../../../local/graph/answer.ts";

describe("traceHeaders()", () => {
  it("dates the answer by the virtual clock and repeats the ids", () => {
    const headers = traceHeaders({ requestId: "request", clientRequestId: "client", nowMs: Date.UTC(2026, 6, 23, 17) });

    expect(headers).toMatchObject({
      date: "Thu, 23 Jul 2026 17:00:00 GMT",
      "request-id": "request",
      "client-request-id": "client",
    });
    expect(Object.keys(JSON.parse(headers["x-ms-ags-diagnostic"] ?? "{}").ServerInfo)).toEqual([
      "DataCenter",
      "Slice",
      "Ring",
      "ScaleUnit",
      "RoleInstance",
    ]);
  });
});

describe("jsonReply()", () => {
  it("has Graph's content type and the headers that are added", () => {
    expect(jsonReply(400, { a: 1 }, { "retry-after": "7" })).toEqual({
      kind: "reply",
      status: 400,
      body: '{"a":1}',
      headers: {
        "content-type":
          "application/json;odata.metadata=minimal;odata.streaming=true;IEEE754Compatible=false;charset=utf-8",
        "retry-after": "7",
      },
    });
  });
});
