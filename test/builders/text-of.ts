import type { HttpReply } from "../../src/http/http-types.ts";

/** The body of a reply in text; empty when there is none. */
export function textOf({ body = "" }: HttpReply): string {
  return typeof body === "string" ? body : new TextDecoder().decode(body);
}
