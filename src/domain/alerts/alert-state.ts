import type { Evaluation, RuleId, Severity } from "../rules/rule.ts";
import type { QuietReason } from "../suppression/quiet-reason.ts";

/** Where an alert can stand in its life. */
export const PHASES = ["inactive", "pending", "firing", "recovering"] as const;

/** Where an alert stands in its life. */
export type Phase = (typeof PHASES)[number];

/** What a channel was told of the open episode: a planned notification counts as told. */
export interface Told {
  /** The severity it was told last. */
  readonly severity: Severity;
  /** Slot of the last notification planned for it. */
  readonly slotMs: number;
  /** The date it was told last, of an alert about a date. */
  readonly dateMs?: number;
  /** The bucket of days left in which that was. */
  readonly bucketDays?: number;
  /** Its `resolved` is planned although the episode goes on: it hears no more of it. */
  readonly isClosed?: boolean;
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
  /** The severity of the open episode, or of the breach being confirmed; absent while inactive. */
  readonly severity?: Severity;
  /**
   * By severity below the episode's: the slot since which no breach was graver, moved on as `firstOkSlotMs` is. One that has
   * held for long enough becomes the episode's.
   */
  readonly calmer?: CalmerSince;
  /** Consecutive counted breaches. */
  readonly breaches: number;
  /** Consecutive counted oks. */
  readonly oks: number;
  /** Slot of the first of those oks, moved on by the time in which nothing could be judged. */
  readonly firstOkSlotMs?: number;
  readonly episode?: Episode;
  /** By channel name; empty while no episode is open. */
  readonly told: Readonly<Record<string, Told>>;
  /** The breach was old at the connection's very first reading: capped at warning until the rule says ok once, or a date comes ahead. */
  readonly old?: boolean;
  /** The newest evaluation that was not `unknown`. */
  readonly evaluation?: Evaluation;
  /** Names the limits by which that was judged. */
  readonly judgedBy?: string;
  /** Its comings and goings of the last 7 days; absent when there were none. */
  readonly flaps?: Flaps;
  /** Why it is quiet although it goes on; absent when it is not. */
  readonly quiet?: readonly QuietReason[];
}

/** Slots by severity. */
export type CalmerSince = Readonly<Partial<Record<Severity, number>>>;

/** One firing of an alert. */
export interface Episode {
  readonly id: string;
  readonly firedSlotMs: number;
  /** When its severity rose last, on the clock by which people acknowledge. */
  readonly escalatedAtMs?: number;
}

/** The comings and goings of an alert within 7 days, newest last. */
export interface Flaps {
  /** Slots in which an episode opened, at most 3. */
  readonly firedSlotsMs: readonly number[];
  /** Slots in which a breach went before it was confirmed, at most 6. */
  readonly clearedSlotsMs: readonly number[];
  /** Slot of the newest change of phase, moved on by the time in which nothing could be judged. */
  readonly changedSlotMs: number;
  /** Slot since which it counts as flapping; absent while it does not. */
  readonly sinceSlotMs?: number;
  /** Channels that were told so outside an episode: until it is calm they are told of none below critical. */
  readonly noticed?: readonly string[];
}

const END_REASONS = [
  "connection-gone",
  "not-configured",
  "retired",
  "ignored",
  "rule-off",
  "rule-changed",
  "not-applicable",
  "source-not-watched",
  "removed-from-configuration",
  "channel-left",
  "state-reset",
] as const;

/** Why an alert ended, or a channel hears no more of it, although its rule never said ok by the limits it fired by. */
export type EndReason = (typeof END_REASONS)[number];

/** What a poll tells an alert: the rule's evaluation, or that there is nothing left to judge. */
export type Observation = Evaluation | { readonly verdict: "ended"; readonly reason: EndReason };

/** The named reason of a step, kept in the event. */
export type StepReason =
  | "confirming"
  | "confirmed"
  | "cleared-before-confirmed"
  | "severity-rose"
  | "severity-fell"
  | "still-firing"
  | "recovering"
  | "kept-open-while-flapping"
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

/** Says whether an alert came and went so often that single comings and goings are not told. */
export function isFlapping(state: AlertState): boolean {
  return state.flaps?.sinceSlotMs !== undefined;
}

/** Says whether anybody was told of the open episode. */
export function isTold(state: AlertState): boolean {
  return Object.keys(state.told).length > 0;
}
