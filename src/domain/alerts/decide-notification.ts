import { compareSeverity, type Severity } from "../rules/rule.ts";
import { type AlertState, isOpen, type Told } from "./alert-state.ts";

/** What one channel is told about one alert in one slot, or why it is told nothing. */
export type NotifyDecision =
  | { readonly kind: "send"; readonly notification: "fired"; readonly reason: "first-firing" }
  | {
      readonly kind: "send";
      readonly notification: "escalated";
      readonly reason: "severity-rose";
      readonly previousSeverity: Severity;
    }
  | { readonly kind: "send"; readonly notification: "resolved"; readonly reason: "ended"; readonly severity: Severity }
  | {
      readonly kind: "hold";
      readonly reason: "no-episode" | "ended-untold" | "recovering" | "below-minimum" | "not-routed" | "already-told";
    };

/** One channel's view of one alert. */
export interface ChannelView {
  /** The calmest severity this channel is told of; undefined when it is no longer configured for the tenant. */
  readonly minSeverity: Severity | undefined;
  /** What it was told of the episode that was open before the step. */
  readonly told: Told | undefined;
}

/**
 * Decides what one channel is told after a step.
 *
 * The contract: a channel for which `fired` was planned gets exactly one `resolved` for that episode, and a channel for
 * which it never was gets none, whatever happens to severity, routing and configuration in between.
 */
export function decideNotification(before: AlertState, after: AlertState, channel: ChannelView): NotifyDecision {
  if (!isOpen(after)) {
    if (!isOpen(before)) return { kind: "hold", reason: "no-episode" };
    if (channel.told === undefined) return { kind: "hold", reason: "ended-untold" };
    return { kind: "send", notification: "resolved", reason: "ended", severity: channel.told.severity };
  }
  if (after.phase === "recovering") return { kind: "hold", reason: "recovering" };
  if (channel.minSeverity === undefined) return { kind: "hold", reason: "not-routed" };
  return decideWhileFiring(after.severity ?? "info", channel.minSeverity, channel.told);
}

function decideWhileFiring(severity: Severity, minSeverity: Severity, told: Told | undefined): NotifyDecision {
  if (told === undefined) {
    return compareSeverity(severity, minSeverity) >= 0
      ? { kind: "send", notification: "fired", reason: "first-firing" }
      : { kind: "hold", reason: "below-minimum" };
  }
  return compareSeverity(severity, told.severity) > 0
    ? { kind: "send", notification: "escalated", reason: "severity-rose", previousSeverity: told.severity }
    : { kind: "hold", reason: "already-told" };
}
