import { describe, expect, it } from "vitest";
import { createOpenapiRoute } from "../../../src/http/openapi-route.ts";
import { digest } from "../../builders/a-policy.ts";
import { aRequest, bodyOf } from "./builders.ts";

const document = { openapi: "3.1.0" };
const route = createOpenapiRoute({ document, digest });
const OPENAPI = "/api/v1/openapi.json";

describe("createOpenapiRoute()", () => {
  it("answers the document, once", async () => {
    const reply = await route(aRequest(OPENAPI));
    const again = await route(aRequest(OPENAPI, { "If-None-Match": reply.headers["ETag"] ?? "" }));

    expect([reply.status, again.status]).toEqual([200, 304]);
    expect(bodyOf(reply)).toEqual(document);
  });

  it("answers 400 to a parameter", async () => {
    expect((await route(aRequest(`${OPENAPI}?format=yaml`))).status).toBe(400);
  });
});
