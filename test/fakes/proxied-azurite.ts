import { Buffer } from "node:buffer";
import { once } from "node:events";
import http from "node:http";
import type { AddressInfo } from "node:net";
import { startAzurite } from "../../local/storage/start-azurite.ts";

/** A service of a storage account. */
export type StorageService = "table" | "queue";

/** A request that came through the proxy. */
export interface ProxiedRequest {
  readonly service: StorageService;
  readonly method: string;
  /** Path with query, as sent; `/$batch` ends the path of a transaction. */
  readonly path: string;
  /** The body as text, such as the operations of a transaction. */
  readonly body: string;
}

/** Something that goes wrong between client and service. */
export interface StorageFault {
  /**
   * - `throttle`: 503 Server Busy; the service sees nothing.
   * - `forbid`: 403 AuthorizationFailure, as for a wrong key; the service sees nothing.
   * - `refuse`: the connection is reset; the service sees nothing.
   * - `lose-answer`: the service does its work, then the connection is reset: the write has landed, the client cannot know.
   * - `hang`: no answer until the client gives up; the service sees nothing.
   * - `empty-page`: a query is answered by no rows and a continuation token; with the token it is answered as ever.
   */
  readonly kind: "throttle" | "forbid" | "refuse" | "lose-answer" | "hang" | "empty-page";
  /** How many requests it hits. @default 1 */
  readonly times?: number;
  /** Which requests it hits. @default all; for `empty-page` all queries */
  readonly matches?: (request: ProxiedRequest) => boolean;
}

/** A storage emulator behind a loopback proxy that counts requests and lets some of them fail. */
export interface ProxiedAzurite {
  /** By way of the proxy. */
  readonly connectionString: string;
  /** Past the proxy: what goes this way is neither counted nor fails. */
  readonly direct: { readonly connectionString: string };
  /** All requests since the start or the last `reset`, retries of the client included, in the order they came. */
  readonly requests: () => readonly ProxiedRequest[];
  /** Arms a fault; faults armed earlier come first. */
  readonly inject: (fault: StorageFault) => void;
  /** How many hits of armed faults are still to come: 0 shows that every planned fault happened. */
  readonly pending: () => number;
  /** Forgets all requests and armed faults. */
  readonly reset: () => void;
  /** Stops the proxy, then the emulator. */
  readonly stop: () => Promise<void>;
}

interface Armed {
  readonly kind: StorageFault["kind"];
  readonly matches: (request: ProxiedRequest) => boolean;
  times: number;
}

/** Decides what happens to a request; undefined lets it pass. */
type Judge = (request: ProxiedRequest) => StorageFault["kind"] | undefined;

interface Answer {
  readonly status: number;
  readonly headers: http.IncomingHttpHeaders;
  readonly body: string | Buffer;
}

/**
 * Starts Azurite and a proxy for its table and queue endpoints. Requests go on unchanged, signature included: it covers the
 * path and not the host.
 *
 * @example
 * const azurite = await startProxiedAzurite();
 * const { monitorStore } = createTableStorage({ connection: azurite, retryDelayMs: 1 });
 * azurite.inject({ kind: "lose-answer", matches: ({ path }) => path.endsWith("$batch") });
 * await monitorStore.commit(tenantId, transaction); // "conflict", and yet it is written
 */
export async function startProxiedAzurite(): Promise<ProxiedAzurite> {
  const azurite = await startAzurite();
  const { connectionString } = azurite;
  const requests: ProxiedRequest[] = [];
  const faults: Armed[] = [];
  const judge: Judge = (request) => {
    requests.push(request);
    const fault = faults.find(({ times, matches }) => times > 0 && matches(request));
    if (fault !== undefined) fault.times -= 1;
    return fault?.kind;
  };
  const servers = await Promise.all([
    startServer("table", endpointOf(connectionString, "TableEndpoint"), judge),
    startServer("queue", endpointOf(connectionString, "QueueEndpoint"), judge),
  ]);

  return {
    connectionString: servers.reduce((text, { from, to }) => text.replace(from, to), connectionString),
    direct: { connectionString },
    requests: () => [...requests],
    inject: ({ kind, times = 1, matches = kind === "empty-page" ? isQuery : () => true }) => {
      faults.push({ kind, times, matches });
    },
    pending: () => faults.reduce((sum, { times }) => sum + times, 0),
    reset: () => {
      requests.length = 0;
      faults.length = 0;
    },
    stop: async () => {
      await Promise.all(servers.map(({ stop }) => stop()));
      await azurite.stop();
    },
  };
}

function endpointOf(connectionString: string, name: string): URL {
  const [, address] = new RegExp(`${name}=(http:[^;]+)`).exec(connectionString) ?? [];
  if (address === undefined) throw new Error(`Cannot start the proxy: a plain HTTP address is wanted as ${name}`);
  return new URL(address);
}

function isQuery({ method, path }: ProxiedRequest): boolean {
  return method === "GET" && path.includes("$filter");
}

interface ProxyServer {
  readonly from: string;
  readonly to: string;
  readonly stop: () => Promise<void>;
}

async function startServer(service: StorageService, { host, hostname, port }: URL, judge: Judge): Promise<ProxyServer> {
  const agent = new http.Agent({ keepAlive: true });
  const resumed = new Map<string, string>();
  const pathOf = (url: string): string => resumed.get(tokenOf(url)) ?? url;
  const forward = (incoming: http.IncomingMessage, path: string, body: Buffer): Promise<Answer> =>
    ask({ agent, hostname, port, path, method: incoming.method, headers: incoming.headers }, body);

  const handle = async (incoming: http.IncomingMessage, outgoing: http.ServerResponse): Promise<void> => {
    const { method = "GET", url = "/" } = incoming;
    const path = pathOf(url);
    const body = await readBody(incoming);
    const verdict = judge({ service, method, path: url, body: body.toString() });
    switch (verdict) {
      case undefined:
        return send(outgoing, await forward(incoming, path, body));
      case "throttle":
      case "forbid":
        return send(outgoing, REFUSALS[verdict]);
      case "lose-answer":
        await forward(incoming, path, body);
        return void incoming.socket.destroy();
      case "refuse":
        return void incoming.socket.destroy();
      case "empty-page": {
        const token = `made-up-${resumed.size}`;
        resumed.set(token, path);
        return send(outgoing, emptyPage(token));
      }
      case "hang":
        return undefined;
    }
  };
  const server = http.createServer((incoming, outgoing) => {
    handle(incoming, outgoing).catch(() => incoming.socket.destroy());
  });
  await once(server.listen(0, "127.0.0.1"), "listening");

  return {
    from: host,
    to: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    stop: async () => {
      server.closeAllConnections();
      server.close();
      agent.destroy();
      await once(server, "close");
    },
  };
}

const REFUSALS = { throttle: toError(503, "ServerBusy"), forbid: toError(403, "AuthorizationFailure") };

function toError(status: number, code: string): Answer {
  const error = { "odata.error": { code, message: { lang: "en-US", value: "It cannot be done." } } };
  return {
    status,
    headers: { "content-type": "application/json", "x-ms-error-code": code },
    body: JSON.stringify(error),
  };
}

function emptyPage(token: string): Answer {
  return {
    status: 200,
    headers: {
      "content-type": "application/json;odata=minimalmetadata",
      "x-ms-continuation-NextPartitionKey": token,
      "x-ms-continuation-NextRowKey": token,
    },
    body: '{"value":[]}',
  };
}

function tokenOf(path: string): string {
  return new URL(path, "http://proxy").searchParams.get("NextPartitionKey") ?? "";
}

async function readBody(message: http.IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

async function ask(options: http.RequestOptions, body: Buffer): Promise<Answer> {
  const request = http.request(options).end(body);
  const [response] = (await once(request, "response")) as [http.IncomingMessage];
  return { status: response.statusCode ?? 500, headers: response.headers, body: await readBody(response) };
}

function send(outgoing: http.ServerResponse, { status, headers, body }: Answer): void {
  const { "transfer-encoding": _, ...kept } = headers;
  outgoing.writeHead(status, { ...kept, "content-length": Buffer.byteLength(body) }).end(body);
}
