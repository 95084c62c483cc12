import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import type { LogEntry } from "../../local/host/logs.ts";
import { type LocalHost, startLocalHost } from "../../local/host/start-local-host.ts";

const ROOT = path.resolve(import.meta.dirname, "../..");

/** Opens functions of level `function`. */
export const FUNCTION_KEY = "pl4nted-function-key";
/** Opens everything. */
const MASTER_KEY = "pl4nted-master-key";

/** The built app in the local host, with what it logged. */
export interface BuiltApp extends LocalHost {
  readonly logs: readonly LogEntry[];
  /** Resolves with the fields of the first record, past or future, of that name that fits. */
  readonly recorded: (name: string, fits?: (fields: Fields) => boolean) => Promise<Fields>;
  /** Resolves with the first line, past or future, that fits. */
  readonly line: (pattern: RegExp) => Promise<LogEntry>;
  /** Calls a route with the function key, unless told otherwise. */
  readonly get: (route: string, key?: string) => Promise<Response>;
  /** Fires a timer by hand. */
  readonly fire: (name: string) => Promise<Response>;
}

/** What a record says. */
type Fields = Readonly<Record<string, unknown>>;

/** What the app is started with. */
export interface BuiltAppOptions {
  readonly storageConnectionString: string;
  readonly settings: Readonly<Record<string, string>>;
}

/**
 * Starts what is deployed, in a folder of its own outside of the project: dist, host.json and package.json, and no packages.
 *
 * Queues are read without the pauses of host.json, so that a poisoned message does not take minutes.
 */
export async function startBuiltApp({ storageConnectionString, settings }: BuiltAppOptions): Promise<BuiltApp> {
  const appRoot = await deploy();
  const logs: LogEntry[] = [];
  const waiting = new Set<() => void>();
  const host = await startLocalHost({
    appRoot,
    port: 0,
    storageConnectionString,
    settings,
    functionKey: FUNCTION_KEY,
    masterKey: MASTER_KEY,
    timers: false,
    onLog: (entry) => {
      logs.push(entry);
      for (const look of waiting) look();
    },
  });

  /** Looks through the log now and after each new line, until something is found. */
  function find<T>(search: (entry: LogEntry) => T | undefined): Promise<T> {
    return new Promise((resolve) => {
      const look = (): void => {
        const found = logs.map(search).find((result) => result !== undefined);
        if (found === undefined) return;
        waiting.delete(look);
        resolve(found);
      };
      waiting.add(look);
      look();
    });
  }

  return {
    ...host,
    logs,
    recorded: (name, fits = () => true) =>
      find(({ message }) => {
        const fields = message.startsWith(`{"record":`) ? fieldsOf(message, name) : undefined;
        return fields !== undefined && fits(fields) ? fields : undefined;
      }),
    line: (pattern) => find((entry) => (pattern.test(entry.message) ? entry : undefined)),
    get: (route, key = FUNCTION_KEY) => fetch(`${host.url}/api/${route}`, { headers: { "x-functions-key": key } }),
    fire: (name) =>
      fetch(`${host.url}/admin/functions/${name}`, {
        method: "POST",
        headers: { "x-functions-key": MASTER_KEY, "content-type": "application/json" },
        body: JSON.stringify({ input: "{}" }),
      }),
    stop: async () => {
      await host.stop();
      await rm(appRoot, { recursive: true });
    },
  };
}

function fieldsOf(message: string, wanted: string): Fields | undefined {
  const { name, fields }: { name: string; fields: Fields } = JSON.parse(message);
  return name === wanted ? fields : undefined;
}

async function deploy(): Promise<string> {
  const appRoot = await mkdtemp(path.join(tmpdir(), "built-app-"));
  for (const name of ["package.json", "dist/functions", "dist/chunks", "dist/dashboard"]) {
    await cp(path.join(ROOT, name), path.join(appRoot, name), { recursive: true });
  }
  const hostJson: { extensions: { queues: object } } = JSON.parse(await readFile(path.join(ROOT, "host.json"), "utf8"));
  const quick = { ...hostJson.extensions.queues, visibilityTimeout: "00:00:00", maxPollingInterval: "00:00:00.100" };
  const extensions = { ...hostJson.extensions, queues: quick };
  await writeFile(path.join(appRoot, "host.json"), JSON.stringify({ ...hostJson, extensions }));
  return appRoot;
}
