import type { Notifier } from "../../ports/notifier.ts";
import type { ChannelDeps } from "./channel-deps.ts";
import type { ChannelSettings } from "./channel-settings.ts";
import { digestTarget } from "./digest-target.ts";
import { fitPayload } from "./fit-payload.ts";
import { httpPost } from "./http-post.ts";
import { onlyOne } from "./only-one.ts";
import { signWebhook } from "./sign-webhook.ts";
import { testId } from "./test-message.ts";
import { toAzureMonitorAlert, toAzureMonitorTest } from "./to-azure-monitor-alert.ts";
import { toCloudEvent, toTestEvent } from "./to-cloud-event.ts";

/**
 * What every intermediary must pass on; of the common alert schema 256 KB is allowed.
 *
 * Source: CloudEvents 1.0.2, "Size Limits", github.com/cloudevents/spec, read 2026-11-22.
 */
const MAX_BODY_BYTES = 64 * 1_024;

const FORMATS = {
  cloudevents: { mediaType: "application/cloudevents+json", render: toCloudEvent, renderTest: toTestEvent },
  "azure-monitor": { mediaType: "application/json", render: toAzureMonitorAlert, renderTest: toAzureMonitorTest },
};

/** Makes a notifier that posts each notification in the channel's format, signed as Standard Webhooks asks. */
export function createWebhookNotifier(
  channel: string,
  settings: Extract<ChannelSettings, { type: "webhook" }>,
  deps: ChannelDeps,
): Notifier {
  const { mediaType, render, renderTest } = FORMATS[settings.format];
  const post = (message: { readonly id: string; readonly sentAtMs: number; readonly body: string }) => {
    const headers = {
      "content-type": `${mediaType}; charset=utf-8`,
      ...signWebhook(message, settings.secrets),
    };
    return httpPost(deps, { channel, target: settings, headers, body: message.body });
  };
  return {
    groups: false,
    targetDigest: digestTarget(settings.url),
    send: async (notifications) => {
      const notification = onlyOne(notifications);
      const links = deps.linksOf(notification.facts);
      const body = fitPayload((chars) => JSON.stringify(render(notification, links, chars)), MAX_BODY_BYTES);
      return post({ ...notification, body });
    },
    sendTest: async (sentAtMs) =>
      post({ id: testId(channel, sentAtMs), sentAtMs, body: JSON.stringify(renderTest(channel, sentAtMs)) }),
  };
}
