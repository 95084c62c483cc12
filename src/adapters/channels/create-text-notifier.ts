import type { AttemptOutcome } from "../../domain/delivery/conclude-attempt.ts";
import { describeGroup } from "../../domain/delivery/describe-group.ts";
import { describeNotification, type MessageText } from "../../domain/delivery/describe-notification.ts";
import type { Notifier, OutgoingNotification } from "../../ports/notifier.ts";
import type { ChannelDeps } from "./channel-deps.ts";
import { fitPayload } from "./fit-payload.ts";
import { describeTest, testId } from "./test-message.ts";

/** A message on its way into the form of a channel. */
export interface TextMessage {
  /** The id of its notification, or of its first one. */
  readonly id: string;
  readonly text: MessageText;
}

/** What makes one channel of chat or mail different from the next. */
export interface TextChannel {
  readonly channel: string;
  readonly targetDigest: string;
  readonly maxBodyBytes: number;
  /** Renders a message with every text cut to that many characters. */
  readonly render: (message: TextMessage, maxTextChars: number) => string;
  readonly post: (body: string) => Promise<AttemptOutcome>;
}

/** How many lines a group may keep, tried in this order: its headline is never cut. */
const LINE_LIMITS = [20, 15, 10, 5, 2, 1] as const;

/** Longer than any line of a group, whose parts are cut when it is put into words. */
const MAX_GROUP_TEXT_CHARS = 500;

/** Makes a notifier that tells people in words, several notifications in one message when there are several. */
export function createTextNotifier(target: TextChannel, { linksOf }: Pick<ChannelDeps, "linksOf">): Notifier {
  const { channel, targetDigest, maxBodyBytes, render, post } = target;
  const renderOne = ({ id, facts, ...context }: OutgoingNotification): string => {
    const text = describeNotification(facts, { ...context, links: linksOf(facts) });
    return fitPayload((maxTextChars) => render({ id, text }, maxTextChars), maxBodyBytes);
  };
  const renderGroup = (group: readonly OutgoingNotification[], { id, facts }: OutgoingNotification): string => {
    const links = linksOf({ tenantId: facts.tenantId });
    const renderLines = (maxLines: number): string =>
      render({ id, text: describeGroup(group, { maxLines, links }) }, MAX_GROUP_TEXT_CHARS);
    return fitPayload(renderLines, maxBodyBytes, LINE_LIMITS);
  };
  return {
    groups: true,
    targetDigest,
    send: async (notifications) => {
      const [first] = notifications;
      if (first === undefined) throw new RangeError("Cannot send: at least one notification is wanted, there is none");
      return post(notifications.length === 1 ? renderOne(first) : renderGroup(notifications, first));
    },
    sendTest: async (sentAtMs) => {
      const test = { id: testId(channel, sentAtMs), text: describeTest(channel, sentAtMs) };
      return post(fitPayload((maxTextChars) => render(test, maxTextChars), maxBodyBytes));
    },
  };
}
