/** One value on its way to or from a function; exactly one member is set. Source: azure-functions-host, FunctionRpc.proto. */
export interface RpcTypedData {
  readonly string?: string;
  readonly json?: string;
  readonly bytes?: Uint8Array;
  readonly int?: number;
  readonly double?: number;
  readonly http?: RpcHttp;
}

/** A string that may be empty. */
export interface RpcNullableString {
  readonly value: string;
}

/** An HTTP request (`url`, `method`, `nullable…`) or response (`statusCode`, `headers`, `cookies`). */
export interface RpcHttp {
  readonly url?: string;
  readonly method?: string;
  readonly nullableHeaders?: Readonly<Record<string, RpcNullableString>>;
  readonly nullableQuery?: Readonly<Record<string, RpcNullableString>>;
  readonly nullableParams?: Readonly<Record<string, RpcNullableString>>;
  readonly statusCode?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly cookies?: readonly unknown[];
  readonly body?: RpcTypedData | null;
}

/** A call of one function. */
export interface RpcInvocationRequest {
  readonly invocationId: string;
  readonly functionId: string;
  readonly inputData: readonly { readonly name: string; readonly data: RpcTypedData }[];
  readonly triggerMetadata: Readonly<Record<string, RpcTypedData>>;
  readonly traceContext: {
    readonly traceParent: string;
    readonly traceState: string;
    readonly attributes: Readonly<Record<string, string>>;
  };
}

/** The outcome of a call. */
export interface RpcInvocationResponse {
  readonly invocationId: string;
  readonly outputData?: readonly { readonly name: string; readonly data: RpcTypedData }[];
  readonly returnValue?: RpcTypedData | null;
  readonly result: RpcResult;
}

/** Whether a call succeeded. */
type RpcResult =
  | { readonly status: "success" }
  | { readonly status: "failure"; readonly exception: { readonly message: string; readonly stackTrace?: string } };

/** One binding as the app registered it; the options differ by type. */
export interface RpcBinding {
  readonly type: string;
  readonly direction: "in" | "out";
  readonly [option: string]: unknown;
}

/** A function as the app registered it. */
export interface FunctionMetadata {
  readonly name: string;
  readonly bindings: Readonly<Record<string, RpcBinding>>;
  readonly retryOptions?: unknown;
}

/** Returns the answer to a call that did not succeed. */
export function failedResponse(invocationId: string, message: string, stackTrace?: string): RpcInvocationResponse {
  const exception = stackTrace === undefined ? { message } : { message, stackTrace };
  return { invocationId, result: { status: "failure", exception } };
}
