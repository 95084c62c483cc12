import { describe, expect, it } from "vitest";
import { createDashboardRoute } from "../../../src/http/dashboard-route.ts";
import type { HttpReply } from "../../../src/http/http-types.ts";
import { digest } from "../../builders/a-policy.ts";
import { textOf } from "../../builders/text-of.ts";
import { aRequest, bodyOf } from "./builders.ts";

const GZIP = { "accept-encoding": "gzip" };
const PAGE = "<!doctype html>";
const TEXTS: Readonly<Record<string, string>> = {
  "index.html": PAGE,
  "index.html.gz": "gzipped page",
  "main-ABC.js": "run()",
  "main-ABC.js.gz": "gzipped run()",
  "main-ABC.css": "a{}",
  "icon-ABC.svg": "<svg/>",
  "notes.txt": "plain",
};
const files = new Map(Object.entries(TEXTS).map(([name, text]) => [name, new TextEncoder().encode(text)]));

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
      headers: { "Content-Type": "text/html; charset=utf-8", "Cache-Control": "no-cache" },
    });
    expect(textOf(reply)).toBe(PAGE);
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
      headers: { "Content-Type": type, "Cache-Control": "public, max-age=31536000, immutable" },
    });
    expect(textOf(reply)).toBe(TEXTS[asset]);
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

  it.each([
    { accept: {}, text: "run()" },
    { accept: { "accept-encoding": "br" }, text: "run()" },
    { accept: { "accept-encoding": "gzip;q=0, *" }, text: "run()" },
    { accept: { "accept-encoding": "gzip, deflate, br" }, text: "gzipped run()" },
  ])("answers $text to who accepts $accept, and says that others get something else", async ({ accept, text }) => {
    const reply = await get("/api/dashboard/main-ABC.js", { asset: "main-ABC.js", headers: accept });

    expect(textOf(reply)).toBe(text);
    expect(reply.headers["Content-Encoding"]).toBe(text === "run()" ? undefined : "gzip");
    expect(reply.headers).toMatchObject({ Vary: "Accept-Encoding", "Content-Type": "text/javascript; charset=utf-8" });
  });

  it("answers a file as it is where there is none gzipped", async () => {
    const reply = await get("/api/dashboard/notes.txt", { asset: "notes.txt", headers: GZIP });

    expect(textOf(reply)).toBe("plain");
    expect(reply.headers).not.toHaveProperty("Content-Encoding");
  });

  it("gives either coding a tag of its own, for a strong tag names bytes", async () => {
    const plain = await get("/api/dashboard/");
    const gzipped = await get("/api/dashboard/", { headers: GZIP });
    const held = { "if-none-match": gzipped.headers["ETag"] ?? "" };

    const again = await get("/api/dashboard/", { headers: { ...GZIP, ...held } });
    const inPlain = await get("/api/dashboard/", { headers: held });

    expect(gzipped.headers["ETag"]).toMatch(/^"[^"]+"$/);
    expect(gzipped.headers["ETag"]).not.toBe(plain.headers["ETag"]);
    expect(again).toMatchObject({ status: 304, headers: { ETag: gzipped.headers["ETag"], Vary: "Accept-Encoding" } });
    expect(inPlain.status).toBe(200);
  });

  it.each(["missing.js", "main-ABC.js.gz", "../host.json", "..%2Fhost.json", "constructor"])(
    "answers 404 for %s",
    async (asset) => {
      const reply = await get("/api/dashboard/x", { asset });

      expect(reply.status).toBe(404);
      expect(bodyOf(reply)).toMatchObject({ status: 404, detail: "The page has no such file" });
    },
  );
});
