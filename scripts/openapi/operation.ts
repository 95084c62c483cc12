import { z } from "zod";
import type { ZodOpenApiOperationObject, ZodOpenApiResponseObject, ZodOpenApiResponsesObject } from "zod-openapi";
import { problem } from "./common.schema.ts";

/** One method of one route, as it is told to readers. */
export interface Operation {
  readonly method: "get" | "post" | "put" | "delete";
  /** Below `/api`, without a slash in front, as the host registers it. */
  readonly route: string;
  readonly id: string;
  readonly summary: string;
  readonly tag: "state" | "history" | "feeds" | "writes" | "service";
  /** `nobody` needs no key, `reader` a function key, `writer` the right to write beside it. */
  readonly access: "nobody" | "reader" | "writer";
  readonly path?: z.ZodObject;
  readonly query: z.ZodObject;
  readonly body?: z.ZodType;
  /** What is answered when all is well, by status. */
  readonly answers: Readonly<Record<number, ZodOpenApiResponseObject>>;
  /** Statuses of problems that this operation alone has. */
  readonly problems?: readonly (keyof typeof PROBLEMS)[];
  /** Set where the answer carries an ETag that can be asked with. */
  readonly isConditional?: boolean;
}

/** A function key opens what is not anonymous, in a header or in the query; what writes needs the right to write too. */
const SECURITY: Readonly<Record<Operation["access"], Record<string, string[]>[]>> = {
  nobody: [],
  reader: [{ functionKey: [] }, { functionKeyInQuery: [] }],
  writer: [
    { functionKey: [], writeKey: [] },
    { functionKeyInQuery: [], writeKey: [] },
    { functionKey: [], operatorRole: [] },
  ],
};

const PROBLEMS = {
  400: "The query or the body cannot be used; `errors` names each part that cannot.",
  403: "The caller may not write; `detail` says what a write needs.",
  404: "There is no such tenant, or nothing of that name.",
  409: "The present state does not allow it; `detail` says why.",
  413: "The body is too long.",
  429: "Asked again too soon; `Retry-After` says when.",
  500: "It cannot be done, now or later; the log has the reason under `traceId`.",
  503: "Settings are wrong, or storage does not answer; `Retry-After` says when to ask again.",
} as const;

/** Writes an operation as OpenAPI has it. */
export function toOpenapi(operation: Operation): ZodOpenApiOperationObject {
  const { id, summary, tag, access, path, query, body } = operation;
  const hasQuery = Object.keys(query.shape).length > 0;
  return {
    operationId: id,
    summary,
    tags: [tag],
    security: SECURITY[access],
    requestParams: {
      ...(path === undefined ? {} : { path }),
      ...(hasQuery ? { query } : {}),
      ...(operation.isConditional === true ? { header: z.object({ "If-None-Match": etagCondition }) } : {}),
    },
    ...(body === undefined ? {} : { requestBody: { content: { "application/json": { schema: body } } } }),
    responses: responsesOf(operation),
  };
}

const etagCondition = z.string().optional().meta({ description: "The ETag of an answer that the caller holds." });

function responsesOf({ access, answers, problems = [], isConditional }: Operation): ZodOpenApiResponsesObject {
  const responses: Record<string, ZodOpenApiResponseObject> = { ...answers };
  if (isConditional === true) responses["304"] = { description: "Nothing has changed." };
  if (access !== "nobody")
    responses["401"] = { description: "The function key is missing or wrong; the body is empty." };
  for (const status of problemsOf(access, problems)) {
    responses[status] = {
      description: PROBLEMS[status],
      content: { "application/problem+json": { schema: problem } },
    };
  }
  return responses;
}

function problemsOf(
  access: Operation["access"],
  own: readonly (keyof typeof PROBLEMS)[],
): readonly (keyof typeof PROBLEMS)[] {
  if (access === "nobody") return [400, ...own];
  return [400, 500, 503, ...(access === "writer" ? ([403, 413] as const) : []), ...own];
}
