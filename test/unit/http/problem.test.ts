import { describe, expect, it } from "vitest";
import { badQueryReply, problemReply } from "../../../src/http/problem.ts";
import { aRequest, bodyOf } from "./builders.ts";

describe("problemReply()", () => {
  it("says status, title, path and trace id, and nothing of the query", () => {
    const reply = problemReply(aRequest("/api/v1/history?code=s3cret"), { status: 404, detail: "No such thing" });

    expect(reply.status).toBe(404);
    expect(reply.headers).toEqual({
      "Content-Type": "application/problem+json",
      "Cache-Control": "no-store",
      "X-Content-Type-Options": "nosniff",
    });
    expect(bodyOf(reply)).toEqual({
      type: "about:blank",
      title: "Not Found",
      status: 404,
      detail: "No such thing",
      instance: "/api/v1/history",
      traceId: "invocation-1",
    });
  });

  it("says when to ask again where that is known", () => {
    const reply = problemReply(aRequest("/"), { status: 503, detail: "Later", retryAfterSeconds: 7 });

    expect(reply.headers["Retry-After"]).toBe("7");
    expect(bodyOf(reply)).not.toHaveProperty("retryAfterSeconds");
  });
});

describe("badQueryReply()", () => {
  it("names every parameter", () => {
    const errors = [{ parameter: "from", message: "must be before to" }];

    const reply = badQueryReply(aRequest("/"), errors);

    expect(reply.status).toBe(400);
    expect(bodyOf(reply).errors).toEqual(errors);
  });
});
