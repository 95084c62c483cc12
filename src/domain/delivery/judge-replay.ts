import { type AlertState, isOpen } from "../alerts/alert-state.ts";
import type { Delivery } from "./notification.ts";

/** Why a notification that was given up is not sent again: it would tell its channel what is no longer so. */
export type ReplayRefusal =
  | "episode-over"
  | "newer-episode-open"
  /** The channel has heard something newer of the episode. */
  | "newer-delivered";

/**
 * Decides whether a notification that was given up may be sent again; undefined when it may.
 *
 * While its episode is open for its channel, and nothing newer of it reached the channel; a `resolved`, while no newer episode is open.
 *
 * @param delivered What its channel got of its episode.
 */
export function refuseReplay(
  { facts, channel }: Delivery,
  alert: AlertState | undefined,
  delivered: readonly Delivery[],
): ReplayRefusal | undefined {
  const openEpisode = alert !== undefined && isOpen(alert) ? alert.episode?.id : undefined;
  if (facts.kind === "resolved") {
    return openEpisode === undefined || openEpisode === facts.episode ? undefined : "newer-episode-open";
  }
  if (openEpisode !== facts.episode || isClosedFor(channel, alert)) return "episode-over";
  return delivered.some((other) => other.facts.slotMs > facts.slotMs) ? "newer-delivered" : undefined;
}

/** A channel that left is told the end while the episode goes on, and no other end will follow. */
function isClosedFor(channel: string, alert: AlertState | undefined): boolean {
  return alert?.told[channel]?.isClosed === true;
}
