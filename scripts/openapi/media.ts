import type { z } from "zod";
import type { ZodOpenApiResponseObject } from "zod-openapi";
import { text } from "./common.schema.ts";

/** Describes an answer in JSON. */
export function json(description: string, schema: z.ZodType): ZodOpenApiResponseObject {
  return { description, content: { "application/json": { schema } } };
}

/** Describes an answer in text; media types with parameters are not told apart by readers, so the type alone is written. */
export function inText(description: string, ...mediaTypes: readonly string[]): ZodOpenApiResponseObject {
  const types = mediaTypes.map((mediaType) => [mediaType.split(";")[0] ?? "", { schema: text }] as const);
  return { description, content: Object.fromEntries(types) };
}
