import type { Notifier } from "../../ports/notifier.ts";
import type { ChannelDeps } from "./channel-deps.ts";
import type { ChannelSettings } from "./channel-settings.ts";
import { fitPayload } from "./fit-payload.ts";
import { httpPost } from "./http-post.ts";
import { toPagerdutyEvent } from "./to-pagerduty-event.ts";

/** The limit is "512 KB", taken as the smaller of the two readings. */
const MAX_BODY_BYTES = 512_000;

/**
 * Makes a notifier that posts each notification to the Events API v2, which answers 202, or 400, which is final, or 429 or
 * 5xx, which are to be tried again.
 *
 * Source: PagerDuty, "Events API v2 Overview", "Response Codes & Retry Logic" and "Size Limits",
 * github.com/PagerDuty/developer-docs, docs/events-API-v2/01-Overview.md, read 2026-11-22.
 */
export function createPagerdutyNotifier(
  channel: string,
  settings: Extract<ChannelSettings, { type: "pagerduty" }>,
  deps: ChannelDeps,
): Notifier {
  return {
    send: (notification) => {
      const links = deps.linksOf(notification.facts);
      const body = fitPayload((chars) => {
        const event = toPagerdutyEvent(notification, links, chars);
        return JSON.stringify({ routing_key: settings.routingKey, ...event });
      }, MAX_BODY_BYTES);
      const headers = { "content-type": "application/json; charset=utf-8" };
      return httpPost(deps, { channel, target: settings, headers, body });
    },
  };
}
