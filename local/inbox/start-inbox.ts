import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { buffer } from "node:stream/consumers";
import { listenOnLoopback, stopServer } from "../graph/loopback-server.ts";
import type { InboxMessage } from "./inbox-message.ts";
import { renderInbox } from "./render-inbox.ts";

const MAX_MESSAGES = 50;
const MAX_BODY_BYTES = 65_536;

/** Headers that are never kept: they carry secrets. */
const SECRET_HEADERS = new Set(["authorization", "proxy-authorization", "cookie"]);

/** What a message is answered with; @default 202 without headers and body */
export interface InboxResponse {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** A running inbox. */
export interface Inbox {
  /** Without a final slash; any path below it takes messages. */
  readonly url: string;
  /** Returns the last 50 messages, oldest first. */
  readonly messages: () => readonly InboxMessage[];
  /** Keeps what came another way, such as mail. */
  readonly keep: (message: Pick<InboxMessage, "path" | "body">) => void;
  /** Lets this answer all further messages, or with undefined 202 again. */
  readonly respondWith: (respond: ((message: InboxMessage) => InboxResponse) | undefined) => void;
  /** Closes the server and all connections. */
  readonly stop: () => Promise<void>;
}

/**
 * Starts a small webhook receiver on 127.0.0.1: POST keeps a message, GET / shows the last 50 as JSON or as a page.
 *
 * `onMessage` is told of each message before it is answered. `nowMs` dates them.
 * @default port a free one, nowMs the real clock
 */
export async function startInbox(
  options: {
    readonly port?: number;
    readonly onMessage?: (message: InboxMessage) => void;
    readonly nowMs?: () => number;
  } = {},
): Promise<Inbox> {
  const { port = 0, onMessage, nowMs = Date.now } = options;
  const messages: InboxMessage[] = [];
  let respond: (message: InboxMessage) => InboxResponse = accept;

  function keep(arrived: Arrival): InboxMessage {
    const message = toMessage(arrived, new Date(nowMs()).toISOString());
    messages.push(message);
    messages.splice(0, messages.length - MAX_MESSAGES);
    onMessage?.(message);
    return message;
  }

  async function receive(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await buffer(request);
    const message = keep({ path: request.url ?? "/", headers: request.headers, body });
    reply(response, respond(message));
  }

  const server = createServer((request, response) => {
    if (request.method === "POST") {
      // A sender that went away, or a caller's function that threw: either way the sender sees a broken connection.
      receive(request, response).catch(() => response.destroy());
    } else {
      reply(response, show(request, messages));
    }
  });
  const url = await listenOnLoopback(server, port);
  return {
    url,
    messages: () => [...messages],
    keep: ({ path, body }) => void keep({ path, headers: {}, body: Buffer.from(body) }),
    respondWith: (next = accept) => {
      respond = next;
    },
    stop: () => stopServer(server),
  };
}

function accept(): InboxResponse {
  return { status: 202 };
}

function show(request: IncomingMessage, messages: readonly InboxMessage[]): InboxResponse {
  if (request.method !== "GET") {
    return { status: 405, headers: { allow: "GET, POST" } };
  }
  if (request.url !== "/") {
    return { status: 404 };
  }
  return request.headers.accept?.includes("text/html") === true
    ? {
        status: 200,
        headers: {
          "content-type": "text/html; charset=utf-8",
          "content-security-policy": "default-src 'none'; style-src 'unsafe-inline'",
        },
        body: renderInbox(messages),
      }
    : { status: 200, headers: { "content-type": "application/json" }, body: JSON.stringify({ messages }) };
}

function reply(response: ServerResponse, { status, headers = {}, body = "" }: InboxResponse): void {
  response.statusCode = status;
  response.setHeaders(new Map(Object.entries(headers)));
  response.end(body);
}

interface Arrival {
  readonly path: string;
  readonly headers: IncomingMessage["headers"];
  readonly body: Buffer;
}

function toMessage({ path, headers, body }: Arrival, receivedAtIso: string): InboxMessage {
  const kept = Object.entries(headers).filter(([name]) => !SECRET_HEADERS.has(name));
  return {
    receivedAtIso,
    path,
    headers: Object.fromEntries(kept.map(([name, value]) => [name, String(value)])),
    body: body.toString("utf8", 0, MAX_BODY_BYTES),
    isCut: body.length > MAX_BODY_BYTES,
  };
}
