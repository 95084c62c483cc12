/** A request as the routes see it, free of the host. */
export interface HttpInput {
  readonly method: string;
  /** Absolute; may hold a key in `code`, so it is never echoed. */
  readonly url: string;
  /** The host joins the values of a repeated key by `,`. */
  readonly query: URLSearchParams;
  readonly headers: { readonly get: (name: string) => string | null };
  readonly params: Readonly<Record<string, string>>;
  /** Reads the body, once. */
  readonly text: () => Promise<string>;
  /** Names this call in the log; shown to the caller as `traceId` of a problem. */
  readonly invocationId: string;
}

/** A reply as the host takes it. */
export interface HttpReply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** Bytes are sent as they are. */
  readonly body?: string | Uint8Array<ArrayBuffer>;
}

/** What a request is about, or the reply that says why it cannot be answered. */
export type Asked<Subject> =
  | (Subject & { readonly kind: "found" })
  | { readonly kind: "refused"; readonly reply: HttpReply };

/** Answers one route; throws only what `serve` turns into a problem. */
export type Route = (input: HttpInput) => Promise<HttpReply>;
