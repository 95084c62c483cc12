import { describe, expect, it } from "vitest";
import type { GraphOutcome } from "../../../../src/adapters/graph/graph-call.ts";
import type { GraphGet } from "../../../../src/adapters/graph/graph-client.ts";
import { readPages } from "../../../../src/adapters/graph/read-pages.ts";
import type { SourceForm } from "../../../../src/adapters/graph/source-endpoints.ts";

const ROOT = "https://graph.microsoft.com";
const FORM: SourceForm = { version: "v1.0", path: "/deviceManagement/deviceManagementPartners" };

function aPage(rows: readonly unknown[], nextLink?: string): GraphOutcome {
  return { kind: "page", status: 200, rows, ...(nextLink === undefined ? {} : { nextLink }) };
}

function aLink(page: number): string {
  return `${ROOT}/v1.0${FORM.path}?$skiptoken=${page}`;
}

/** Reads from a Graph that answers the n-th request, counted from 1, by the function. */
async function read(answer: (count: number) => GraphOutcome, maxPages = 50) {
  const requests: Parameters<GraphGet>[0][] = [];
  const get: GraphGet = async (request) => {
    requests.push(request);
    return answer(requests.length);
  };
  const outcome = await readPages(get, FORM, { graphRoot: ROOT, maxPages });
  return { outcome, requests };
}

describe("readPages()", () => {
  it("reads one page with one request", async () => {
    const { outcome, requests } = await read(() => aPage(["a", "b"]));

    expect(outcome).toEqual({ kind: "rows", rows: ["a", "b"] });
    expect(requests).toEqual([FORM]);
  });

  it("follows the links, over an empty page too, and keeps the order", async () => {
    const pages = [aPage(["a"], aLink(2)), aPage([], aLink(3)), aPage(["b"])];

    const { outcome, requests } = await read((count) => pages[count - 1] ?? aPage([]));

    expect(outcome).toEqual({ kind: "rows", rows: ["a", "b"] });
    expect(requests.map(({ query }) => query)).toEqual([undefined, "$skiptoken=2", "$skiptoken=3"]);
  });

  it.each([
    { named: "to another host", link: "https://graph.example.com/v1.0/deviceManagement/x" },
    { named: "to another scheme", link: "http://graph.microsoft.com/v1.0/deviceManagement/x" },
    { named: "to another port", link: "https://graph.microsoft.com:8443/v1.0/deviceManagement/x" },
    { named: "to a relative address", link: "/v1.0/deviceManagement/x" },
    { named: "that is empty", link: "" },
  ])("follows no link $named and gives no rows", async ({ link }) => {
    const { outcome, requests } = await read(() => aPage(["a"], link));

    expect(outcome).toMatchObject({ kind: "failed", reason: "malformed", retryable: false });
    expect(requests).toHaveLength(1);
  });

  it("follows no link twice", async () => {
    const { outcome, requests } = await read((count) => aPage(["a"], aLink(count % 2)));

    expect(outcome).toMatchObject({ reason: "malformed", detail: "The answer links to a page that was read already" });
    expect(requests).toHaveLength(3);
  });

  it("reads as many pages as the limit says", async () => {
    const { outcome } = await read((count) => aPage([count], count < 3 ? aLink(count + 1) : undefined), 3);

    expect(outcome).toEqual({ kind: "rows", rows: [1, 2, 3] });
  });

  it("reads no more pages than the limit says", async () => {
    const { outcome, requests } = await read((count) => aPage([count], aLink(count + 1)), 3);

    expect(outcome).toMatchObject({ reason: "malformed", detail: "The answer has more than 3 pages" });
    expect(requests).toHaveLength(3);
  });

  it("gives the failure of the first page as it is", async () => {
    const failure = { kind: "failed", reason: "not-found", retryable: false, unknownHere: true } as const;

    const { outcome } = await read(() => failure);

    expect(outcome).toBe(failure);
  });

  it.each([
    { reason: "throttled", given: "throttled" },
    { reason: "forbidden", given: "forbidden" },
    { reason: "not-found", given: "malformed" },
    { reason: "not-supported", given: "malformed" },
    { reason: "unlicensed", given: "malformed" },
  ] as const)("gives no part of a collection when a later page is $reason, but $given", async ({ reason, given }) => {
    const { outcome } = await read((count) =>
      count === 1 ? aPage(["a"], aLink(2)) : { kind: "failed", reason, retryable: false, unknownHere: true },
    );

    expect(outcome).toMatchObject({ kind: "failed", reason: given });
  });
});
