import type { ConnectionState } from "../poll/connection-state.ts";
import type { ConnectionEvent } from "./connection-event.ts";
import { changesOf } from "./dated-changes.ts";
import { combine, type Timeline } from "./timeline.ts";

/** Whether there was a connection to be watched at one time. */
export interface Watch {
  readonly isWatched: boolean;
  /** Its standing, such as `active`; else `not-seen-yet` or `gone`. */
  readonly standing: string;
}

/** A connection as it is remembered now. */
export interface Remembered {
  readonly state: ConnectionState;
  /** It is watched, not among the gone. */
  readonly isLive: boolean;
}

/** Tells since when a connection was watched, when it was gone, and how it stood, by its events, oldest first. */
export function watchTimeline(events: readonly ConnectionEvent[], now: Remembered): Timeline<Watch> {
  const [oldest] = events;
  const seenFromMs = Math.min(now.state.firstSeenAtMs, oldest?.slotMs ?? now.state.firstSeenAtMs);
  const seen = { first: false, turns: [{ atMs: seenFromMs, value: true }] };
  const present = combine(seen, presenceTimeline(events, now), (isSeen, isPresent) => {
    if (!isSeen) return "not-seen-yet";
    return isPresent ? undefined : "gone";
  });
  return combine(present, standingTimeline(events, now.state), (absence, standing) => ({
    isWatched: absence === undefined,
    standing: absence ?? standing,
  }));
}

/** A connection that is merely missing is still watched: a rule of its own says so. */
function presenceTimeline(events: readonly ConnectionEvent[], { isLive }: Remembered): Timeline<boolean> {
  const moves = events.flatMap(({ slotMs, changes }) =>
    changes.flatMap((change) => {
      // Nothing is gone before a first appearance: it was not seen yet, or its state has been reset since.
      if (change.type === "appeared") return { atMs: slotMs, before: !change.returned, value: true };
      if (change.type === "disappeared") return { atMs: slotMs, before: true, value: change.reason === "absent" };
      return [];
    }),
  );
  return { first: moves[0]?.before ?? isLive, turns: moves.map(({ atMs, value }) => ({ atMs, value })) };
}

function standingTimeline(events: readonly ConnectionEvent[], state: ConnectionState): Timeline<string> {
  const changes = changesOf(events, "standing");
  return {
    first: changes[0]?.change.from ?? state.standing.standing,
    turns: changes.map(({ atMs, change }) => ({ atMs, value: change.to })),
  };
}
