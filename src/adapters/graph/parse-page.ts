import { isRecord } from "./parse-json.ts";
import type { SourceForm } from "./source-endpoints.ts";

type PageShape = Pick<SourceForm, "property" | "isEntity">;

/** The rows of one answer; `absent` when it holds none of what was asked for, `malformed` when it holds something else. */
export type ParsedPage =
  | { readonly kind: "rows"; readonly rows: readonly unknown[]; readonly nextLink?: string }
  | { readonly kind: "absent" }
  | { readonly kind: "malformed" };

/**
 * Takes the rows out of the JSON of a successful answer.
 *
 * Rows are the array `value`, or an array property of an entity. The documentation wraps a single entity as
 * `{ "value": { … } }` and Graph does not: both are read.
 * @param body Anything that JSON can say, or undefined for a text that is no JSON.
 */
export function parsePage(body: unknown, shape: PageShape): ParsedPage {
  if (!isRecord(body)) return { kind: "malformed" };
  const property = shape.property ?? "value";
  const entity = isRecord(body["value"]) ? body["value"] : body;
  const list = listIn(body, "value") ?? listIn(entity, property);
  if (list !== undefined) return list;
  if (entity !== body && shape.isEntity !== true) return { kind: "rows", rows: [entity] };
  return { kind: isNothing(entity["value"]) && isNothing(entity[property]) ? "absent" : "malformed" };
}

function listIn(entity: Readonly<Record<string, unknown>>, property: string): ParsedPage | undefined {
  const rows: unknown = entity[property];
  if (!Array.isArray(rows)) return undefined;
  const nextLink = entity[property === "value" ? "@odata.nextLink" : `${property}@odata.nextLink`] ?? undefined;
  if (nextLink === undefined) return { kind: "rows", rows };
  return typeof nextLink === "string" ? { kind: "rows", rows, nextLink } : { kind: "malformed" };
}

function isNothing(value: unknown): boolean {
  return value === undefined || value === null;
}
