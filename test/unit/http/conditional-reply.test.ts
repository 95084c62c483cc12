import { describe, expect, it } from "vitest";
import { conditionalReply } from "../../../src/http/conditional-reply.ts";
import { digest } from "../../builders/a-policy.ts";
import { aRequest } from "./builders.ts";

const ANSWER = { body: { value: [1], from: "a" }, facts: [1] };
const ETAG = `W/"${digest("[1]")}"`;

function reply(ifNoneMatch?: string) {
  return conditionalReply(
    aRequest("/", ifNoneMatch === undefined ? {} : { "If-None-Match": ifNoneMatch }),
    ANSWER,
    digest,
  );
}

describe("conditionalReply()", () => {
  it("answers 200 with a weak ETag over the facts", () => {
    expect(reply()).toEqual({
      status: 200,
      headers: {
        ETag: ETAG,
        "Cache-Control": "private, no-cache",
        Vary: "Accept",
        "Content-Type": "application/json",
        "X-Content-Type-Options": "nosniff",
      },
      body: '{"value":[1],"from":"a"}',
    });
  });

  it("answers a text of another media type as it is, to be kept under a name", () => {
    const answer = { body: "a,b", facts: [1], mediaType: "text/csv", fileName: "x.csv" };

    expect(conditionalReply(aRequest("/"), answer, digest)).toMatchObject({
      headers: { ETag: ETAG, "Content-Type": "text/csv", "Content-Disposition": 'attachment; filename="x.csv"' },
      body: "a,b",
    });
  });

  it.each([ETAG, ETAG.slice(2), `"other", ${ETAG}`, "*", ` * `])("answers 304 without a body to %s", (condition) => {
    expect(reply(condition)).toEqual({
      status: 304,
      headers: { ETag: ETAG, "Cache-Control": "private, no-cache", Vary: "Accept" },
    });
  });

  it.each(['W/"other"', "", '""', ETAG.slice(3, -1), `"${ETAG}"`])("answers 200 to '%s'", (condition) => {
    expect(reply(condition).status).toBe(200);
  });
});
