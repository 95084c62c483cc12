import { Client } from "@microsoft/microsoft-graph-client";
import type { GraphHandler, GraphOutcome } from "./graph-call.ts";

/** Asks Graph for one page; a query is sent as it stands. */
export type GraphGet = (request: {
  readonly version: string;
  readonly path: string;
  readonly query?: string;
}) => Promise<GraphOutcome>;

/**
 * Makes a Graph client whose only middleware is our own chain; a request resolves to the outcome of that chain.
 *
 * The middleware of the library is left out: it deletes the token over http, does not retry 500, 502 and lost connections,
 * and may wait for longer than a poll lasts.
 */
export function createGraphClient(graphRoot: string, chain: GraphHandler): Client {
  return Client.initWithMiddleware({
    baseUrl: graphRoot,
    middleware: {
      execute: async (context) => {
        const url = typeof context.request === "string" ? context.request : context.request.url;
        const headers = { accept: "application/json" };
        context.response = Response.json(await chain({ method: context.options?.method ?? "GET", url, headers }));
      },
    },
  });
}

/** Narrows a client of ours to the one thing that reading needs. */
export function getWith(client: Client): GraphGet {
  return async ({ version, path, query = "" }) => {
    const request = client.api(path).version(version);
    const outcome: GraphOutcome = await (query === "" ? request : request.query(query)).get();
    return outcome;
  };
}
