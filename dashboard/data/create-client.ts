import type { Keys } from "./session-keys.ts";

/** Why there is no answer. */
export interface Failure {
  readonly kind: "unauthorized" | "forbidden" | "missing" | "conflict" | "bad" | "unavailable" | "offline" | "failed";
  /** For a person. */
  readonly message: string;
  /** What is wrong with which parameter, where the API says so. */
  readonly errors?: readonly ParameterFault[];
}

/** What is wrong with one parameter of a query, or member of a body. */
export interface ParameterFault {
  readonly parameter: string;
  readonly message: string;
}

/** What a read came to; `same` means that the body answered before still holds. */
export type Answer =
  | { readonly kind: "new"; readonly body: unknown }
  | { readonly kind: "same" }
  | { readonly kind: "failed"; readonly failure: Failure };

/** What a write came to. */
export type Outcome =
  | { readonly kind: "done"; readonly body: unknown }
  | { readonly kind: "failed"; readonly failure: Failure };

/** An order to write. */
export interface Order {
  readonly method: "POST" | "PUT" | "DELETE";
  readonly path: string;
  readonly body: Readonly<Record<string, unknown>>;
}

/** The API, as the page calls it. */
export interface Client {
  /** Reads by ETag: an answer that has not changed is not sent again. */
  readonly read: (path: string) => Promise<Answer>;
  /** Forgets the ETag of an address: its next answer comes whole. */
  readonly forget: (path: string) => void;
  readonly write: (order: Order) => Promise<Outcome>;
  /** Reads a file as text, with its name where the server gives one. */
  readonly download: (
    path: string,
  ) => Promise<{ readonly text: string; readonly type: string; readonly name: string | undefined } | Failure>;
  /** The server's time: ages must not depend on this machine's clock. */
  readonly nowMs: () => number;
}

/** What the client works with. */
export interface ClientDeps {
  readonly fetch: (path: string, init: RequestInit) => Promise<Response>;
  readonly clockMs: () => number;
  /** Says when to wait for what is read no longer. */
  readonly deadline: () => AbortSignal;
  /** Without a slash at its end. */
  readonly root: string;
  readonly keys: Keys;
}

/** Below it, a difference between two clocks is the time that the answer was on its way. */
const CLOCK_TOLERANCE_MS = 5_000;

const KINDS: Readonly<Record<number, Failure["kind"]>> = {
  400: "bad",
  401: "unauthorized",
  403: "forbidden",
  404: "missing",
  405: "missing",
  409: "conflict",
  429: "unavailable",
  503: "unavailable",
};

const MESSAGES: Readonly<Record<Failure["kind"], string>> = {
  unauthorized: "The function key is not accepted.",
  forbidden: "Writes are not allowed with this key.",
  missing: "There is nothing here.",
  conflict: "It has changed meanwhile.",
  bad: "The request cannot be used.",
  unavailable: "The monitor cannot answer now.",
  offline: "The monitor cannot be reached.",
  failed: "The monitor failed to answer; its log has the reason.",
};

/** Makes the client of one session: keys travel in headers alone. */
export function createClient(deps: ClientDeps): Client {
  const {
    deadline,
    keys: { writeKey },
  } = deps;
  const { send, nowMs }: Sender = createSender(deps);
  const etags = new Map<string, string>();
  return {
    nowMs,
    async read(path) {
      const known = etags.get(path);
      const headers = known === undefined ? {} : { "if-none-match": known };
      const reply = await send(path, { headers, signal: deadline() });
      if ("kind" in reply) return { kind: "failed", failure: reply };
      if (reply.status === 304) return { kind: "same" };
      const body = parseJson(reply.text);
      if (body === undefined) return { kind: "failed", failure: { kind: "failed", message: MESSAGES.failed } };
      const etag = reply.headers.get("etag");
      if (etag !== null) etags.set(path, etag);
      return { kind: "new", body };
    },
    forget: (path) => void etags.delete(path),
    async write({ method, path, body }) {
      const headers = {
        "content-type": "application/json",
        ...(writeKey !== "" && { "x-monitor-write-key": writeKey }),
      };
      const reply = await send(path, { method, headers, body: JSON.stringify(body) });
      return "kind" in reply ? { kind: "failed", failure: reply } : { kind: "done", body: parseJson(reply.text) };
    },
    async download(path) {
      const reply = await send(path, { headers: {} });
      if ("kind" in reply) return reply;
      const name = /filename="([^"]+)"/.exec(reply.headers.get("content-disposition") ?? "")?.[1];
      return { text: reply.text, type: reply.headers.get("content-type") ?? "text/plain", name };
    },
  };
}

interface Sender {
  readonly nowMs: () => number;
  readonly send: (path: string, init: Init) => Promise<Reply | Failure>;
}

/** An answer that arrived whole. */
interface Reply {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

/** What is sent beside the key. */
interface Init {
  readonly method?: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly signal?: AbortSignal;
}

/** Sends with the key, and learns the server's time from each answer; one that breaks off is none. */
function createSender({ fetch, clockMs, root, keys }: ClientDeps): Sender {
  let skewMs = 0;
  return {
    nowMs: () => clockMs() + skewMs,
    async send(path, { headers, ...init }) {
      const all = { "x-functions-key": keys.functionKey, ...headers };
      const answer = await fetch(`${root}/${path}`, {
        ...init,
        headers: all,
        cache: "no-store",
        redirect: "error",
      })
        .then(async (response) => ({ response, text: await response.text() }))
        .catch(() => undefined);
      if (answer === undefined) return { kind: "offline", message: MESSAGES.offline };
      const { response, text } = answer;
      const differenceMs = Date.parse(response.headers.get("date") ?? "") - clockMs();
      if (Number.isFinite(differenceMs)) skewMs = Math.abs(differenceMs) > CLOCK_TOLERANCE_MS ? differenceMs : 0;
      const { ok, status, headers: sent } = response;
      return ok || status === 304 ? { status, headers: sent, text } : toFailure(status, text);
    },
  };
}

/** A problem says in words what is wrong, down to the parameter. */
function toFailure(status: number, text: string): Failure {
  const kind = KINDS[status] ?? "failed";
  const problem: Problem = Object(parseJson(text));
  const { errors = [], detail = MESSAGES[kind] } = problem;
  if (errors.length === 0) return { kind, message: detail };
  return { kind, message: errors.map(({ parameter, message }) => `${parameter} ${message}`).join("; "), errors };
}

interface Problem {
  readonly detail?: string;
  readonly errors?: readonly ParameterFault[];
}

/** Reads a text as JSON; undefined when it is none. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
