import type { AttemptOutcome } from "../../domain/delivery/conclude-attempt.ts";
import type { Notifier } from "../../ports/notifier.ts";
import type { ChannelDeps } from "./channel-deps.ts";
import type { ChannelSettings } from "./channel-settings.ts";
import { digestTarget } from "./digest-target.ts";
import { fitPayload } from "./fit-payload.ts";
import { httpPost } from "./http-post.ts";
import { onlyOne } from "./only-one.ts";
import { toPagerdutyEvent, toPagerdutyTest } from "./to-pagerduty-event.ts";

/** The limit is "512 KB", taken as the smaller of the two readings. */
const MAX_BODY_BYTES = 512_000;

const HEADERS = { "content-type": "application/json; charset=utf-8" };

/**
 * Makes a notifier that posts each notification to the Events API v2, which answers 202, or 400, which is final, or 429 or
 * 5xx, which are to be tried again. A test opens an incident of its own and resolves it.
 *
 * Source: PagerDuty, "Events API v2 Overview", "Response Codes & Retry Logic" and "Size Limits",
 * github.com/PagerDuty/developer-docs, docs/events-API-v2/01-Overview.md, read 2026-11-22.
 */
export function createPagerdutyNotifier(
  channel: string,
  settings: Extract<ChannelSettings, { type: "pagerduty" }>,
  deps: ChannelDeps,
): Notifier {
  const toBody = (event: object): string => JSON.stringify({ routing_key: settings.routingKey, ...event });
  const post = (body: string): Promise<AttemptOutcome> =>
    httpPost(deps, { channel, target: settings, headers: HEADERS, body });
  return {
    groups: false,
    targetDigest: digestTarget(settings.url, settings.routingKey),
    send: async (notifications) => {
      const notification = onlyOne(notifications);
      const links = deps.linksOf(notification.facts);
      return post(fitPayload((chars) => toBody(toPagerdutyEvent(notification, links, chars)), MAX_BODY_BYTES));
    },
    sendTest: async (sentAtMs) => {
      const opened = await post(toBody(toPagerdutyTest("trigger", channel, sentAtMs)));
      return opened.kind === "delivered" ? post(toBody(toPagerdutyTest("resolve", channel, sentAtMs))) : opened;
    },
  };
}
