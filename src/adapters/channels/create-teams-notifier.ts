import type { Notifier } from "../../ports/notifier.ts";
import type { ChannelDeps } from "./channel-deps.ts";
import type { ChannelSettings } from "./channel-settings.ts";
import { createTextNotifier, type TextMessage } from "./create-text-notifier.ts";
import { digestTarget } from "./digest-target.ts";
import { httpPost } from "./http-post.ts";
import { toAdaptiveCard } from "./to-adaptive-card.ts";

/**
 * A workflow accepts any body and drops a card that is too large only later, unseen. The documented limit is "about
 * 28 KB", others measured less, and a usual card has 3 KB.
 *
 * Source: Microsoft Teams connector, "Known issues and limitations", learn.microsoft.com/connectors/teams, read 2026-11-22.
 */
const MAX_BODY_BYTES = 20 * 1_024;

const HEADERS = { "content-type": "application/json; charset=utf-8" };

/** Makes a notifier that posts messages as Adaptive Cards to a workflow of Teams. */
export function createTeamsNotifier(
  channel: string,
  settings: Extract<ChannelSettings, { type: "teams" }>,
  deps: ChannelDeps,
): Notifier {
  const post = (body: string) => httpPost(deps, { channel, target: settings, headers: HEADERS, body });
  return createTextNotifier(
    { channel, targetDigest: digestTarget(settings.url), maxBodyBytes: MAX_BODY_BYTES, render, post },
    deps,
  );
}

function render({ text }: TextMessage, maxTextChars: number): string {
  const content = toAdaptiveCard(text, maxTextChars);
  const contentType = "application/vnd.microsoft.card.adaptive";
  return JSON.stringify({ type: "message", attachments: [{ contentType, contentUrl: null, content }] });
}
