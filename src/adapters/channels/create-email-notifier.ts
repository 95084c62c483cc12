import type { Notifier } from "../../ports/notifier.ts";
import type { ChannelDeps } from "./channel-deps.ts";
import type { ChannelSettings } from "./channel-settings.ts";
import { createMailClient, sendMailUrl } from "./create-mail-client.ts";
import { createTextNotifier } from "./create-text-notifier.ts";
import { digestTarget } from "./digest-target.ts";
import { toMailMessage } from "./to-mail-message.ts";

/** Far below the 4 MB that Graph takes of one request; a usual mail has 4 KB. */
const MAX_BODY_BYTES = 512 * 1_024;

/**
 * Makes a notifier that sends mail through Graph from one mailbox. Graph answers 202 when it has taken the mail, which
 * proves no delivery.
 *
 * Source: "user: sendMail", learn.microsoft.com/graph/api/user-sendmail, read 2026-11-22.
 */
export function createEmailNotifier(
  channel: string,
  settings: Extract<ChannelSettings, { type: "email" }>,
  deps: ChannelDeps,
): Notifier {
  const { to } = settings;
  const url = sendMailUrl(settings);
  const request = createMailClient(channel, settings, deps);
  return createTextNotifier(
    {
      channel,
      targetDigest: digestTarget(url, ...to),
      maxBodyBytes: MAX_BODY_BYTES,
      render: (message, maxTextChars) => JSON.stringify(toMailMessage(message, to, maxTextChars)),
      post: (body) => request({ method: "POST", url, body }),
    },
    deps,
  );
}
