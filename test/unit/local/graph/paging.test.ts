import { describe, expect, it } from "vitest";
import { PAGING_MODES, type PagingMode } from "../../../../local/graph/fault.schema.ts";
import { pageOf, parseSkipToken } from "../../../../local/graph/paging.ts";

const ROWS = [{ id: 1 }, { id: 2 }, { id: 3 }];
const LIST = "http://127.0.0.1:7071/v1.0/deviceManagement/deviceManagementPartners?$select=id";

/** Follows the links of a list as a trusting client would, at most four pages far. */
function follow(mode: PagingMode) {
  const pages: (readonly unknown[] | "gone")[] = [];
  const links: string[] = [];
  let url = new URL(LIST);
  while (pages.length < 4) {
    const position = parseSkipToken(url.searchParams.get("$skiptoken") ?? "") ?? { mode, page: 0 };
    const page = pageOf(ROWS, position, url);
    pages.push(page?.rows.map((row) => row["id"]) ?? "gone");
    if (page?.nextLink === undefined) {
      break;
    }
    links.push(page.nextLink);
    url = new URL(page.nextLink);
  }
  return { pages, links };
}

describe("pageOf()", () => {
  it.each([
    { mode: "two-pages", pages: [[1, 2], [3]] },
    { mode: "empty-page", pages: [[], [1, 2, 3]] },
    {
      mode: "repeated-link",
      pages: [
        [1, 2, 3],
        [1, 2, 3],
        [1, 2, 3],
        [1, 2, 3],
      ],
    },
    { mode: "endless", pages: [[1, 2, 3], [], [], []] },
    { mode: "gone-link", pages: [[1, 2], "gone"] },
  ] as const)("cuts $mode into $pages", ({ mode, pages }) => {
    expect(follow(mode).pages).toEqual(pages);
  });

  it("links to the same page again in repeated-link, and always to another in endless", () => {
    expect(new Set(follow("repeated-link").links).size).toBe(1);
    expect(new Set(follow("endless").links).size).toBe(4);
  });

  it("keeps path and query in a link, with a token that tells nothing", () => {
    expect(follow("two-pages").links[0]).toMatch(
      /^http:\/\/127\.0\.0\.1:7071\/v1\.0\/deviceManagement\/deviceManagementPartners\?\$select=id&\$skiptoken=[\w-]+$/,
    );
  });

  it.each([
    { mode: "foreign-host", want: "https://graph.example.com" },
    { mode: "other-scheme", want: "https://127.0.0.1:7071" },
  ] as const)("links to $want in $mode", ({ mode, want }) => {
    const page = pageOf(ROWS, { mode, page: 0 }, new URL(LIST));

    expect(new URL(page?.nextLink ?? "").origin).toBe(want);
    expect(page?.rows).toHaveLength(2);
  });

  it.each(PAGING_MODES)("answers an empty list in %s", (mode) => {
    expect(pageOf([], { mode, page: 0 }, new URL(LIST))?.rows).toEqual([]);
  });
});

describe("parseSkipToken()", () => {
  it.each(["", "garbage", Buffer.from('{"mode":"x","page":0}').toString("base64url")])("refuses '%s'", (token) => {
    expect(parseSkipToken(token)).toBeUndefined();
  });
});
