/** What is known about a failed call to something outside the process; texts from outside are never part of it. */
export interface DependencyFailure {
  readonly dependency: "graph" | "tables" | "queues" | "identity" | "channel";
  /** The operation in kebab-case, static: failures are counted by it. */
  readonly operation: string;
  /** Whether the same call may succeed later, decided by the adapter that knows the protocol. */
  readonly retryable: boolean;
  readonly status?: number;
  readonly retryAfterMs?: number;
  readonly cause?: unknown;
}

/** Says that Graph, a table, a queue or a channel failed in a way that the caller cannot treat as data; thrown by adapters only. */
export class DependencyError extends Error {
  readonly failure: DependencyFailure;

  constructor(message: string, failure: DependencyFailure) {
    super(message, { cause: failure.cause });
    this.name = "DependencyError";
    this.failure = failure;
  }
}

/** One setting that cannot be used. */
export interface ConfigProblem {
  /** The setting's name or the path inside the configuration, such as `tenants[0].id`. */
  readonly setting: string;
  /** What was expected; never the current value, which may be a secret. */
  readonly expected: string;
}

/** Says that settings are wrong: every problem at once, by name and expectation, without any value. */
export class ConfigError extends Error {
  readonly problems: readonly ConfigProblem[];

  constructor(problems: readonly ConfigProblem[]) {
    super(`Cannot start: ${problems.map(({ setting, expected }) => `${setting} must be ${expected}`).join("; ")}`);
    this.name = "ConfigError";
    this.problems = problems;
  }
}

/** Says that the program broke a promise of its own; a bug, never bad input. */
export class InvariantError extends Error {
  constructor(message: string) {
    super(message);
    this.name = "InvariantError";
  }
}

/** Says that others kept writing the same rows; the same work may succeed later. */
export class ContentionError extends Error {
  constructor(message: string) {
    super(message);
    this.name = "ContentionError";
  }
}
