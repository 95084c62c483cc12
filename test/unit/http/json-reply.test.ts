import { describe, expect, it } from "vitest";
import { jsonReply, NO_CONTENT } from "../../../src/http/json-reply.ts";

describe("jsonReply()", () => {
  it("answers a write with what was written, for nobody to keep", () => {
    expect(jsonReply(201, { id: "s-1" })).toEqual({
      status: 201,
      headers: {
        "Content-Type": "application/json",
        "Cache-Control": "no-store",
        "X-Content-Type-Options": "nosniff",
      },
      body: '{"id":"s-1"}',
    });
  });

  it("has an answer without a body", () => {
    expect(NO_CONTENT).toEqual({ status: 204, headers: { "Cache-Control": "no-store" } });
  });
});
