import type { HttpInput, HttpReply } from "./http-types.ts";

/** What is answered, and the part of it that makes two answers the same. */
export interface Answer {
  readonly body: unknown;
  /** The facts under the weak ETag. */
  readonly facts: unknown;
}

/** Makes the 200 of a read, or the 304 when the caller holds the same facts already. */
export function conditionalReply(input: HttpInput, answer: Answer, digest: (text: string) => string): HttpReply {
  const etag = `W/"${digest(JSON.stringify(answer.facts))}"`;
  const headers = { ETag: etag, "Cache-Control": "private, no-cache", Vary: "Accept" };
  if (matches(input.headers.get("if-none-match"), etag)) return { status: 304, headers };
  return {
    status: 200,
    headers: { ...headers, "Content-Type": "application/json", "X-Content-Type-Options": "nosniff" },
    body: JSON.stringify(answer.body),
  };
}

/** Compares weakly, as RFC 9110, section 13.1.2 asks for: `W/` makes no difference. */
function matches(condition: string | null, etag: string): boolean {
  if (condition === null) return false;
  const held = condition.trim() === "*" ? [etag] : (condition.match(/"[^"]*"/g) ?? []);
  return held.some((tag) => etag.endsWith(tag));
}
