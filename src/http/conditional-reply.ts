import type { HttpInput, HttpReply } from "./http-types.ts";

/** What is answered, and the part of it that makes two answers the same. */
export interface Answer {
  /** Sent as JSON; with a media type it must be a text of that type. */
  readonly body: unknown;
  /** @default application/json */
  readonly mediaType?: string;
  /** Suggested when the answer is kept as a file. */
  readonly fileName?: string;
  /** The facts under the weak ETag. */
  readonly facts: unknown;
}

/** Makes the 200 of a read, or the 304 when the caller holds the same facts already. */
export function conditionalReply(input: HttpInput, answer: Answer, digest: (text: string) => string): HttpReply {
  const etag = `W/"${digest(JSON.stringify(answer.facts))}"`;
  const headers = { ETag: etag, "Cache-Control": "private, no-cache", Vary: "Accept" };
  if (matchesTag(input.headers.get("if-none-match"), etag)) return { status: 304, headers };
  const { body, mediaType, fileName } = answer;
  const disposition = fileName === undefined ? {} : { "Content-Disposition": `attachment; filename="${fileName}"` };
  return {
    status: 200,
    headers: {
      ...headers,
      "Content-Type": mediaType ?? "application/json",
      "X-Content-Type-Options": "nosniff",
      ...disposition,
    },
    body: mediaType === undefined ? JSON.stringify(body) : String(body),
  };
}

/** Says whether an `If-None-Match` names a tag; compares weakly, as RFC 9110, section 13.1.2 asks for: `W/` makes no difference. */
export function matchesTag(condition: string | null, etag: string): boolean {
  if (condition === null) return false;
  const held = condition.trim() === "*" ? [etag] : (condition.match(/"[^"]*"/g) ?? []);
  return held.some((tag) => etag.endsWith(tag));
}
