import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { readDocument } from "../../../local/read-document.ts";

let appRoot = "";

beforeEach(() => {
  appRoot = mkdtempSync(join(tmpdir(), "document-"));
});
afterEach(() => rmSync(appRoot, { recursive: true, force: true }));

describe("readDocument()", () => {
  it.each([
    { what: "monitor.config.json", stated: undefined, file: "monitor.config.json" },
    { what: "the file that MONITOR_CONFIG names", stated: "other.json", file: "other.json" },
    { what: "a file with a byte order mark", stated: undefined, file: "monitor.config.json", mark: "\uFEFF" },
  ])("reads $what", ({ stated, file, mark = "" }) => {
    writeFileSync(join(appRoot, file), `${mark}{"tenants":[]}`);

    expect(readDocument(appRoot, stated)).toEqual({ tenants: [] });
  });

  it("takes MONITOR_CONFIG itself when it is an object", () => {
    expect(readDocument(appRoot, '{"tenants":[]}')).toEqual({ tenants: [] });
  });

  it("says in one line how to make the file that is missing", () => {
    expect(() => readDocument(appRoot, undefined)).toThrow(
      /^Cannot watch real tenants: .*monitor\.config\.json cannot be read; cp monitor\.config\.sample\.json .*$/,
    );
  });

  it.each(["", "[]", "null", '{"secret": s3cret}'])(
    "says in one line that %j is no JSON object, and not what it is",
    (text) => {
      writeFileSync(join(appRoot, "monitor.config.json"), text);

      const read = (): unknown => readDocument(appRoot, undefined);

      expect(read).toThrow(/^Cannot watch real tenants: .*monitor\.config\.json holds no JSON object$/);
      expect(read).not.toThrow(/s3cret/);
    },
  );
});
