import { MINUTE_MS } from "../units.ts";

/** How one channel has been doing, over all tenants; a channel that never failed has none. */
export interface ChannelHealth {
  /** The channel's name. */
  readonly channel: string;
  /** Sends in a row that were not delivered. */
  readonly failures: number;
  /** The code of the newest of them; absent in rows of older versions. */
  readonly lastFailure?: string;
  /** Until then no row is sent but to probe; absent while the breaker is closed. */
  readonly openUntilMs?: number;
  /** When the open breaker was last probed, or the failure came that opened it. */
  readonly probedAtMs?: number;
  /** When a notification was last given up; absent after a success. */
  readonly deadAtMs?: number;
  /** The code of the failure for which it was given up. */
  readonly deadReason?: string;
  /** The target said that it is gone for good: nothing is sent there any more. */
  readonly off?: {
    readonly reason: string;
    /** Which target said so; another one is not off. */
    readonly targetDigest: string;
    readonly sinceMs: number;
  };
}

/** Whether a channel may be used now. */
export type Admission =
  | { readonly kind: "send" }
  /** One send is let through to see whether it goes; `next` claims it and must be written first. */
  | { readonly kind: "probe"; readonly next: ChannelHealth }
  /** The breaker is open: not before this instant. */
  | { readonly kind: "skip"; readonly untilMs: number }
  /** The target is gone: nothing will ever get through to it. */
  | { readonly kind: "refuse"; readonly reason: "target-gone" };

/** A send that was not delivered. */
export interface FailedSend {
  readonly reason: string;
  /** Whether a notification was given up over it. */
  readonly isDead: boolean;
  /** Names the target without giving it away; changes with it. */
  readonly targetDigest: string;
  readonly nowMs: number;
}

/** After so many failures in a row the breaker opens. */
const FAILURES_TO_OPEN = 6;
const OPEN_MS = 15 * MINUTE_MS;
/** Between two probes of one channel lies at least this, whoever probes. */
const PROBE_GAP_MS = MINUTE_MS;

/** The code of a target that says it is gone for good. */
export const TARGET_GONE = "http-410";

/**
 * Decides whether a channel may be used now.
 *
 * While the breaker is open a probe goes when its 15 minutes are over, or at once for a row that had no attempt yet: what is
 * new does not wait for what is old. There is one probe a minute and channel. Instants further ahead than any of ours come
 * from a wrong clock and count as past.
 */
export function admitSend(
  health: ChannelHealth,
  send: { readonly targetDigest: string; readonly isFresh: boolean; readonly nowMs: number },
): Admission {
  const { nowMs } = send;
  if (ofTarget(health, send.targetDigest).off !== undefined) return { kind: "refuse", reason: "target-gone" };
  if (health.openUntilMs === undefined) return { kind: "send" };
  const openUntilMs = send.isFresh ? nowMs : credible(health.openUntilMs, nowMs, OPEN_MS);
  const nextProbeMs = credible((health.probedAtMs ?? 0) + PROBE_GAP_MS, nowMs, PROBE_GAP_MS);
  const untilMs = Math.max(openUntilMs, nextProbeMs);
  return untilMs <= nowMs ? { kind: "probe", next: { ...health, probedAtMs: nowMs } } : { kind: "skip", untilMs };
}

/** Returns the health after a delivery; undefined when there is nothing to forget, so that a healthy channel writes nothing. */
export function healthAfterSuccess(health: ChannelHealth): ChannelHealth | undefined {
  const isClean = health.failures === 0 && health.deadAtMs === undefined && health.off === undefined;
  return isClean ? undefined : { channel: health.channel, failures: 0 };
}

/** Returns the health after a send that was not delivered: the sixth in a row, and each one behind it, opens the breaker for 15 minutes. */
export function healthAfterFailure(health: ChannelHealth, failed: FailedSend): ChannelHealth {
  const { reason, targetDigest, nowMs } = failed;
  const { openUntilMs: _open, ...kept } = ofTarget(health, targetDigest);
  const failures = health.failures + 1;
  const next = {
    ...kept,
    failures,
    lastFailure: reason,
    ...(failed.isDead ? { deadAtMs: nowMs, deadReason: reason } : {}),
  };
  if (reason === TARGET_GONE) return { ...next, off: { reason, targetDigest, sinceMs: nowMs } };
  return {
    ...next,
    ...(failures >= FAILURES_TO_OPEN ? { openUntilMs: nowMs + OPEN_MS, probedAtMs: nowMs } : {}),
  };
}

/** Returns the health after a notification was given up unsent, because the target is gone. */
export function healthAfterRefusal(health: ChannelHealth, nowMs: number): ChannelHealth {
  return { ...health, deadAtMs: nowMs, deadReason: "target-gone" };
}

/** Returns the health as it counts for a target: another one than that which is gone is not off. */
export function ofTarget(health: ChannelHealth, targetDigest: string): ChannelHealth {
  const { off, ...rest } = health;
  return off?.targetDigest === targetDigest ? health : rest;
}

/** Reads an instant that lies at most `aheadMs` ahead; one further away counts as past. */
function credible(atMs: number, nowMs: number, aheadMs: number): number {
  return atMs - nowMs > aheadMs ? nowMs : atMs;
}
