import { type Answer, type HeaderSet, JSON_TYPE, jsonReply, type Payload, type Trace } from "./answer.ts";
import type { Fault, PagingMode, RetryAfter } from "./fault.schema.ts";
import {
  forbidden,
  graphError,
  invalidToken,
  nestedForbidden,
  throttled,
  unknownSegment,
  unlicensed,
} from "./graph-errors.ts";

/** The request that a fault befalls. */
export interface FaultContext {
  readonly trace: Trace;
  /** The last segment of the path. */
  readonly segment: string;
  /** The roles of which one would be enough. */
  readonly scopes: readonly string[];
  /** What the answer would be without the fault, cut into pages where that is the fault. */
  readonly read: (paging?: PagingMode) => Answer;
}

type FaultKinds = { readonly [F in Fault as F["kind"]]: F };

const JSON_HEADER = { "content-type": JSON_TYPE };
const HTML = { "content-type": "text/html; charset=utf-8" };
const HTML_PAGE =
  "<html><head><title>Simulated gateway</title></head><body><h1>Our services are not available</h1></body></html>";

const SERVER_ERRORS = {
  500: { code: "InternalServerError", message: "An error has occurred." },
  502: { code: "BadGateway", message: "Bad gateway." },
  503: { code: "ServiceUnavailable", message: "The service is temporarily unavailable." },
  504: { code: "GatewayTimeout", message: "The gateway did not receive a response in time." },
};

const FAULTS: { readonly [K in keyof FaultKinds]: (fault: FaultKinds[K], context: FaultContext) => Answer } = {
  throttled: (fault, { trace, segment }) =>
    throttled(trace, { body: fault.body ?? "gateway", segment }, retryHeader(fault.retryAfter, trace)),
  "query-broker": () =>
    jsonReply(500, {
      error: {
        message: "Rate limit reached because of too many requests to query broker. Please retry after sometime.",
      },
    }),
  "server-error": ({ status, html = false, retryAfter }, { trace }) =>
    html
      ? reply(status, HTML_PAGE, { ...HTML, ...retryHeader(retryAfter, trace) })
      : graphError(trace, { status, ...SERVER_ERRORS[status] }, retryHeader(retryAfter, trace)),
  "not-supported": () => jsonReply(501, { error: { code: "NotSupported" } }),
  "not-found": () => jsonReply(404, { error: { code: "NotFound" } }),
  "unknown-segment": (_fault, { trace, segment }) => unknownSegment(trace, segment),
  unlicensed: (_fault, { trace }) => unlicensed(trace),
  forbidden: (fault, { trace, segment, scopes }) => forbidden(trace, segment, fault.body === "no-roles" ? [] : scopes),
  "nested-forbidden": (_fault, { trace, segment }) => nestedForbidden(trace, segment),
  "token-expired": (_fault, { trace }) => invalidToken(trace, "Lifetime validation failed, the token is expired."),
  reset: () => ({ kind: "reset" }),
  "never-ends": (_fault, { read }) =>
    onPayload(read(), (payload) => ({ kind: "unfinished", body: firstHalf(payload) })),
  truncated: (_fault, { read }) => onPayload(read(), (payload) => reply(200, firstHalf(payload), JSON_HEADER)),
  empty: () => reply(200, "", JSON_HEADER),
  html: () => reply(200, HTML_PAGE, HTML),
  "value-not-a-list": (_fault, { read }) =>
    onPayload(read(), (payload) => ({ kind: "payload", payload: withoutList(payload) })),
  "value-wrapped": (_fault, { read }) =>
    onPayload(read(), (payload) => ({ kind: "payload", payload: wrapped(payload) })),
  redirect: (fault) => reply(302, "", { location: fault.location ?? "https://graph.example.com/" }),
  paging: (fault, { read }) => read(fault.mode),
  body: (fault) => reply(fault.status, fault.body, { ...JSON_HEADER, ...fault.headers }),
};

/** Returns the answer that a request with this fault gets. */
export function applyFault(fault: Fault, context: FaultContext): Answer {
  return answerAs(fault.kind, fault, context);
}

function answerAs<K extends keyof FaultKinds>(kind: K, fault: FaultKinds[K], context: FaultContext): Answer {
  return FAULTS[kind](fault, context);
}

function reply(status: number, body: string, headers: HeaderSet): Answer {
  return { kind: "reply", status, body, headers };
}

/** Changes a good answer; an answer that is an error anyway stays as it is. */
function onPayload(answer: Answer, change: (payload: Payload) => Answer): Answer {
  return answer.kind === "payload" ? change(answer.payload) : answer;
}

function firstHalf(payload: Payload): string {
  const text = JSON.stringify(payload);
  return text.slice(0, Math.ceil(text.length / 2));
}

function withoutList(payload: Payload): Payload {
  return { ...payload, ["value" in payload ? "value" : "connectorStatus"]: "not a list" };
}

function wrapped(payload: Payload): Payload {
  const { "@odata.context": context, value, ...entity } = payload;
  return { "@odata.context": context, value: Array.isArray(value) ? (value[0] ?? {}) : entity };
}

function retryHeader(wanted: RetryAfter | undefined, trace: Trace): HeaderSet {
  if (wanted === undefined) {
    return {};
  }
  if ("dateInSeconds" in wanted) {
    return { "retry-after": new Date(trace.nowMs + wanted.dateInSeconds * 1000).toUTCString() };
  }
  return { "retry-after": "text" in wanted ? wanted.text : String(wanted.seconds) };
}
