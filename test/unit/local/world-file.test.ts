import { existsSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openWorld, saveWorld, storageFolderOf } from "../../../local/world-file.ts";

let folder = "";

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "world-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe("openWorld()", () => {
  it("begins a world with keys of its own, readable by this user alone", () => {
    const world = openWorld(folder, { zeroMs: 1_000, fresh: false });

    expect(world).toMatchObject({ zeroMs: 1_000, isPlayed: false });
    expect(new Set([world.functionKey, world.masterKey, world.writeKey]).size).toBe(3);
    expect(statSync(join(folder, "world.json")).mode & 0o077).toBe(0);
  });

  it("goes on with the world of an earlier start", () => {
    const first = openWorld(folder, { zeroMs: 1_000, fresh: false });
    saveWorld(folder, { ...first, isPlayed: true });
    mkdirSync(storageFolderOf(folder));

    expect(openWorld(folder, { zeroMs: 9_000, fresh: false })).toEqual({ ...first, isPlayed: true });
  });

  it("gives a world of an earlier version, which had none, a key for writes", () => {
    const { writeKey: _none, ...older } = openWorld(folder, { zeroMs: 1_000, fresh: false });
    writeFileSync(join(folder, "world.json"), JSON.stringify({ ...older, isPlayed: true }));
    mkdirSync(storageFolderOf(folder));

    const world = openWorld(folder, { zeroMs: 9_000, fresh: false });

    expect(world).toMatchObject({ ...older, isPlayed: true });
    expect(world.writeKey).toMatch(/^[\w-]{32}$/);
  });

  it.each([
    { when: "asked to", fresh: true, isPlayed: true },
    { when: "the history was not played to its end", fresh: false, isPlayed: false },
  ])("forgets what was stored when $when", ({ fresh, isPlayed }) => {
    const first = openWorld(folder, { zeroMs: 1_000, fresh: false });
    saveWorld(folder, { ...first, isPlayed });
    mkdirSync(storageFolderOf(folder));

    const world = openWorld(folder, { zeroMs: 9_000, fresh });

    expect(world.zeroMs).toBe(9_000);
    expect(world.functionKey).not.toBe(first.functionKey);
    expect(existsSync(storageFolderOf(folder))).toBe(false);
  });

  it("begins anew when the stored rows are gone", () => {
    const first = openWorld(folder, { zeroMs: 1_000, fresh: false });
    saveWorld(folder, { ...first, isPlayed: true });

    expect(openWorld(folder, { zeroMs: 9_000, fresh: false })).toMatchObject({ zeroMs: 9_000, isPlayed: false });
  });

  it.each(["", "{", "[]", '{"zeroMs":"soon"}'])("says in one line what to do when the file holds %j", (text) => {
    writeFileSync(join(folder, "world.json"), text);

    expect(() => openWorld(folder, { zeroMs: 1, fresh: false })).toThrow(/^Cannot go on with .*--fresh begins anew$/);
  });
});
