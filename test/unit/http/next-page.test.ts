import { describe, expect, it } from "vitest";
import { findPage, linkNextPage } from "../../../src/http/next-page.ts";
import { digest } from "../../builders/a-policy.ts";
import { aRequest, bodyOf } from "./builders.ts";

const REQUEST = aRequest("/api/v1/deliveries?code=s3cret");
const PARAMETERS = new URLSearchParams({ tenant: "t", maxpagesize: "1" });
const LINKING = { digest, links: {} };

describe("linkNextPage()", () => {
  it("leads to a page that is found again", () => {
    const link = new URL(linkNextPage(REQUEST, { parameters: PARAMETERS, next: "82|a.b-c" }, LINKING) ?? "");
    const pageToken = link.searchParams.get("pagetoken") ?? undefined;

    expect(findPage(REQUEST, { parameters: PARAMETERS, pageToken }, digest)).toEqual({
      kind: "found",
      after: "82|a.b-c",
    });
    expect(link.searchParams.get("tenant")).toBe("t");
    expect(link.href).not.toContain("s3cret");
  });

  it("leads nowhere from the last page", () => {
    expect(linkNextPage(REQUEST, { parameters: PARAMETERS, next: undefined }, LINKING)).toBeUndefined();
  });
});

describe("findPage()", () => {
  it("finds the first page without a token", () => {
    const found = findPage(REQUEST, { parameters: PARAMETERS, pageToken: undefined }, digest);

    expect(found).toEqual({ kind: "found", after: undefined });
  });

  it("refuses by name a token that it did not write", () => {
    const found = findPage(REQUEST, { parameters: PARAMETERS, pageToken: `v1.82.${digest("82\nelse")}` }, digest);

    expect(found.kind === "refused" && bodyOf(found.reply).errors[0].parameter).toBe("pagetoken");
  });
});
