import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, describe, expect, it } from "vitest";

const MAIN = path.resolve(import.meta.dirname, "main.ts");
const folder = mkdtempSync(path.join(tmpdir(), "scenario-"));
const end = "want nothing else until 1h";

afterAll(() => rmSync(folder, { recursive: true }));

/** Plays these statements of a partner, or what is there under a name. */
function run({ lines, file = "x.txt" }: { readonly lines?: readonly string[]; readonly file?: string }) {
  const text = ["# It", 'partner "Jamf" device', ...(lines ?? [])].join("\n");
  if (lines !== undefined) writeFileSync(path.join(folder, file), text);
  return spawnSync(process.execPath, [MAIN, file], { cwd: folder, encoding: "utf8" });
}

describe("npm run scenario", () => {
  it.each([
    {
      what: "nothing is wanted or told",
      given: { lines: [end] },
      status: 0,
      says: "No notification wanted, none told.",
    },
    {
      what: "a want is not met",
      given: { lines: ['want fired expiry info "Jamf" at 1h', end] },
      status: 1,
      says: "1 of 1 wants not met, 0 told that nobody wants.",
    },
  ])("ends with $status when $what", ({ given, status, says }) => {
    const { status: found, stdout, stderr } = run(given);

    expect({ found, stderr }).toEqual({ found: status, stderr: "" });
    expect(stdout).toContain(says);
  });

  it.each([
    {
      what: "a time zone that does not exist",
      given: { lines: ['window "w" sat 22:00 for 6h in Europe/Berlinn', end] },
      says: "x.txt line 3: expected a window whose timeZone is an IANA time zone such as Europe/Berlin",
    },
    {
      what: "no want",
      given: { lines: [] },
      says: 'x.txt line 3: expected a want, at least "want nothing else until <time>" at the end',
    },
    {
      what: "a directory",
      given: { file: "." },
      says: 'Cannot play a scenario: a file that can be read is wanted, current value is "."',
    },
    {
      what: "a file that does not exist",
      given: { file: "none.txt" },
      says: 'Cannot play a scenario: a file that can be read is wanted, current value is "none.txt"',
    },
  ])("ends with 2 and one line for $what", ({ given, says }) => {
    const { status, stdout, stderr } = run(given);

    expect({ status, stdout, stderr }).toEqual({ status: 2, stdout: "", stderr: `${says}\n` });
  });
});
