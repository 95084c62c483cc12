import type { OutgoingNotification } from "../../ports/notifier.ts";

/**
 * Returns the notification that a channel without groups was given.
 *
 * @throws {RangeError} When there is none or another one.
 */
export function onlyOne(notifications: readonly OutgoingNotification[]): OutgoingNotification {
  const [notification] = notifications;
  if (notification !== undefined && notifications.length === 1) return notification;
  throw new RangeError(`Cannot send: exactly one notification is wanted, there are ${notifications.length}`);
}
