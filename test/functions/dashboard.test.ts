import { once } from "node:events";
import { get as request } from "node:http";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { gunzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Azurite, startAzurite } from "../../local/storage/start-azurite.ts";
import { createAppFolderReader } from "../../src/adapters/system/app-files.ts";
import { type BuiltApp, startBuiltApp } from "./built-app-host.ts";

const ROOT = path.resolve(import.meta.dirname, "../..");
const MAX_BYTES = 80 * 1024;

const built = await createAppFolderReader(pathToFileURL(path.join(ROOT, "package.json")).href)("dist/dashboard");
const files = new Map([...built].filter(([name]) => !name.endsWith(".gz")));
const texts = new Map([...files].map(([name, bytes]) => [name, new TextDecoder().decode(bytes)]));

let azurite: Azurite;
let app: BuiltApp;

beforeAll(async () => {
  azurite = await startAzurite();
  const settings = { POLL_SCHEDULE: "0 */15 * * * *" };
  app = await startBuiltApp({ storageConnectionString: azurite.connectionString, settings });
});

afterAll(async () => {
  await app.stop();
  await azurite.stop();
});

/** What travels; `fetch` would ask for a coding of its own and undo it. */
async function get(asset: string, headers: Readonly<Record<string, string>> = {}) {
  const sent = request(`${app.url}/api/dashboard/${asset}`, { headers });
  const [answer] = await once(sent, "response");
  return { status: answer.statusCode, headers: answer.headers, body: Buffer.concat(await answer.toArray()) };
}

describe("the built page", () => {
  it("links to files that are served, and to nothing else", async () => {
    const page = (await get("")).body.toString();
    const links = [...page.matchAll(/(?:href|src)="([^"]+)"/g)].map(([, link]) => link ?? "");

    const statuses = await Promise.all(links.map(async (link) => (await get(link)).status));

    expect(links).toHaveLength(3);
    expect(statuses).toEqual([200, 200, 200]);
  });

  it("names no other host in what a browser would load", () => {
    const loading = [...texts.values()].flatMap(
      (text) => text.match(/(?:url\(|import\(?|src=|@import)\s*["']?https?:[^"')]*/g) ?? [],
    );

    expect(loading).toEqual([]);
  });

  it.each([...files.keys()])("travels gzipped to who wants that, and unpacks to the same bytes: %s", async (name) => {
    const asset = name === "index.html" ? "" : name;
    const plain = await get(asset);
    const gzipped = await get(asset, { "accept-encoding": "gzip, deflate, br" });

    expect(plain.body).toEqual(files.get(name));
    expect(gunzipSync(gzipped.body)).toEqual(plain.body);
    expect(plain.headers).not.toHaveProperty("content-encoding");
    expect(gzipped.headers).toMatchObject({
      "content-encoding": "gzip",
      "content-length": String(gzipped.body.byteLength),
      "content-type": plain.headers["content-type"],
      vary: "Accept-Encoding",
    });
  });

  it("travels in less than 80 KB in all", async () => {
    const names = [...files.keys()];
    const assets = names.map((name) => (name === "index.html" ? "" : name));
    const answers = await Promise.all(assets.map((asset) => get(asset, { "accept-encoding": "gzip" })));

    expect(names.map((name) => path.extname(name))).toEqual(expect.arrayContaining([".html", ".css", ".js", ".svg"]));
    expect(answers.reduce((sum, { body }) => sum + body.byteLength, 0)).toBeLessThan(MAX_BYTES);
  });

  it("is not sent again to who holds the same bytes", async () => {
    const coding = { "accept-encoding": "gzip" };
    const { headers } = await get("", coding);
    const held = { "if-none-match": headers.etag };

    const again = await get("", { ...coding, ...held });
    const plain = await get("", held);

    expect([again.status, again.body.byteLength, plain.status]).toEqual([304, 0, 200]);
  });
});
