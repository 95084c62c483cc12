import { defined } from "../../domain/defined.ts";
import { describeMissingPermission } from "./describe-missing-permission.ts";
import type { GraphFailure, GraphOutcome } from "./graph-call.ts";
import { type GraphError, parseGraphError } from "./parse-graph-error.ts";
import { parseJson } from "./parse-json.ts";
import { parsePage } from "./parse-page.ts";
import type { SourceForm } from "./source-endpoints.ts";

/** One answer of Graph, complete. */
export interface GraphAnswer {
  readonly status: number;
  readonly retryAfterMs?: number;
  /** Undefined when the body is larger than we take. */
  readonly text: string | undefined;
}

/** What was asked for. */
export interface AnswerContext {
  readonly form: SourceForm;
  /** The least privileged permission for it. */
  readonly permission: string;
}

interface ErrorAnswer extends GraphError {
  readonly status: number;
  readonly retryAfterMs: number | undefined;
}

type Verdict = Pick<GraphFailure, "reason" | "retryable" | "unknownHere">;

/** The first sign that fits decides. Source: reference/graph.md section 9, which says where each was seen. */
const VERDICTS: readonly (readonly [fits: (answer: ErrorAnswer) => boolean, verdict: Verdict])[] = [
  [({ status, innerCode }) => status === 401 && innerCode === "Forbidden", { reason: "forbidden", retryable: false }],
  [({ status }) => status === 401, { reason: "unauthorized", retryable: false }],
  [({ status, code }) => status === 403 && code !== undefined, { reason: "forbidden", retryable: false }],
  [isUnlicensed, { reason: "unlicensed", retryable: false }],
  [isUnknownHere, { reason: "not-found", retryable: false, unknownHere: true }],
  [({ status, code }) => status === 501 && code === "NotSupported", { reason: "not-supported", retryable: false }],
  [isThrottled, { reason: "throttled", retryable: true }],
  [({ status }) => [500, 502, 503, 504].includes(status), { reason: "unavailable", retryable: true }],
];

const UNKNOWN: Verdict = { reason: "unavailable", retryable: false };

/** Turns an answer into its rows or a named reason; no text of an error leaves this function but names of permissions. */
export function classifyAnswer(answer: GraphAnswer, context: AnswerContext): GraphOutcome {
  const isGood = answer.status >= 200 && answer.status <= 299;
  return isGood ? classifyPage(answer, context.form) : classifyError(answer, context.permission);
}

function classifyPage({ status, text }: GraphAnswer, form: SourceForm): GraphOutcome {
  const malformed = { kind: "failed", reason: "malformed", status } as const;
  if (text === undefined) return { ...malformed, retryable: false, detail: "The answer is too large" };
  const page = parsePage(parseJson(text), form);
  if (page.kind === "rows") return { ...page, kind: "page", status };
  return page.kind === "absent" && form.property !== undefined
    ? { kind: "failed", reason: "not-found", retryable: false, status, unknownHere: true }
    : { ...malformed, retryable: true, detail: "The answer holds no list" };
}

function classifyError({ status, retryAfterMs, text = "" }: GraphAnswer, permission: string): GraphFailure {
  const error: ErrorAnswer = { ...parseGraphError(parseJson(text)), status, retryAfterMs };
  const verdict = VERDICTS.find(([fits]) => fits(error))?.[1] ?? UNKNOWN;
  const detail = verdict.reason === "forbidden" ? describeMissingPermission(error.message, permission) : undefined;
  const wait = verdict.retryable ? retryAfterMs : undefined;
  return { kind: "failed", ...verdict, status, ...defined({ detail, retryAfterMs: wait }) };
}

function isUnlicensed({ status, message }: ErrorAnswer): boolean {
  return status === 400 && message.includes("Request not applicable to target tenant");
}

function isUnknownHere({ status, code, message }: ErrorAnswer): boolean {
  if (status === 404 && code === "NotFound") return true;
  const isDrift = /Resource not found for the segment|Could not find a property named/.test(message);
  return isDrift && (status === 400 || status === 404);
}

function isThrottled({ status, message, retryAfterMs }: ErrorAnswer): boolean {
  if (status === 500) return message.includes("too many requests to query broker");
  return status === 429 || (status === 503 && retryAfterMs !== undefined);
}
