import type { Notifier } from "../../ports/notifier.ts";
import type { ChannelDeps } from "./channel-deps.ts";
import type { ChannelSettings } from "./channel-settings.ts";
import { createTextNotifier, type TextMessage } from "./create-text-notifier.ts";
import { digestTarget } from "./digest-target.ts";
import { httpPost } from "./http-post.ts";
import { toSlackMessage } from "./to-slack-message.ts";

/**
 * All blocks together may not be longer than somewhat under 12,000 characters, a limit that is not published; a usual
 * message has 3 KB.
 *
 * Source: github.com/slackapi/bolt-js issues 2509 and 2867, read 2026-11-22.
 */
const MAX_BODY_BYTES = 10 * 1_024;

const HEADERS = { "content-type": "application/json; charset=utf-8" };

/**
 * Makes a notifier that posts messages as blocks to an incoming webhook of Slack, which answers 200, or 400, 403, 404 or
 * 410, which are final, or 429 with Retry-After or 500, which are to be tried again.
 *
 * Source: Slack, "Improving error conditions for incoming webhooks",
 * api.slack.com/changelog/2016-05-17-changes-to-errors-for-incoming-webhooks; "Rate limits",
 * docs.slack.dev/apis/web-api/rate-limits; read 2026-11-22.
 */
export function createSlackNotifier(
  channel: string,
  settings: Extract<ChannelSettings, { type: "slack" }>,
  deps: ChannelDeps,
): Notifier {
  const post = (body: string) => httpPost(deps, { channel, target: settings, headers: HEADERS, body });
  return createTextNotifier(
    { channel, targetDigest: digestTarget(settings.url), maxBodyBytes: MAX_BODY_BYTES, render, post },
    deps,
  );
}

function render({ text }: TextMessage, maxTextChars: number): string {
  return JSON.stringify(toSlackMessage(text, maxTextChars));
}
