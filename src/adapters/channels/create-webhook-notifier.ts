import type { Notifier } from "../../ports/notifier.ts";
import type { ChannelDeps } from "./channel-deps.ts";
import type { ChannelSettings } from "./channel-settings.ts";
import { fitPayload } from "./fit-payload.ts";
import { httpPost } from "./http-post.ts";
import { signWebhook } from "./sign-webhook.ts";
import { toAzureMonitorAlert } from "./to-azure-monitor-alert.ts";
import { toCloudEvent } from "./to-cloud-event.ts";

/**
 * What every intermediary must pass on; of the common alert schema 256 KB is allowed.
 *
 * Source: CloudEvents 1.0.2, "Size Limits", github.com/cloudevents/spec, read 2026-11-22.
 */
const MAX_BODY_BYTES = 64 * 1_024;

const FORMATS = {
  cloudevents: { mediaType: "application/cloudevents+json", render: toCloudEvent },
  "azure-monitor": { mediaType: "application/json", render: toAzureMonitorAlert },
};

/** Makes a notifier that posts each notification in the channel's format, signed as Standard Webhooks asks. */
export function createWebhookNotifier(
  channel: string,
  settings: Extract<ChannelSettings, { type: "webhook" }>,
  deps: ChannelDeps,
): Notifier {
  const { mediaType, render } = FORMATS[settings.format];
  return {
    send: (notification) => {
      const links = deps.linksOf(notification.facts);
      const body = fitPayload((chars) => JSON.stringify(render(notification, links, chars)), MAX_BODY_BYTES);
      const headers = {
        "content-type": `${mediaType}; charset=utf-8`,
        ...signWebhook({ ...notification, body }, settings.secrets),
      };
      return httpPost(deps, { channel, target: settings, headers, body });
    },
  };
}
