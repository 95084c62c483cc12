import type { IncomingMessage, ServerResponse } from "node:http";
import type { RpcHttp, RpcInvocationResponse, RpcNullableString } from "../rpc.ts";

/** What is sent back for a request. */
export interface HttpAnswer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Uint8Array | string;
}

/** A request after routing. */
export interface RoutedRequest {
  readonly url: URL;
  readonly parameters: Readonly<Record<string, string>>;
  readonly body: Uint8Array | undefined;
}

/**
 * Returns a request in the form in which functions get it: header names in lower case, repeated headers and query keys
 * joined by a comma, and without the principal headers that only the platform may set.
 *
 * Source: azure-functions-host, Script.Grpc/MessageExtensions/GrpcMessageConversionExtensions.cs, ToRpcHttp.
 */
export function toRpcHttp(request: IncomingMessage, { url, parameters, body }: RoutedRequest): RpcHttp {
  const headers = pairsOf(request.rawHeaders).filter(([name]) => !/^x-ms-client-principal/i.test(name));
  return {
    url: url.href,
    method: request.method ?? "",
    nullableHeaders: joinValues(headers.map(([name, value]) => [name.toLowerCase(), value])),
    nullableQuery: joinValues([...url.searchParams]),
    nullableParams: joinValues(Object.entries(parameters)),
    ...(body === undefined ? {} : { body: { bytes: body } }),
  };
}

function pairsOf(flat: readonly string[]): readonly (readonly [string, string])[] {
  return flat.flatMap((name, index) => (index % 2 === 0 ? [[name, flat[index + 1] ?? ""] as const] : []));
}

/** Names are equal in any case; the first spelling stays. */
function joinValues(pairs: readonly (readonly [string, string])[]): Readonly<Record<string, RpcNullableString>> {
  const joined = new Map<string, readonly [name: string, value: RpcNullableString]>();
  for (const [name, value] of pairs) {
    const [firstName, first] = joined.get(name.toLowerCase()) ?? [name];
    joined.set(name.toLowerCase(), [firstName, { value: first === undefined ? value : `${first.value},${value}` }]);
  }
  return Object.fromEntries(joined.values());
}

/**
 * Returns the answer that an HTTP function's response stands for: a failure is 500 with an empty body, nothing is 204.
 * @throws {Error} When the response has cookies, which this host does not know.
 */
export function toHttpAnswer({ result, returnValue }: RpcInvocationResponse): HttpAnswer {
  if (result.status === "failure") {
    return { status: 500 };
  }
  const http = returnValue?.http;
  if (http === undefined) {
    return { status: 204 };
  }
  if (http.cookies !== undefined && http.cookies.length > 0) {
    throw new Error("Cannot answer: this host sends no cookies");
  }
  const body = http.body?.bytes;
  return { status: Number(http.statusCode), headers: http.headers ?? {}, ...(body === undefined ? {} : { body }) };
}

const BODILESS: readonly number[] = [204, 205, 304];

/** Sends an answer; the body is left out where the protocol allows none. */
export function sendAnswer(response: ServerResponse, answer: HttpAnswer): void {
  const body = BODILESS.includes(answer.status) ? "" : (answer.body ?? "");
  for (const [name, value] of Object.entries(answer.headers ?? {})) {
    if (!/^(?:connection|content-length|transfer-encoding)$/i.test(name)) {
      response.setHeader(name, value);
    }
  }
  response.statusCode = answer.status;
  if (!BODILESS.includes(answer.status)) {
    response.setHeader("content-length", Buffer.byteLength(body));
  }
  response.end(body);
}
