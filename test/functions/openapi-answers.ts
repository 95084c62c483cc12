import { z } from "zod";

type Json = z.core.JSONSchema.BaseSchema;

/** The part of an OpenAPI document that says what is answered. */
export interface OpenapiDocument {
  readonly paths: Readonly<Record<string, Readonly<Record<string, OpenapiOperation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, Json>> };
}

/** One method of one route. */
export interface OpenapiOperation {
  readonly operationId: string;
  readonly security: readonly Readonly<Record<string, unknown>>[];
  readonly parameters?: readonly { readonly in: string; readonly name: string }[];
  readonly requestBody?: unknown;
  readonly responses: Readonly<
    Record<string, { readonly content?: Readonly<Record<string, { readonly schema: Json }>> }>
  >;
}

/** An operation with its address. */
export interface AddressedOperation extends OpenapiOperation {
  readonly method: string;
  readonly path: string;
}

/** Lists the operations of a document. */
export function operationsOf({ paths }: OpenapiDocument): readonly AddressedOperation[] {
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ ...operation, method: method.toUpperCase(), path })),
  );
}

/** Says what is wrong with a real answer by the document: its status, media type or body; undefined when nothing is. */
export async function faultOf(
  document: OpenapiDocument,
  operation: OpenapiOperation,
  answer: Response,
): Promise<string | undefined> {
  const documented = operation.responses[String(answer.status)];
  if (documented === undefined) return `the status ${answer.status} is not documented: ${await answer.text()}`;
  const body = await answer.text();
  if (documented.content === undefined) return body === "" ? undefined : "a body is not documented";
  const mediaType = answer.headers.get("content-type")?.split(";")[0] ?? "";
  const schema = documented.content[mediaType]?.schema;
  if (schema === undefined) return `the media type '${mediaType}' is not documented`;
  const value: unknown = /[/+]json$/.test(mediaType) ? JSON.parse(body) : body;
  const checked = toZod(document, schema).safeParse(value);
  return checked.success ? undefined : `${z.prettifyError(checked.error)}\nin ${body}`;
}

/** OpenAPI 3.1 is JSON Schema, but for the place where what is used again stands. */
function toZod({ components }: OpenapiDocument, schema: Json): z.ZodType {
  const whole = JSON.stringify({ ...schema, $defs: components.schemas }).replaceAll(
    "#/components/schemas/",
    "#/$defs/",
  );
  return z.fromJSONSchema(JSON.parse(whole));
}
