import { describe, expect, it } from "vitest";
import { createDashboardRoute } from "../../../src/http/dashboard-route.ts";
import type { HttpReply } from "../../../src/http/http-types.ts";
import { digest } from "../../builders/a-policy.ts";
import { aRequest, bodyOf } from "./builders.ts";

const PAGE = "<!doctype html>";
const files = new Map([
  ["index.html", PAGE],
  ["main-ABC.js", "run()"],
  ["main-ABC.css", "a{}"],
  ["icon-ABC.svg", "<svg/>"],
  ["notes.txt", "plain"],
]);

function get(path: string, { asset = "", headers = {} }: { asset?: string; headers?: Record<string, string> } = {}) {
  const route = createDashboardRoute({ files, digest });
  return route({ ...aRequest(path, headers), params: asset === "" ? {} : { asset } });
}

function policyOf({ headers }: HttpReply): readonly string[] {
  return headers["Content-Security-Policy"]?.split("; ") ?? [];
}

describe("createDashboardRoute()", () => {
  it("answers the page, to be asked for again each time", async () => {
    const reply = await get("/api/dashboard/");

    expect(reply).toMatchObject({
      status: 200,
      body: PAGE,
      headers: { "Content-Type": "text/html; charset=utf-8", "Cache-Control": "no-cache" },
    });
  });

  it("leads an address without a slash to the one with it, for the page's links are relative", async () => {
    const reply = await get("/api/dashboard?tenant=t");

    expect(reply).toMatchObject({ status: 308, headers: { Location: "dashboard/" } });
    expect(new URL("dashboard/", "https://host/api/dashboard").pathname).toBe("/api/dashboard/");
  });

  it.each([
    ["main-ABC.js", "text/javascript; charset=utf-8"],
    ["main-ABC.css", "text/css; charset=utf-8"],
    ["icon-ABC.svg", "image/svg+xml"],
    ["notes.txt", "application/octet-stream"],
  ])("answers %s as %s, to be kept for good", async (asset, type) => {
    const reply = await get(`/api/dashboard/${asset}`, { asset });

    expect(reply).toMatchObject({
      status: 200,
      body: files.get(asset),
      headers: { "Content-Type": type, "Cache-Control": "public, max-age=31536000, immutable" },
    });
  });

  it.each([
    ["the page", "/api/dashboard/", ""],
    ["a file", "/api/dashboard/main-ABC.js", "main-ABC.js"],
  ])("lets nothing but itself into %s", async (_name, path, asset) => {
    const reply = await get(path, { asset });

    const policy = policyOf(reply);
    expect(policy).toEqual(
      expect.arrayContaining(["default-src 'none'", "script-src 'self'", "style-src 'self'", "frame-ancestors 'none'"]),
    );
    expect(policy.join(" ")).not.toMatch(/unsafe|\*|http|data:/);
    expect(reply.headers).toMatchObject({ "X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer" });
  });

  it("answers 304 without a body to who holds the same file, and the file to who holds another", async () => {
    const { headers } = await get("/api/dashboard/");
    const held = headers["ETag"] ?? "";

    const same = await get("/api/dashboard/", { headers: { "if-none-match": held } });
    const other = await get("/api/dashboard/", { headers: { "if-none-match": '"other"' } });

    expect(same).toMatchObject({ status: 304, headers: { ETag: held } });
    expect(same.body).toBeUndefined();
    expect(policyOf(same)).toContain("default-src 'none'");
    expect(other.status).toBe(200);
  });

  it.each(["missing.js", "../host.json", "..%2Fhost.json", "constructor"])("answers 404 for %s", async (asset) => {
    const reply = await get("/api/dashboard/x", { asset });

    expect(reply.status).toBe(404);
    expect(bodyOf(reply)).toMatchObject({ status: 404, detail: "The page has no such file" });
  });
});
