/** Levels in rising order; `none` as a limit lets nothing through. */
export const LOG_LEVELS = ["trace", "debug", "information", "warning", "error", "critical", "none"] as const;

/** How grave a line is. */
export type LogLevel = (typeof LOG_LEVELS)[number];

/** One line of the host or of a function. */
export interface LogEntry {
  readonly level: LogLevel;
  /** `Function.<name>.User` for what a function logs, `Function.<name>` for its runs, `Host…` and `Worker` for the rest. */
  readonly category: string;
  readonly message: string;
  readonly functionName?: string;
  readonly invocationId?: string;
}

/** Takes one line. */
export type Log = (entry: LogEntry) => void;

/** The lowest level let through, by category or its beginning; `default` for all else. */
export type LogLimits = Readonly<Record<string, LogLevel>>;

/** Returns a log that passes on what the limits of host.json let through; the longest matching category decides. */
export function filterLog(limits: LogLimits, log: Log): Log {
  return (entry) => {
    if (LOG_LEVELS.indexOf(entry.level) >= LOG_LEVELS.indexOf(limitOf(limits, entry.category))) {
      log(entry);
    }
  };
}

function limitOf(limits: LogLimits, category: string): LogLevel {
  const key = Object.keys(limits)
    .filter((one) => category === one || category.startsWith(`${one}.`))
    .sort((a, b) => b.length - a.length)[0];
  return limits[key ?? "default"] ?? "information";
}

/** Returns the message of anything thrown. */
export function messageOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}
