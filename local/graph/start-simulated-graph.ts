import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { text } from "node:stream/consumers";
import { gzipSync } from "node:zlib";
import type { Scenario } from "../scenarios/scenario.schema.ts";
import { type Answer, type HeaderSet, JSON_TYPE, jsonReply, type Trace, traceHeaders } from "./answer.ts";
import { answerRequest } from "./answer-request.ts";
import type { Fault, FaultPlace } from "./fault.schema.ts";
import { createFaultBoard } from "./fault-board.ts";
import { listenOnLoopback, stopServer } from "./loopback-server.ts";
import { type Behaviour, DEFAULT_BEHAVIOUR } from "./resources.ts";
import { isSendMail, type SentMail } from "./send-mail.ts";
import { readToken } from "./tokens.ts";

/** How many requests the log keeps: the newest. */
const MAX_LOGGED_REQUESTS = 10_000;

/** One request as logged; never with its token. */
export interface LoggedRequest {
  readonly method: string;
  /** With the query. */
  readonly path: string;
  /** From a good token only. */
  readonly tenantId: string | undefined;
  /** Undefined when the connection was reset instead. */
  readonly status: number | undefined;
}

/** Options of the simulated Graph. */
export interface SimulatedGraphOptions {
  readonly scenario: Scenario;
  /** Epoch ms of the scenario's zero. */
  readonly zeroMs: number;
  /** The virtual clock in epoch ms: it moves the rows and dates the answers; tokens expire by the real one. */
  readonly nowMs: () => number;
  /** @default a free one */
  readonly port?: number;
  /** @default DEFAULT_BEHAVIOUR */
  readonly behaviour?: Partial<Behaviour>;
  /** Is given each mail that was taken, before its answer. @default drops it */
  readonly onMail?: (mail: SentMail) => void;
}

/** A running simulated Graph. */
export interface SimulatedGraph {
  /** The Graph root without a final slash; also the audience that tokens need. */
  readonly url: string;
  /** All requests so far in the order of their answers (the newest 10,000); it grows in place. */
  readonly requests: readonly LoggedRequest[];
  /** Sets, or with undefined clears, the fault of a source or of `sendMail` (`*`: of all) of a tenant (undefined: of all). */
  readonly setFault: (tenantId: string | undefined, place: FaultPlace | "*", fault: Fault | undefined) => void;
  /** Clears the faults set by hand; those of the scenario stay. */
  readonly clearFaults: () => void;
  /** Changes what is named; the rest stays. */
  readonly setBehaviour: (change: Partial<Behaviour>) => void;
  /** Returns the requests that were neither GET nor sent mail: a monitor that makes one has failed. */
  readonly unexpectedMethods: () => readonly LoggedRequest[];
  /** Closes the server and all connections. */
  readonly stop: () => Promise<void>;
}

/** Starts a simulated Microsoft Graph on 127.0.0.1 over plain http. */
export async function startSimulatedGraph(options: SimulatedGraphOptions): Promise<SimulatedGraph> {
  const { scenario, zeroMs, nowMs, port = 0, onMail: deliver = () => undefined } = options;
  let behaviour: Behaviour = { ...DEFAULT_BEHAVIOUR, ...options.behaviour };
  let root = "";
  let count = 0;
  const faults = createFaultBoard();
  const log = createRequestLog();

  function answer(incoming: IncomingMessage, response: ServerResponse, body: string): void {
    count += 1;
    const trace = traceOf(incoming, { count, nowMs: nowMs() });
    const url = URL.parse(`${root}${incoming.url}`) ?? new URL(root);
    const token = readToken(incoming.headers.authorization, root);
    const method = incoming.method ?? "";
    const world = { scenario, zeroMs, faults, behaviour, deliver };
    const given = answerRequest({ method, url, token, trace, body }, world);
    const tenantId = token.kind === "valid" ? token.tenantId : undefined;
    log.add({ method, path: `${url.pathname}${url.search}`, tenantId, status: statusOf(given) });
    send(given, { incoming, response, headers: traceHeaders(trace) });
  }

  const server = createServer((incoming, response) => {
    if (incoming.method === "GET") return answer(incoming, response, "");
    // Nobody waits for an answer whose request broke off.
    void text(incoming).then(
      (body) => answer(incoming, response, body),
      () => response.destroy(),
    );
  });
  root = await listenOnLoopback(server, port);

  return {
    url: root,
    requests: log.requests,
    setFault: faults.set,
    clearFaults: faults.clear,
    setBehaviour(change) {
      behaviour = { ...behaviour, ...change };
    },
    unexpectedMethods: log.unexpectedMethods,
    stop: () => stopServer(server),
  };
}

function createRequestLog() {
  const requests: LoggedRequest[] = [];
  const unexpected: LoggedRequest[] = [];
  return {
    requests,
    add(request: LoggedRequest): void {
      requests.push(request);
      requests.splice(0, requests.length - MAX_LOGGED_REQUESTS);
      if (request.method !== "GET" && !isSendMail(request.method, request.path)) {
        unexpected.push(request);
      }
    },
    unexpectedMethods: (): readonly LoggedRequest[] => [...unexpected],
  };
}

/** Request ids count up, so that runs are alike. */
function traceOf(incoming: IncomingMessage, at: { readonly count: number; readonly nowMs: number }): Trace {
  const requestId = `00000000-0000-4000-8000-${String(at.count).padStart(12, "0")}`;
  const sent = incoming.headers["client-request-id"];
  return { requestId, clientRequestId: typeof sent === "string" ? sent : requestId, nowMs: at.nowMs };
}

function statusOf(answer: Answer): number | undefined {
  switch (answer.kind) {
    case "reply":
      return answer.status;
    case "reset":
      return undefined;
    case "payload":
    case "unfinished":
      return 200;
  }
}

interface Exchange {
  readonly incoming: IncomingMessage;
  readonly response: ServerResponse;
  readonly headers: HeaderSet;
}

function send(answer: Answer, exchange: Exchange): void {
  const { incoming, response, headers } = exchange;
  switch (answer.kind) {
    case "payload":
      send(jsonReply(200, answer.payload), exchange);
      return;
    case "reset":
      incoming.socket.resetAndDestroy();
      return;
    case "unfinished":
      response.writeHead(200, { ...headers, "content-type": JSON_TYPE }).write(answer.body);
      return;
    case "reply":
      sendReply(answer, exchange);
  }
}

function sendReply({ status, body, headers }: Extract<Answer, { kind: "reply" }>, exchange: Exchange): void {
  const { incoming, response } = exchange;
  const isZipped = body !== "" && String(incoming.headers["accept-encoding"]).includes("gzip");
  const all = { ...exchange.headers, ...headers, ...(isZipped ? { "content-encoding": "gzip" } : {}) };
  response.statusCode = status;
  response.setHeaders(new Map(Object.entries(all)));
  response.end(isZipped ? gzipSync(body) : body);
}
