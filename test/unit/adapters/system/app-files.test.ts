import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createAppFileReader, createAppFolderReader } from "../../../../src/adapters/system/app-files.ts";

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "app-files-"));
  await mkdir(path.join(folder, "app/dist/chunks"), { recursive: true });
  await writeFile(path.join(folder, "app/host.json"), "{}");
  await writeFile(path.join(folder, "app/monitor.config.json"), "inside");
  await writeFile(path.join(folder, "outside.json"), "outside");
});

afterEach(async () => {
  await rm(folder, { recursive: true });
});

describe("createAppFileReader()", () => {
  it.each(["app/main.js", "app/dist/chunks/composition-X.js"])("finds a file of the app from %s", async (module) => {
    const read = createAppFileReader(pathToFileURL(path.join(folder, module)).href);

    expect(await read("monitor.config.json")).toBe("inside");
  });

  it("takes an absolute path as it is", async () => {
    const read = createAppFileReader(pathToFileURL(path.join(folder, "app/main.js")).href);

    expect(await read(path.join(folder, "outside.json"))).toBe("outside");
  });

  it.each([
    ["the file is missing", "app/main.js"],
    ["there is no app above the module", "elsewhere/main.js"],
  ])("rejects when %s", async (_case, module) => {
    const read = createAppFileReader(pathToFileURL(path.join(folder, module)).href);

    await expect(read("other.json")).rejects.toThrow(Error);
  });
});

describe("createAppFolderReader()", () => {
  it("reads every file of a folder of the app, by name", async () => {
    await mkdir(path.join(folder, "app/dist/dashboard"));
    await writeFile(path.join(folder, "app/dist/dashboard/index.html"), "page");
    await writeFile(path.join(folder, "app/dist/dashboard/main.js"), "code");
    const read = createAppFolderReader(pathToFileURL(path.join(folder, "app/dist/chunks/x.js")).href);

    const files = await read("dist/dashboard");

    const texts = [...files].map(([name, bytes]) => [name, new TextDecoder().decode(bytes)]);
    expect(Object.fromEntries(texts)).toEqual({ "index.html": "page", "main.js": "code" });
  });

  it("rejects when there is no such folder", async () => {
    const read = createAppFolderReader(pathToFileURL(path.join(folder, "app/main.js")).href);

    await expect(read("dist/dashboard")).rejects.toThrow("ENOENT");
  });
});
