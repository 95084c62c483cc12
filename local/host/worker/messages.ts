import type { LogLevel } from "../logs.ts";
import type { FunctionMetadata, RpcInvocationRequest, RpcInvocationResponse } from "../rpc.ts";

/** What the host tells the worker process. */
export type ToWorker =
  | { readonly kind: "invoke"; readonly callId: number; readonly name: string; readonly request: RpcInvocationRequest }
  | { readonly kind: "terminate" };

/** What the worker process tells the host. */
export type FromWorker =
  | { readonly kind: "ready"; readonly functions: readonly FunctionMetadata[] }
  | { readonly kind: "unusable"; readonly message: string }
  | { readonly kind: "answer"; readonly callId: number; readonly response: RpcInvocationResponse }
  | { readonly kind: "log"; readonly entry: WorkerLog }
  | { readonly kind: "terminated" };

/** One line that the programming model or a handler logged. */
export interface WorkerLog {
  readonly level: LogLevel;
  readonly category: string;
  readonly message: string;
  readonly functionName?: string;
  readonly invocationId?: string;
}
