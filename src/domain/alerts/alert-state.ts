import type { Evaluation, RuleId, Severity } from "../rules/rule.ts";

/** Where an alert stands in its life. */
export type Phase = "inactive" | "pending" | "firing" | "recovering";

/** What a channel was told of the open episode: a planned notification counts as told. */
export interface Told {
  /** The gravest severity that was planned for this channel. */
  readonly severity: Severity;
  /** Slot of the last notification planned for it. */
  readonly slotMs: number;
}

/**
 * An alert: one rule on one connection, with a life. An alert that was never anything but ok has no state at all.
 *
 * An episode runs from `fired` to `resolved`; its id is `<alertKey>-<slot of firing>`.
 */
export interface AlertState {
  readonly ruleId: RuleId;
  readonly alertKey: string;
  readonly phase: Phase;
  /** Slot in which the phase was entered. */
  readonly sinceSlotMs: number;
  /** The gravest severity of the open episode, or of the breach being confirmed; absent while inactive. */
  readonly severity?: Severity;
  /** Consecutive counted breaches. */
  readonly breaches: number;
  /** Consecutive counted oks. */
  readonly oks: number;
  /** Slot of the first of those oks. */
  readonly firstOkSlotMs?: number;
  readonly episode?: Episode;
  /** By channel name; empty while no episode is open. */
  readonly told: Readonly<Record<string, Told>>;
  /** The breach was old at the connection's very first reading: capped at warning until the rule says ok once, or a date comes ahead. */
  readonly old?: boolean;
  /** The newest evaluation that was not `unknown`. */
  readonly evaluation?: Evaluation;
}

/** One firing of an alert. */
export interface Episode {
  readonly id: string;
  readonly firedSlotMs: number;
}

const END_REASONS = [
  "connection-gone",
  "not-configured",
  "retired",
  "ignored",
  "rule-off",
  "not-applicable",
  "source-not-watched",
] as const;

/** Why an alert ended although its rule never said ok. */
export type EndReason = (typeof END_REASONS)[number];

/** What a poll tells an alert: the rule's evaluation, or that there is nothing left to judge. */
export type Observation = Evaluation | { readonly verdict: "ended"; readonly reason: EndReason };

/** The named reason of a step, kept in the event. */
export type StepReason =
  | "confirming"
  | "confirmed"
  | "cleared-before-confirmed"
  | "severity-rose"
  | "still-firing"
  | "recovering"
  | "relapsed"
  | "recovered"
  | "kept-while-blind"
  | "still-ok"
  | EndReason;

/** Says whether a word is the reason why an alert ended without recovery. */
export function isEndReason(reason: string): reason is EndReason {
  return END_REASONS.some((known) => known === reason);
}

/** Says whether an episode is open. */
export function isOpen(state: AlertState): boolean {
  return state.phase === "firing" || state.phase === "recovering";
}
