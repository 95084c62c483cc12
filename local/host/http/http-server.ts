import { once } from "node:events";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { type Log, messageOf } from "../logs.ts";
import { type HttpAnswer, sendAnswer } from "./rpc-http.ts";

/** Answers one request. */
export type Answerer = (request: IncomingMessage) => Promise<HttpAnswer>;

/** An HTTP server on 127.0.0.1. */
export interface HttpServer {
  /** Without a slash at its end. */
  readonly url: string;
  /** Changes who answers from now on; before the first call every request gets 503. */
  serve(answer: Answerer): void;
  /** Takes no further connection and resolves when all answers are out. */
  drain(): Promise<void>;
  /** Cuts all connections. */
  close(): void;
}

/** Answers while no app runs. */
export const answerUnavailable: Answerer = () =>
  Promise.resolve({ status: 503, body: "Function host is not running." });

/**
 * Opens a server on a port, 0 for any free one.
 * @throws {Error} When the port is in use or may not be used.
 */
export async function openHttpServer(port: number, log: Log): Promise<HttpServer> {
  let answer = answerUnavailable;
  const atWork = new Set<Promise<void>>();
  const server = createServer((request, response) => {
    const work = respond(request, response, { answering: answer(request), log }).finally(() => atWork.delete(work));
    atWork.add(work);
  });
  await listen(server, port);
  const address = server.address();
  return {
    url: `http://127.0.0.1:${typeof address === "object" && address !== null ? address.port : port}`,
    serve(next) {
      answer = next;
    },
    async drain() {
      server.close();
      await Promise.all(atWork);
    },
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}

async function listen(server: Server, port: number): Promise<void> {
  server.listen(port, "127.0.0.1");
  try {
    await once(server, "listening");
  } catch (cause) {
    const isTaken = cause instanceof Error && "code" in cause && cause.code === "EADDRINUSE";
    const reason = isTaken ? "the port is in use" : messageOf(cause);
    throw new Error(`Cannot listen on 127.0.0.1:${port}: ${reason}`, { cause });
  }
}

async function respond(
  request: IncomingMessage,
  response: ServerResponse,
  { answering, log }: { readonly answering: Promise<HttpAnswer>; readonly log: Log },
): Promise<void> {
  const closed = new Promise((resolve) => response.once("close", resolve));
  try {
    sendAnswer(response, await answering);
  } catch (error) {
    log({ level: "error", category: "Host.Http", message: `Cannot answer ${request.method}: ${messageOf(error)}` });
    response.statusCode = 500;
    response.end();
  }
  await closed;
}
