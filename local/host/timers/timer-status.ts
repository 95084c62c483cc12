import { createHash } from "node:crypto";
import { hostname } from "node:os";
import { BlobServiceClient, RestError } from "@azure/storage-blob";
import { NEVER_MS } from "./ncrontab.ts";
import type { TimerStatus } from "./timer-decisions.ts";

/** Keeps what timers remember, where the real host keeps it. */
export interface TimerStatusStore {
  /** Returns the status of a function, `undefined` when none was written. */
  read(functionName: string): Promise<TimerStatus | undefined>;
  write(functionName: string, status: TimerStatus): Promise<void>;
}

/** A timer status as functions and the status blob show it. */
export interface StatusJson {
  readonly Last: string;
  readonly Next: string;
  readonly LastUpdated: string;
}

/** .NET's oldest time, which stands for "not yet", and its latest, which stands for "never". */
const NOT_YET = "0001-01-01T00:00:00";
const NEVER = "9999-12-31T23:59:59.9999999+00:00";

/**
 * Returns a store of blobs `timers/<hostId>/Host.Functions.<name>/status` in the container `azure-webjobs-hosts`.
 *
 * Source: azure-webjobs-sdk-extensions, WebJobs.Extensions.Timers.Storage/StorageScheduleMonitor.cs.
 */
export function createTimerStatusStore(connectionString: string, hostId: string): TimerStatusStore {
  const container = BlobServiceClient.fromConnectionString(connectionString).getContainerClient("azure-webjobs-hosts");
  const blobOf = (name: string) => container.getBlockBlobClient(`timers/${hostId}/Host.Functions.${name}/status`);
  return {
    async read(functionName) {
      try {
        return fromStatusJson((await blobOf(functionName).downloadToBuffer()).toString());
      } catch (error) {
        if (error instanceof RestError && error.statusCode === 404) {
          return undefined;
        }
        throw error;
      }
    },
    async write(functionName, status) {
      const text = JSON.stringify(toStatusJson(status));
      await container.createIfNotExists();
      await blobOf(functionName).upload(text, Buffer.byteLength(text));
    },
  };
}

/** Returns the id under which this machine keeps the timers of an app folder: at most 32 letters, digits and dashes. */
export function hostIdOf(appRoot: string): string {
  const machine = hostname()
    .toLowerCase()
    .replace(/[^a-z0-9]/g, "")
    .slice(0, 21);
  return `${machine}-${createHash("sha256").update(appRoot).digest("hex").slice(0, 10)}`;
}

/** Returns a status in the form that the real host writes. */
export function toStatusJson({ lastMs, nextMs, lastUpdatedMs }: TimerStatus): StatusJson {
  return {
    Last: lastMs === undefined ? NOT_YET : toTime(lastMs),
    Next: toTime(nextMs),
    LastUpdated: toTime(lastUpdatedMs),
  };
}

function toTime(ms: number): string {
  return ms === NEVER_MS ? NEVER : new Date(ms).toISOString().replace("Z", "+00:00");
}

/** Reads a status in the form that the real host writes; `undefined` when the text is something else. */
export function fromStatusJson(text: string): TimerStatus | undefined {
  const [last, next, lastUpdated] = ["Last", "Next", "LastUpdated"].map((name) => timeOf(text, name));
  if (next === undefined || lastUpdated === undefined) {
    return undefined;
  }
  return { ...(last === undefined ? {} : { lastMs: last }), nextMs: next, lastUpdatedMs: lastUpdated };
}

function timeOf(json: string, name: string): number | undefined {
  const time = new RegExp(`"${name}":\\s*"([^"]+)"`).exec(json)?.[1] ?? NOT_YET;
  const ms = Date.parse(time);
  return time.startsWith(NOT_YET) || Number.isNaN(ms) ? undefined : ms;
}
