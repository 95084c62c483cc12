import { once } from "node:events";
import { createServer as createPlainServer, type IncomingMessage, type ServerResponse } from "node:http";
import { createServer as createTlsServer } from "node:https";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import type { ReceiverMood } from "../../fakes/fake-notifier.ts";
import { CERTIFICATE, CERTIFICATE_KEY } from "./loopback-certificate.ts";

/** A message that arrived. */
export interface ReceivedPost {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingMessage["headers"];
  readonly body: string;
}

/** Answers a message that arrived whole. */
export type Answer = (response: ServerResponse) => void;

/** A receiver on a free port of the loopback address. */
export interface Receiver {
  readonly port: number;
  readonly received: readonly ReceivedPost[];
  /** Sets the answer to all further messages. */
  readonly answerWith: (answer: Answer) => void;
  /** Closes the server and what is still open. */
  readonly stop: () => Promise<void>;
}

/** How each mood of a receiver looks on the wire. */
export const ANSWERS: Readonly<Record<ReceiverMood, Answer>> = {
  accepts: (response) => response.writeHead(202).end(),
  throttles: (response) => response.writeHead(429, { "retry-after": "120" }).end("slow down"),
  overloaded: (response) => response.writeHead(503).end(),
  refuses: (response) => response.writeHead(404).end(),
  gone: (response) => response.writeHead(410).end(),
  redirects: (response) => response.writeHead(301, { location: "https://elsewhere.example/" }).end(),
  resets: (response) => response.destroy(),
  hangs: () => undefined,
};

/** Starts a receiver that accepts until told otherwise; with `isTls` it shows the certificate of these tests. */
export async function startReceiver({ isTls = false } = {}): Promise<Receiver> {
  const received: ReceivedPost[] = [];
  let answer = ANSWERS.accepts;
  const receive = async (request: IncomingMessage, response: ServerResponse) => {
    const body = await text(request);
    received.push({ method: request.method ?? "", path: request.url ?? "", headers: request.headers, body });
    answer(response);
  };
  const listen = (request: IncomingMessage, response: ServerResponse) => {
    receive(request, response).catch(() => response.destroy());
  };
  const server = isTls
    ? createTlsServer({ cert: CERTIFICATE, key: CERTIFICATE_KEY }, listen)
    : createPlainServer(listen);
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    port: (server.address() as AddressInfo).port,
    received,
    answerWith: (next) => {
      answer = next;
    },
    stop: async () => {
      server.close();
      server.closeAllConnections();
      if (server.listening) await once(server, "close");
    },
  };
}
