import type { Notifier } from "../../ports/notifier.ts";
import type { ChannelDeps } from "./channel-deps.ts";
import type { ChannelSettings } from "./channel-settings.ts";
import { fitPayload } from "./fit-payload.ts";
import { httpPost } from "./http-post.ts";
import { signWebhook } from "./sign-webhook.ts";
import { toCloudEvent } from "./to-cloud-event.ts";

/**
 * What every intermediary must pass on.
 *
 * Source: CloudEvents 1.0.2, "Size Limits", github.com/cloudevents/spec, read 2026-11-22.
 */
const MAX_BODY_BYTES = 64 * 1_024;

/** Makes a notifier that posts each notification as a CloudEvent, signed as Standard Webhooks asks. */
export function createWebhookNotifier(
  channel: string,
  settings: Extract<ChannelSettings, { type: "webhook" }>,
  deps: ChannelDeps,
): Notifier {
  return {
    send: (notification) => {
      const links = deps.linksOf(notification.facts);
      const body = fitPayload((chars) => JSON.stringify(toCloudEvent(notification, links, chars)), MAX_BODY_BYTES);
      const headers = {
        "content-type": "application/cloudevents+json; charset=utf-8",
        ...signWebhook({ ...notification, body }, settings.secrets),
      };
      return httpPost(deps, { channel, target: settings, headers, body });
    },
  };
}
