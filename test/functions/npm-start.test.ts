import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";

const ROOT = resolve(import.meta.dirname, "../..");

let data = "";
const running: ChildProcess[] = [];

beforeAll(async () => {
  data = await mkdtemp(join(tmpdir(), "npm-start-"));
});
afterEach(() => {
  for (const child of running.splice(0)) child.kill("SIGKILL");
});
afterAll(() => rm(data, { recursive: true, force: true }));

interface Started {
  readonly child: ChildProcess;
  readonly output: () => string;
  /** Resolves with what was said once the pattern appears, or when the program has ended. */
  readonly says: (pattern: RegExp) => Promise<string>;
  readonly ended: Promise<{ readonly code: number | null; readonly errors: string }>;
}

/** Runs what `npm start` runs after the build. */
function start(...args: readonly string[]): Started {
  return startIn({}, args);
}

/** The same with an environment of its own. */
function startIn(options: { readonly env?: NodeJS.ProcessEnv }, args: readonly string[]): Started {
  const child = spawn(process.execPath, ["local/start.ts", "--data", data, ...args], { cwd: ROOT, ...options });
  running.push(child);
  let output = "";
  let errors = "";
  const exited = once(child, "close");
  child.stdout?.on("data", (chunk: Buffer) => (output += chunk.toString()));
  child.stderr?.on("data", (chunk: Buffer) => (errors += chunk.toString()));
  const says = (pattern: RegExp): Promise<string> =>
    new Promise((found) => {
      const look = (): void => {
        if (pattern.test(output)) found(output);
      };
      look();
      child.stdout?.on("data", look);
      child.on("close", () => found(output));
    });
  const ended = exited.then(([code]) => ({ code: code as number | null, errors }));
  return { child, output: () => output, says, ended };
}

/** What a start that could not begin has said, with its exit code; more than one line would be a stack for a person to read. */
async function refusalOf({
  ended,
}: Started): Promise<{ readonly code: number | null; readonly lines: readonly string[] }> {
  const { code, errors } = await ended;
  return { code, lines: errors.trim().split("\n") };
}

function keyOf(output: string): string | undefined {
  return /function key\s+(\S+)/.exec(output)?.[1];
}

async function interrupt(started: Started): Promise<number | null> {
  started.child.kill("SIGINT");
  return (await started.ended).code;
}

const QUICK = ["--port", "0", "--no-history", "--scenario", "healthy"] as const;

describe("npm start", () => {
  it("says where to look, answers there, and stops cleanly on Ctrl-C", async () => {
    const started = start(...QUICK);
    const output = await started.says(/alerts appear below/);

    const [, key = ""] = /function key\s+(\S+)/.exec(output) ?? [];
    const [, health = ""] = /health\s+(\S+)/.exec(output) ?? [];
    const [, connections = ""] = /connections\s+(\S+)/.exec(output) ?? [];
    const [, page = ""] = /page\s+(\S+)/.exec(output) ?? [];
    const [healthy, shown, refused, answered] = await Promise.all([
      fetch(health),
      fetch(page.replace(/\/$/, "")),
      fetch(connections.replace(key, "wrong")),
      fetch(connections),
    ]);

    expect([healthy.status, shown.status, refused.status, answered.status]).toEqual([200, 200, 401, 200]);
    expect(shown.headers.get("content-security-policy")).toContain("default-src 'none'");
    expect(await interrupt(started)).toBe(0);
  });

  it("goes on with the same key when it is started again", async () => {
    const first = await start(...QUICK, "--fresh").says(/alerts appear below/);
    for (const child of running) child.kill("SIGINT");
    await Promise.all(running.map((child) => once(child, "close")));

    const second = await start(...QUICK).says(/alerts appear below/);

    expect(keyOf(second)).toBe(keyOf(first));
    expect(keyOf(second)).toMatch(/^[\w-]{32}$/);
  });

  it("plays history with progress, so that there is something to look back at", async () => {
    const started = start("--port", "0", "--scenario", "retired-jamf", "--fresh");
    const output = await started.says(/alerts appear below/);

    const [, history = ""] = /^ +history +(\S+)/m.exec(output) ?? [];
    const body = await (await fetch(history)).text();

    expect(output).toMatch(/Playing 14 days of history 50 %/);
    expect(body).toContain('"appeared"');
    expect(await interrupt(started)).toBe(0);
  });

  describe("that cannot start says why in one line and exits with 1", () => {
    it("for an option it does not know", async () => {
      expect(await refusalOf(start("--frehs"))).toEqual({
        code: 1,
        lines: [expect.stringMatching(/Cannot read the command line: .*--frehs/)],
      });
    });

    it("for a port in use", async () => {
      const server = createServer().listen(0, "127.0.0.1");
      await once(server, "listening");
      const address = server.address();
      const port = typeof address === "object" && address !== null ? address.port : 0;

      expect(await refusalOf(start("--port", String(port), "--no-history", "--scenario", "unlicensed"))).toEqual({
        code: 1,
        lines: [expect.stringMatching(new RegExp(`port ${port}`, "i"))],
      });
      server.close();
    });

    it("while another one runs on the same data", async () => {
      const first = start("--port", "0", "--no-history", "--scenario", "partner-quiet");
      await first.says(/alerts appear below/);

      expect(await refusalOf(start("--port", "0", "--fresh", "--scenario", "partner-quiet"))).toEqual({
        code: 1,
        lines: [expect.stringMatching(/another process uses it; --data FOLDER/)],
      });
      expect(first.child.exitCode).toBeNull();
    });

    it("for a data folder that cannot be made", async () => {
      const file = join(data, "a-file");
      await writeFile(file, "");

      expect(await refusalOf(start(...QUICK, "--data", file))).toEqual({
        code: 1,
        lines: [expect.stringMatching(/Cannot keep data in .*ENOTDIR/)],
      });
    });

    it("for a real tenant without a configuration", async () => {
      expect(await refusalOf(start("--port", "0", "--tenant", "real"))).toEqual({
        code: 1,
        lines: [expect.stringMatching(/Cannot watch real tenants: .*monitor\.config\.json/)],
      });
    });

    it("for a real tenant with settings that cannot be used, each in a line of its own", async () => {
      const config = { tenants: [{ id: "nonsense" }], channels: [{ name: "ops", type: "teams", urlFrom: "s3cret" }] };
      const env = { MONITOR_CONFIG: JSON.stringify(config) };

      expect(await refusalOf(startIn({ env }, ["--port", "0", "--tenant", "real"]))).toEqual({
        code: 1,
        lines: [
          "Cannot watch real tenants: settings cannot be used",
          expect.stringMatching(/^ {2}tenants\[0\]\.id: a GUID$/),
          expect.stringMatching(/^ {2}tenants\[0\]\.name: a text/),
          expect.stringMatching(/^ {2}channels\[0\]\.urlFrom: the name of an app setting/),
        ],
      });
    });

    it("for a store that is damaged", async () => {
      const first = start(...QUICK, "--fresh");
      await first.says(/alerts appear below/);
      await interrupt(first);
      await writeFile(join(data, "healthy", "storage", "table.json"), "{\nrubbish");

      expect(await refusalOf(start(...QUICK))).toEqual({
        code: 1,
        lines: [expect.stringMatching(/Cannot open the local table storage.*npm start -- --fresh begins anew/)],
      });
    });

    it("for a world file that is damaged", async () => {
      const first = start(...QUICK, "--fresh");
      await first.says(/alerts appear below/);
      await interrupt(first);
      await writeFile(join(data, "healthy", "world.json"), "{");

      expect(await refusalOf(start(...QUICK))).toEqual({
        code: 1,
        lines: [expect.stringMatching(/--fresh begins anew/)],
      });
    });
  });
});
