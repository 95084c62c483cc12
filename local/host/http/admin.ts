import type { IncomingMessage } from "node:http";
import type { AppFunction, AuthLevel } from "../index-functions.ts";
import type { HttpAnswer } from "./rpc-http.ts";

/** What the admin endpoints show and do. */
export interface AdminApi {
  readonly hostId: string;
  readonly functions: readonly AppFunction[];
  /** Runs a function in the background, with a text in the place of its trigger's data. */
  readonly fire: (fn: AppFunction, input: string) => void;
}

/** A request below `/admin/`. */
export interface AdminRequest {
  readonly request: IncomingMessage;
  readonly path: string;
  readonly level: AuthLevel;
}

const MAX_INPUT_BYTES = 1_000_000;

/**
 * Answers the admin endpoints of the host that are of use here; all but the ping ask for the master key.
 *
 * Source: azure-functions-host, WebHost/Controllers/HostController.cs and FunctionsController.cs.
 */
export async function answerAdmin(api: AdminApi, { request, path, level }: AdminRequest): Promise<HttpAnswer> {
  const endpoint = `${request.method} ${path.toLowerCase().replace(/\/$/, "")}`;
  if (/^(?:GET|POST) \/admin\/host\/ping$/.test(endpoint)) {
    return { status: 200 };
  }
  const isCall = /^POST \/admin\/functions\/[^/]+$/.test(endpoint);
  if (!isCall && endpoint !== "GET /admin/host/status" && endpoint !== "GET /admin/functions") {
    return { status: 404 };
  }
  if (level !== "admin") {
    return { status: 401 };
  }
  if (isCall) {
    return fireByHand(api, endpoint.replace(/^.*\//, ""), request);
  }
  return endpoint === "GET /admin/functions"
    ? json(api.functions.map(describeFunction))
    : json({ id: api.hostId, state: "Running", version: "local", processUptime: process.uptime() * 1000 });
}

async function fireByHand(api: AdminApi, name: string, request: IncomingMessage): Promise<HttpAnswer> {
  const fn = api.functions.find((one) => one.name.toLowerCase() === name);
  if (fn === undefined) {
    return { status: 404 };
  }
  const input = await readInput(request);
  if (input === undefined || fn.type === "http") {
    const body = 'Send {"input":"..."} as JSON; functions with an HTTP trigger are called by their route';
    return { status: 400, body };
  }
  api.fire(fn, input);
  return { status: 202 };
}

/** Returns the `input` of the body, an empty one when it has none, `undefined` when the body is no JSON object. */
async function readInput(request: IncomingMessage): Promise<string | undefined> {
  if (Number(request.headers["content-length"] ?? 0) > MAX_INPUT_BYTES) {
    return undefined;
  }
  try {
    const body: { readonly input?: unknown } | null = JSON.parse(Buffer.concat(await request.toArray()).toString());
    return typeof body === "object" && body !== null ? toText(body.input) : undefined;
  } catch {
    return undefined;
  }
}

function toText(input: unknown): string {
  return typeof input === "string" ? input : (JSON.stringify(input) ?? "");
}

function describeFunction({ name, bindings, isDisabled }: AppFunction): object {
  return { name, language: "node", isDisabled, config: { bindings: Object.values(bindings) } };
}

function json(value: unknown): HttpAnswer {
  return { status: 200, headers: { "content-type": "application/json; charset=utf-8" }, body: JSON.stringify(value) };
}
