import { once } from "node:events";
import { createServer, type IncomingHttpHeaders, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** One request as it came over the wire. */
export interface WireRequest {
  readonly method: string;
  /** With the query. */
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
}

/** An answer as it goes over the wire, or whatever the function does with the response. */
export type ScriptedAnswer =
  | { readonly status: number; readonly body?: string; readonly headers?: Readonly<Record<string, string>> }
  | ((response: ServerResponse) => void);

/** A loopback server that answers what a function says; for what the simulated Graph does not do. */
export async function startScriptedGraph(answer: (request: WireRequest, count: number) => ScriptedAnswer) {
  const requests: WireRequest[] = [];
  const server = createServer((incoming, response) => {
    const request = { method: incoming.method ?? "", path: incoming.url ?? "", headers: incoming.headers };
    requests.push(request);
    const wanted = answer(request, requests.length);
    response.sendDate = false; // Node would date it by the real clock, which the reader's has nothing to do with.
    if (typeof wanted === "function") wanted(response);
    else response.writeHead(wanted.status, { "content-type": "application/json", ...wanted.headers }).end(wanted.body);
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    requests,
    stop: async (): Promise<void> => {
      const closed = once(server, "close");
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}
