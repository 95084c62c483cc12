import { AsyncLocalStorage } from "node:async_hooks";
import type { Telemetry } from "../../ports/telemetry.ts";
import { type TelemetryRecord, type TelemetrySink, toTelemetry } from "./telemetry-record.ts";
import { toLogLine } from "./to-log-line.ts";

/** Writes one line to the log of the running invocation, as an error or as information. */
export type Log = (line: string, isError: boolean) => void;

/** Somewhere outside to send records to, and a way to have all of them sent. */
export interface Exporter {
  readonly sink: TelemetrySink;
  readonly flush: () => Promise<void>;
}

/** The telemetry of the process: it writes to the log of whichever invocation records, and to an exporter when there is one. */
export interface TelemetryHub {
  readonly telemetry: Telemetry;
  /** Does work whose records go to this log; then loads the exporter, so that no caller waits for that. */
  readonly during: <T>(log: Log, work: () => Promise<T>) => Promise<T>;
  /** Has everything sent that the exporter still holds. */
  readonly flush: () => Promise<void>;
}

/** How many records wait for the exporter at most; those beyond are in the log alone. */
const MAX_WAITING = 1_000;

/**
 * Makes the hub.
 *
 * The exporter takes over 100 ms to load, so it is loaded when the first work is done; what is recorded until then waits
 * for it. With an exporter, calls and metrics go to it alone: the host sends the log to the same place. An exporter that
 * cannot be loaded, or throws, is done without, and the next work says so.
 * @param loadExporter Absent when nothing is to be exported.
 */
export function createTelemetryHub(loadExporter?: () => Promise<Exporter>): TelemetryHub {
  const logs = new AsyncLocalStorage<Log>();
  const outlet = createOutlet(loadExporter);

  const telemetry = toTelemetry((record) => {
    if (outlet.state() !== "expected" || isForPeople(record)) {
      logs.getStore()?.(toLogLine(record), record.kind === "exception");
    }
    outlet.take(record);
  });
  const work = async <T>(task: () => Promise<T>): Promise<T> => {
    if (outlet.state() === "failed") telemetry.event("ExporterNotLoaded", {});
    try {
      return await task();
    } finally {
      outlet.load();
    }
  };
  return { telemetry, during: (log, task) => logs.run(log, work, task), flush: outlet.flush };
}

/** The way to the exporter; nothing here throws, whatever the exporter does with a record. */
function createOutlet(loadExporter: (() => Promise<Exporter>) | undefined) {
  const waiting: TelemetryRecord[] = [];
  let state: "none" | "expected" | "failed" = loadExporter === undefined ? "none" : "expected";
  let exporter: Exporter | undefined;
  let loading: Promise<void> | undefined;

  const send = (record: TelemetryRecord): void => {
    try {
      exporter?.sink(record);
    } catch {
      exporter = undefined;
      state = "failed";
    }
  };
  const load = async (): Promise<void> => {
    try {
      exporter = await loadExporter?.();
    } catch {
      state = "failed";
    }
    for (const record of waiting.splice(0)) send(record);
  };
  return {
    state: () => state,
    take(record: TelemetryRecord): void {
      if (exporter !== undefined) send(record);
      else if (state === "expected" && waiting.length < MAX_WAITING) waiting.push(record);
    },
    load(): void {
      loading ??= load();
    },
    flush: async (): Promise<void> => {
      await loading;
      await exporter?.flush();
    },
  };
}

function isForPeople(record: TelemetryRecord): boolean {
  return record.kind === "event" || record.kind === "exception";
}
