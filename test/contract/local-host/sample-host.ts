import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import type { LogEntry } from "../../../local/host/logs.ts";
import { type LocalHost, type LocalHostOptions, startLocalHost } from "../../../local/host/start-local-host.ts";

/** Below node_modules, so that the sample finds the installed @azure/functions. */
const SAMPLES = path.resolve(import.meta.dirname, "../../../node_modules/.cache/local-host-samples");

export const FUNCTION_KEY = "function-key";
export const MASTER_KEY = "master-key";

/** A small app for one test. */
export interface Sample {
  /** The entry file, after `const { app, ... } = require("@azure/functions")`; `undefined` leaves it out. */
  readonly code?: string;
  /** Members of host.json beside those that queues need. */
  readonly hostJson?: object;
  readonly packageJson?: object;
  /** Further files by their path. */
  readonly files?: Readonly<Record<string, string>>;
  readonly options?: Partial<LocalHostOptions>;
}

/** A running sample and what it logged. */
export interface SampleHost extends LocalHost {
  readonly logs: readonly LogEntry[];
  /** Resolves with the first line, past or future, whose message fits. */
  readonly line: (pattern: RegExp) => Promise<LogEntry>;
  readonly appRoot: string;
}

/** Writes a sample app to disk and returns its folder. */
function writeSample({ code, hostJson, packageJson, files }: Sample): string {
  mkdirSync(SAMPLES, { recursive: true });
  const appRoot = mkdtempSync(path.join(SAMPLES, "app-"));
  const bundle = { id: "Microsoft.Azure.Functions.ExtensionBundle", version: "[4.*, 5.0.0)" };
  const all = {
    "host.json": JSON.stringify({ version: "2.0", extensionBundle: bundle, ...hostJson }),
    "package.json": JSON.stringify({ name: "sample", main: "entry/*.js", ...packageJson }),
    ...(code === undefined
      ? {}
      : { "entry/main.js": `const { app, output, input } = require("@azure/functions");\n${code}` }),
    ...files,
  };
  for (const [name, content] of Object.entries(all)) {
    mkdirSync(path.dirname(path.join(appRoot, name)), { recursive: true });
    writeFileSync(path.join(appRoot, name), content);
  }
  return appRoot;
}

/** Starts a sample; without storage of its own, timers and queues are off. */
export async function startSample(sample: Sample): Promise<SampleHost> {
  const appRoot = writeSample(sample);
  const logs: LogEntry[] = [];
  const waiting = new Set<(entry: LogEntry) => void>();
  const hasStorage = sample.options?.storageConnectionString !== undefined;
  try {
    const host = await startLocalHost({
      appRoot,
      port: 0,
      storageConnectionString: "UseDevelopmentStorage=true",
      settings: {},
      functionKey: FUNCTION_KEY,
      masterKey: MASTER_KEY,
      onLog: (entry) => {
        logs.push(entry);
        waiting.forEach((take) => take(entry));
      },
      timers: hasStorage,
      queues: hasStorage,
      ...sample.options,
    });
    return {
      ...host,
      logs,
      appRoot,
      line: (pattern) => lineOf(pattern, logs, waiting),
      stop: () => stopSample(host, appRoot),
    };
  } catch (error) {
    rmSync(appRoot, { recursive: true });
    throw error;
  }
}

async function stopSample(host: LocalHost, appRoot: string): Promise<void> {
  await host.stop();
  rmSync(appRoot, { recursive: true, force: true });
}

function lineOf(
  pattern: RegExp,
  logs: readonly LogEntry[],
  waiting: Set<(entry: LogEntry) => void>,
): Promise<LogEntry> {
  const past = logs.find(({ message }) => pattern.test(message));
  if (past !== undefined) {
    return Promise.resolve(past);
  }
  return new Promise((resolve) => {
    const take = (entry: LogEntry): void => {
      if (pattern.test(entry.message)) {
        waiting.delete(take);
        resolve(entry);
      }
    };
    waiting.add(take);
  });
}
