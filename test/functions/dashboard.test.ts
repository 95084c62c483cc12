import path from "node:path";
import { pathToFileURL } from "node:url";
import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { createAppFolderReader } from "../../src/adapters/system/app-files.ts";
import { createDashboardRoute } from "../../src/http/dashboard-route.ts";
import { digest } from "../builders/a-policy.ts";

const ROOT = path.resolve(import.meta.dirname, "../..");
const MAX_BYTES = 80 * 1024;

const files = await createAppFolderReader(pathToFileURL(path.join(ROOT, "package.json")).href)("dist/dashboard");
const route = createDashboardRoute({ files, digest });

function get(asset: string) {
  return route({
    method: "GET",
    url: `http://127.0.0.1/api/dashboard/${asset}`,
    query: new URLSearchParams(),
    headers: new Headers(),
    params: asset === "" ? {} : { asset },
    text: async () => "",
    invocationId: "call-1",
  });
}

describe("the built page", () => {
  it("is under 80 KB gzipped, all files together", () => {
    const sizes = [...files].map(([name, text]) => ({ name, bytes: gzipSync(text, { level: 9 }).byteLength }));

    expect(sizes.map(({ name }) => path.extname(name))).toEqual(
      expect.arrayContaining([".html", ".css", ".js", ".svg"]),
    );
    expect(sizes.reduce((sum, { bytes }) => sum + bytes, 0)).toBeLessThan(MAX_BYTES);
  });

  it("links to files that are served, and to nothing else", async () => {
    const page = await get("");
    const links = [...(page.body ?? "").matchAll(/(?:href|src)="([^"]+)"/g)].map(([, link]) => link ?? "");

    const statuses = await Promise.all(links.map(async (link) => (await get(link)).status));

    expect(links).toHaveLength(3);
    expect(statuses).toEqual([200, 200, 200]);
  });

  it("names no other host in what a browser would load", () => {
    const loading = [...files.values()].flatMap(
      (text) => text.match(/(?:url\(|import\(?|src=|@import)\s*["']?https?:[^"')]*/g) ?? [],
    );

    expect(loading).toEqual([]);
  });
});
