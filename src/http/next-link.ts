import type { HttpInput } from "./http-types.ts";

/** By what name the outside knows this app. */
export interface LinkSettings {
  /** Its origin stands at the head of all links. @default the request's own */
  readonly publicUrl?: string;
}

/** Makes the absolute address of another page of the same route. */
export function toNextLink(input: HttpInput, parameters: URLSearchParams, { publicUrl }: LinkSettings): string {
  const requested = new URL(input.url);
  const link = new URL(new URL(publicUrl ?? requested).origin);
  link.pathname = requested.pathname;
  link.search = parameters.toString();
  return link.href;
}
