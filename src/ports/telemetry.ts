/**
 * What is recorded beside a name: words, ids and numbers of the program itself, and the facts of a notification as channels
 * get them, whose names and texts are cleaned and cut.
 *
 * Never a secret, nor an address that holds one, nor any other text from outside: no message of a foreign error, no header,
 * no body.
 */
export type TelemetryFields = Readonly<Record<string, string | number | boolean | undefined>>;

/** One finished call to something outside the process. */
export interface DependencyCall {
  readonly dependency: "graph" | "channel";
  /** Static, in kebab-case: calls are counted by it. */
  readonly operation: string;
  /** Tenant id or channel name. */
  readonly target: string;
  readonly success: boolean;
  readonly durationMs: number;
  /** HTTP status, when there was an answer. */
  readonly status?: number;
  /** A static code of what went wrong. */
  readonly reason?: string;
}

/** Records what the program does, by explicit calls only; recording never throws and never waits. */
export interface Telemetry {
  /** Records something that happened, under a static name. */
  readonly event: (name: string, fields: TelemetryFields) => void;
  /** Records a call to something outside the process. */
  readonly dependency: (call: DependencyCall) => void;
  /** Records an error that nobody else reports. */
  readonly exception: (error: Error, fields: TelemetryFields) => void;
  /** Records a measured value under a static name. */
  readonly metric: (name: string, value: number, fields?: TelemetryFields) => void;
}
