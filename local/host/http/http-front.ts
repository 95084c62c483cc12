import type { IncomingMessage } from "node:http";
import type { HttpFunction } from "../index-functions.ts";
import { createInvocation } from "../invocation.ts";
import type { RpcInvocationRequest, RpcInvocationResponse } from "../rpc.ts";
import { type AdminApi, answerAdmin } from "./admin.ts";
import { type HostKeys, isAllowed, levelOf } from "./keys.ts";
import { matchRoute } from "./route-template.ts";
import { type HttpAnswer, toHttpAnswer, toRpcHttp } from "./rpc-http.ts";

/** What the HTTP front works with. */
export interface HttpFrontDeps {
  /** In the order in which their routes are tried. */
  readonly functions: readonly HttpFunction[];
  readonly keys: HostKeys;
  readonly execute: (name: string, request: RpcInvocationRequest) => Promise<RpcInvocationResponse>;
  readonly admin: AdminApi;
  /** Longest request body in bytes. */
  readonly maxBodyBytes: number;
  /** Whether `/` answers 204 instead of a page. */
  readonly isHomepageDisabled: boolean;
}

/**
 * Answers a request as the host does: admin endpoints, then the first function whose route and methods fit, else 404.
 *
 * A key is checked before anything else is told about a function, and its body is read last.
 */
export async function answerRequest(deps: HttpFrontDeps, request: IncomingMessage): Promise<HttpAnswer> {
  const url = urlOf(request);
  if (url === undefined) {
    return { status: 400 };
  }
  const level = levelOf(keyOf(request, url), deps.keys);
  if (/^\/admin\//i.test(url.pathname)) {
    return answerAdmin(deps.admin, { request, path: url.pathname, level });
  }
  const found = findFunction(deps.functions, request.method ?? "", url.pathname);
  if (found === undefined) {
    return url.pathname === "/" ? homepage(deps) : { status: 404 };
  }
  if (!isAllowed(level, found.fn.authLevel)) {
    return { status: 401 };
  }
  return found.fn.isDisabled && level !== "admin" ? { status: 404 } : call(deps, found, { request, url });
}

function keyOf(request: IncomingMessage, url: URL): string | null {
  return request.headers["x-functions-key"]?.toString() ?? url.searchParams.get("code");
}

async function call(
  { execute, maxBodyBytes }: HttpFrontDeps,
  { fn, parameters }: FoundFunction,
  { request, url }: { readonly request: IncomingMessage; readonly url: URL },
): Promise<HttpAnswer> {
  const body = await readBody(request, maxBodyBytes);
  if (body === "too-long") {
    return { status: 413 };
  }
  const http = toRpcHttp(request, { url, parameters, body });
  const traceParent = request.headers["traceparent"]?.toString();
  return toHttpAnswer(await execute(fn.name, createInvocation(fn, { data: { http }, traceParent })));
}

/** `undefined` for a request line or host header from which no address can be made. */
function urlOf(request: IncomingMessage): URL | undefined {
  const address = `http://${request.headers.host ?? "127.0.0.1"}${request.url ?? ""}`;
  return request.url?.startsWith("/") && URL.canParse(address) ? new URL(address) : undefined;
}

interface FoundFunction {
  readonly fn: HttpFunction;
  readonly parameters: Readonly<Record<string, string>>;
}

function findFunction(functions: readonly HttpFunction[], method: string, path: string): FoundFunction | undefined {
  for (const fn of functions) {
    const parameters = fn.methods.includes(method) ? matchRoute(fn.template, path) : undefined;
    if (parameters !== undefined) {
      return { fn, parameters };
    }
  }
  return undefined;
}

/** As on the real host, a body without a Content-Length is not handed to the function. */
async function readBody(request: IncomingMessage, maxBytes: number): Promise<Uint8Array | "too-long" | undefined> {
  const length = Number(request.headers["content-length"] ?? 0);
  if (length > maxBytes) {
    return "too-long";
  }
  return length > 0 ? Buffer.concat(await request.toArray()) : undefined;
}

function homepage({ isHomepageDisabled }: HttpFrontDeps): HttpAnswer {
  const text = "This local Azure Functions host is up and running.\n";
  return isHomepageDisabled ? { status: 204 } : { status: 200, headers: { "content-type": "text/plain" }, body: text };
}
