import { createHmac } from "node:crypto";
import { SECOND_MS } from "../../domain/units.ts";

/** What a signature covers. */
export interface SignedMessage {
  readonly id: string;
  /** When this attempt is made: a receiver refuses a message that is too old. */
  readonly sentAtMs: number;
  readonly body: string;
}

/**
 * Returns the three headers of Standard Webhooks with one HMAC-SHA256 signature a key, so that keys can be changed over.
 *
 * @param secrets Keys as `whsec_` and base64; the prefix may be missing. Without any, the signature header is left out.
 * Source: Standard Webhooks 1.0.0, github.com/standard-webhooks/standard-webhooks, spec/standard-webhooks.md, read 2026-11-22.
 */
export function signWebhook(
  { id, sentAtMs, body }: SignedMessage,
  secrets: readonly string[],
): Readonly<Record<string, string>> {
  const timestamp = String(Math.floor(sentAtMs / SECOND_MS));
  const signatures = secrets.map((secret) => {
    const key = Buffer.from(secret.replace(/^whsec_/, ""), "base64");
    return `v1,${createHmac("sha256", key).update(`${id}.${timestamp}.${body}`).digest("base64")}`;
  });
  return {
    "webhook-id": id,
    "webhook-timestamp": timestamp,
    ...(signatures.length === 0 ? {} : { "webhook-signature": signatures.join(" ") }),
  };
}
