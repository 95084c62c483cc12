import type { Notifier, NotifierOf } from "../../ports/notifier.ts";
import type { ChannelDeps } from "./channel-deps.ts";
import type { ChannelSettings } from "./channel-settings.ts";

/** Returns a finder of notifiers over the configured channels, by name. */
export function createNotifierOf(channels: ReadonlyMap<string, ChannelSettings>, deps: ChannelDeps): NotifierOf {
  return (channel) => {
    const settings = channels.get(channel);
    return settings === undefined ? Promise.resolve(undefined) : createNotifier(channel, settings, deps);
  };
}

/** Loads the code of a channel's kind when it is first needed. */
async function createNotifier(channel: string, settings: ChannelSettings, deps: ChannelDeps): Promise<Notifier> {
  switch (settings.type) {
    case "log": {
      const { createLogNotifier } = await import("./create-log-notifier.ts");
      return createLogNotifier(channel, deps);
    }
    case "webhook": {
      const { createWebhookNotifier } = await import("./create-webhook-notifier.ts");
      return createWebhookNotifier(channel, settings, deps);
    }
    case "teams": {
      const { createTeamsNotifier } = await import("./create-teams-notifier.ts");
      return createTeamsNotifier(channel, settings, deps);
    }
    case "slack": {
      const { createSlackNotifier } = await import("./create-slack-notifier.ts");
      return createSlackNotifier(channel, settings, deps);
    }
    case "pagerduty": {
      const { createPagerdutyNotifier } = await import("./create-pagerduty-notifier.ts");
      return createPagerdutyNotifier(channel, settings, deps);
    }
    case "email": {
      const { createEmailNotifier } = await import("./create-email-notifier.ts");
      return createEmailNotifier(channel, settings, deps);
    }
  }
}
