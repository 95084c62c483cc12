import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { LOG_LEVELS, type LogLevel, type LogLimits, messageOf } from "./logs.ts";
import { parseTimeSpan } from "./timers/time-span.ts";

/** How queue triggers and outputs work, from `extensions.queues` of host.json. */
export interface QueueOptions {
  /** Messages received at once, 1 to 32. @default 16 */
  readonly batchSize: number;
  /** New messages are received while no more than this many are at work. @default half of batchSize */
  readonly newBatchThreshold: number;
  /** Longest wait between two looks at an empty queue; at least 100. @default 60000 */
  readonly maxPollingIntervalMs: number;
  /** After so many failed runs a message is poison. @default 5 */
  readonly maxDequeueCount: number;
  /** Wait before a message is tried again after a failed run. @default 0 */
  readonly visibilityTimeoutMs: number;
  /** @default base64 */
  readonly messageEncoding: "base64" | "none";
}

/** What this host takes from host.json. */
export interface HostConfig {
  readonly routePrefix: string;
  readonly queues: QueueOptions;
  /** Absent when unbounded. */
  readonly functionTimeoutMs?: number;
  readonly logLimits: LogLimits;
  /** Whether queue bindings would be there on the real host. */
  readonly hasExtensionBundle: boolean;
}

type Section = Readonly<Record<string, unknown>>;

const MAX_TIMER_MS = 2 ** 31 - 1;

/**
 * Reads host.json of an app folder; unknown keys are ignored, as on the real host.
 * @throws {Error} When the file is missing, is no JSON, or holds a value that the real host would refuse.
 */
export function loadHostConfig(appRoot: string): HostConfig {
  const file = path.join(appRoot, "host.json");
  if (!existsSync(file)) {
    throw new Error(`Cannot start the functions: host.json must stand in the app folder, current folder is ${appRoot}`);
  }
  try {
    return parseHostConfig(JSON.parse(readFileSync(file, "utf8")));
  } catch (cause) {
    throw new Error(`Cannot read host.json: ${messageOf(cause)}`, { cause });
  }
}

/**
 * Reads the parsed content of host.json.
 * @throws {RangeError} When a value is not one that the real host accepts.
 */
export function parseHostConfig(json: unknown): HostConfig {
  const root = toSection(json);
  if (root["version"] !== "2.0") {
    throw new RangeError(`version must be "2.0", current value is ${JSON.stringify(root["version"])}`);
  }
  const extensions = toSection(root["extensions"]);
  const functionTimeoutMs = readFunctionTimeout(root["functionTimeout"]);
  return {
    routePrefix: readText(toSection(extensions["http"]), "routePrefix", "api").replace(/^\/+|\/+$/g, ""),
    queues: parseQueueOptions(toSection(extensions["queues"])),
    ...(functionTimeoutMs === undefined ? {} : { functionTimeoutMs }),
    logLimits: parseLogLimits(toSection(toSection(root["logging"])["logLevel"])),
    hasExtensionBundle: root["extensionBundle"] !== undefined,
  };
}

function toSection(value: unknown): Section {
  return typeof value === "object" && value !== null ? { ...value } : {};
}

function parseQueueOptions(section: Section): QueueOptions {
  const batchSize = readInteger(section, "batchSize", { fallback: 16, min: 1, max: 32 });
  const messageEncoding = readText(section, "messageEncoding", "base64").toLowerCase();
  if (messageEncoding !== "base64" && messageEncoding !== "none") {
    throw new RangeError(`messageEncoding must be base64 or none, current value is ${messageEncoding}`);
  }
  return {
    batchSize,
    newBatchThreshold: readInteger(section, "newBatchThreshold", {
      fallback: Math.floor(batchSize / 2),
      min: 0,
      max: 1e6,
    }),
    maxPollingIntervalMs: readSpan(section, "maxPollingInterval", { fallback: 60_000, min: 100 }),
    maxDequeueCount: readInteger(section, "maxDequeueCount", { fallback: 5, min: 1, max: 1e6 }),
    visibilityTimeoutMs: readSpan(section, "visibilityTimeout", { fallback: 0, min: 0 }),
    messageEncoding,
  };
}

function readText(section: Section, key: string, fallback: string): string {
  const value = section[key] ?? fallback;
  if (typeof value !== "string") {
    throw new RangeError(`${key} must be text, current value is ${JSON.stringify(value)}`);
  }
  return value;
}

interface Bounds {
  readonly fallback: number;
  readonly min: number;
  readonly max: number;
}

function readInteger(section: Section, key: string, { fallback, min, max }: Bounds): number {
  const value = section[key] ?? fallback;
  if (typeof value !== "number" || !Number.isInteger(value) || value < min || value > max) {
    throw new RangeError(
      `${key} must be a whole number from ${min} to ${max}, current value is ${JSON.stringify(value)}`,
    );
  }
  return value;
}

function readSpan(section: Section, key: string, { fallback, min }: Omit<Bounds, "max">): number {
  const value = readText(section, key, "");
  const ms = value === "" ? fallback : parseTimeSpan(value);
  if (ms === undefined || ms < min || ms > MAX_TIMER_MS) {
    throw new RangeError(`${key} must be a time like "00:00:02", at least ${min} ms, current value is ${value}`);
  }
  return ms;
}

function readFunctionTimeout(value: unknown): number | undefined {
  if (value === "-1") {
    return undefined;
  }
  return readSpan({ functionTimeout: value }, "functionTimeout", { fallback: 30 * 60_000, min: 1000 });
}

function parseLogLimits(section: Section): LogLimits {
  const limits = Object.entries(section).map(([category, value]) => {
    const level = String(value).toLowerCase();
    if (!isLogLevel(level)) {
      throw new RangeError(
        `logging.logLevel of ${category} must be one of ${LOG_LEVELS.join(", ")}, current value is ${level}`,
      );
    }
    return [category.toLowerCase() === "default" ? "default" : category, level] as const;
  });
  return Object.fromEntries(limits);
}

function isLogLevel(text: string): text is LogLevel {
  return LOG_LEVELS.some((level) => level === text);
}
