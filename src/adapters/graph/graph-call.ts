import type { NotAvailableReason, UnreadableReason } from "../../domain/connections/source.ts";

/** One request on its way to Graph. */
export interface GraphCall {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** What came of one request; nothing of an answer but its rows ever gets this far. */
export type GraphOutcome = GraphPage | GraphFailure;

/** One page of rows, as sent. */
interface GraphPage {
  readonly kind: "page";
  readonly status: number;
  readonly rows: readonly unknown[];
  readonly nextLink?: string;
  /** See `SourceRead`. */
  readonly clockSkewMs?: number;
}

/** Why a request brought no page. */
export interface GraphFailure {
  readonly kind: "failed";
  readonly reason: NotAvailableReason | Exclude<UnreadableReason, "vanished" | "suddenly-empty">;
  /** Whether the same request may succeed within the same poll. */
  readonly retryable: boolean;
  /** The least time to wait before that, as Graph wants it. */
  readonly retryAfterMs?: number;
  /** Absent when no answer came. */
  readonly status?: number;
  /** Words safe to show; at most 256 characters. */
  readonly detail?: string;
  /** Whether Graph does not know what was asked for, so that asking in another form may work. */
  readonly unknownHere?: boolean;
  /** See `SourceRead`. */
  readonly clockSkewMs?: number;
}

/** Takes a request to its end. */
export type GraphHandler = (call: GraphCall) => Promise<GraphOutcome>;

/** One link of the chain: does its part around the rest. */
export type GraphMiddleware = (next: GraphHandler) => GraphHandler;

/** When the whole read of a source must be over. */
export interface Deadline {
  /** Epoch milliseconds by the injected clock. */
  readonly atMs: number;
  /** Aborts at the same time, whatever is under way. */
  readonly signal: AbortSignal;
}
