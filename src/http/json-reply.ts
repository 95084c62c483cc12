import type { HttpReply } from "./http-types.ts";

/** Makes the reply to a write, which nobody may keep. */
export function jsonReply(status: 200 | 201 | 202, body: unknown): HttpReply {
  return {
    status,
    headers: {
      "Content-Type": "application/json",
      "Cache-Control": "no-store",
      "X-Content-Type-Options": "nosniff",
    },
    body: JSON.stringify(body),
  };
}

/** The reply to a write that leaves nothing to show. */
export const NO_CONTENT: HttpReply = { status: 204, headers: { "Cache-Control": "no-store" } };
