/** A JSON object of an answer. */
export type Payload = Readonly<Record<string, unknown>>;

/** What the server does with a request. */
export type Answer =
  /** 200 with this object: the only answer that a fault of shape can still change. */
  | { readonly kind: "payload"; readonly payload: Payload }
  /** This status, text and headers. */
  | { readonly kind: "reply"; readonly status: number; readonly body: string; readonly headers: HeaderSet }
  /** The connection is reset. */
  | { readonly kind: "reset" }
  /** 200 and this text, then nothing more. */
  | { readonly kind: "unfinished"; readonly body: string };

/** Header names with their values. */
export type HeaderSet = Readonly<Record<string, string>>;

/** The marks of one request that its answer repeats; `nowMs` is the virtual clock. */
export interface Trace {
  readonly requestId: string;
  readonly clientRequestId: string;
  readonly nowMs: number;
}

/** Graph's content type for data. Source: reference/graph.md section 8. */
export const JSON_TYPE =
  "application/json;odata.metadata=minimal;odata.streaming=true;IEEE754Compatible=false;charset=utf-8";

/** Returns a reply with JSON, errors among them. */
export function jsonReply(status: number, payload: Payload, headers: HeaderSet = {}): Answer {
  return { kind: "reply", status, body: JSON.stringify(payload), headers: { "content-type": JSON_TYPE, ...headers } };
}

/** Returns the headers that every answer carries. Source: reference/graph.md section 8. */
export function traceHeaders(trace: Trace): HeaderSet {
  return {
    date: new Date(trace.nowMs).toUTCString(),
    "request-id": trace.requestId,
    "client-request-id": trace.clientRequestId,
    "x-ms-ags-diagnostic": JSON.stringify({
      ServerInfo: { DataCenter: "Simulated", Slice: "E", Ring: "1", ScaleUnit: "000", RoleInstance: "SIM00000000" },
    }),
  };
}
