import { DAY_MS } from "../units.ts";

/** The longest acknowledgement (ours): who looks after it for longer can say so again. */
export const MAX_ACKNOWLEDGEMENT_MS = 7 * DAY_MS;

/** A person's word that an episode is being looked after: nobody is reminded of it until it ends or gets graver. */
export interface Acknowledgement {
  readonly alertKey: string;
  /** Counts for this episode alone. */
  readonly episode: string;
  /** When it was written; an escalation planned after it takes it back. */
  readonly writtenAtMs: number;
  /** At most 7 days after it was written. */
  readonly untilMs: number;
  readonly by: string;
  readonly reason: string;
}

/** The episode that an acknowledgement may stand for. */
export interface AcknowledgedEpisode {
  readonly episode: string;
  /** When its last escalation was planned, on the clock of the poll; undefined while it never got graver. */
  readonly escalatedAtMs: number | undefined;
}

/** Says whether an acknowledgement counts now: for this very episode, not yet over, and written after its last escalation. */
export function countsAcknowledgement(
  { episode, writtenAtMs, untilMs }: Acknowledgement,
  open: AcknowledgedEpisode,
  nowMs: number,
): boolean {
  return episode === open.episode && nowMs < untilMs && writtenAtMs > (open.escalatedAtMs ?? Number.NEGATIVE_INFINITY);
}
