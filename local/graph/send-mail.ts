import { z } from "zod";
import type { Answer, Trace } from "./answer.ts";
import { accessDenied, unreadableBody } from "./graph-errors.ts";

/** A mail that the simulated Graph has taken. */
export interface SentMail {
  /** The path that it was posted to, which names the mailbox that sends. */
  readonly path: string;
  /** The JSON, as it was sent. */
  readonly body: string;
}

/** The role that sending mail takes. Source: "user: sendMail", learn.microsoft.com/graph/api/user-sendmail, read 2026-11-22. */
export const SEND_SCOPES: readonly string[] = ["Mail.Send"];

const mailSchema = z.object({
  message: z.object({
    subject: z.string(),
    body: z.object({ contentType: z.enum(["HTML", "Text"]), content: z.string() }),
    toRecipients: z.array(z.object({ emailAddress: z.object({ address: z.email() }) })).min(1),
  }),
});

/** Says whether a request is the one write that a monitor may make: a POST to the sendMail of a mailbox, without a query. */
export function isSendMail(method: string, path: string): boolean {
  return method === "POST" && /^\/v1\.0\/users\/[^/?]+\/sendMail$/.test(path);
}

/** Takes a mail and answers 202 without a body; 403 without the role, 400 when it is no mail to anybody. */
export function answerSendMail(
  { path, body, trace }: SentMail & { readonly trace: Trace },
  roles: readonly string[],
  deliver: (mail: SentMail) => void,
): Answer {
  if (!roles.some((role) => SEND_SCOPES.includes(role))) return accessDenied(trace);
  if (!isMail(body)) return unreadableBody(trace);
  deliver({ path, body });
  return { kind: "reply", status: 202, body: "", headers: {} };
}

function isMail(body: string): boolean {
  try {
    return mailSchema.safeParse(JSON.parse(body)).success;
  } catch {
    return false;
  }
}
