import type { ConnectionKind, Reading } from "../connections/reading.ts";

/** How bad a breach is, calmest first: info is for the digest, warning for chat, error and critical for paging. */
export const SEVERITIES = ["info", "warning", "error", "critical"] as const;

/** How bad a breach is. */
export type Severity = (typeof SEVERITIES)[number];

/** A measured value or threshold with its unit; `date` is epoch milliseconds. */
export type Measure =
  | { readonly unit: "duration"; readonly ms: number }
  | { readonly unit: "date"; readonly atMs: number }
  | { readonly unit: "count"; readonly count: number }
  | { readonly unit: "text"; readonly text: string };

/** What a rule says of a reading; `reason` is a stable word in kebab-case. */
export type Evaluation =
  | { readonly verdict: "ok"; readonly reason: string; readonly measured?: Measure }
  | {
      readonly verdict: "breach";
      readonly severity: Severity;
      readonly reason: string;
      readonly measured: Measure;
      /** The limit that was crossed, where the rule has one. */
      readonly threshold?: Measure;
      /** When the breach began as far as the reading tells; an old breach at the first reading is capped by it. */
      readonly breachedSinceMs?: number;
    }
  | { readonly verdict: "unknown"; readonly reason: string }
  | { readonly verdict: "not-applicable"; readonly reason: string };

/** The stable ids of the rules, alike in code, test group, message, page and documents. */
export const RULE_IDS = [
  "graph-unavailable",
  "tenant-late",
  "channel-failing",
  "state-unreadable",
  "tenant-unreadable",
  "source-unreadable",
  "clock-skew",
  "partner-state",
  "heartbeat-age",
  "first-heartbeat",
  "noncompliance-deadline",
  "removal-deadline",
  "sync-age",
  "expiry",
  "reported-health",
  "configuration-changed",
  "connection-missing",
  "data-problem",
] as const;

/** A rule's stable id. */
export type RuleId = (typeof RULE_IDS)[number];

/**
 * The numbers of one rule by name. A name ends in its unit: `…Ms` is a duration (set as ISO 8601 text under the name
 * without `Ms`), `…Polls`, `…Periods`, `…Tenants` and `…Percent` are whole numbers from 1. `…After` excludes its own value, `…From` and `…Within` include it;
 * `…Within` counts the time left to a date, the others what has gone by.
 */
export type Limits = Readonly<Record<string, number>>;

/** How one rule judges one connection, after presets and overrides. */
export interface RuleSettings {
  readonly enabled: boolean;
  readonly limits: Limits;
  /** Consecutive counted breaches before it fires, at least 1. */
  readonly confirmPolls: number;
  /** Consecutive counted oks before it resolves, at least 1. */
  readonly recoverPolls: number;
  /** How long it must have been ok, in slot time, before it resolves. */
  readonly keepFiringMs: number;
}

/** Everything a rule may look at. */
export interface RuleInput {
  readonly reading: Reading;
  /** When the reading was taken: ages are measured here, so that our blindness never looks like a partner's silence. */
  readonly observedAtMs: number;
  /** Known deadlines and our own blindness are judged here. */
  readonly nowMs: number;
  readonly firstSeenAtMs: number;
  /** Slot since which it is active; absent when it has been so from the first. */
  readonly activeSinceMs?: number | undefined;
  /** Consecutive complete reads without this connection; 0 while it is there. */
  readonly absentPolls: number;
  /** Slot of the first of those absences. */
  readonly absentSinceMs?: number | undefined;
  /** When a person said that its absence is meant. */
  readonly removalAcceptedAtMs?: number | undefined;
  /** The newest change of configuration and how grave it was, if there was any. */
  readonly configurationChange?: ConfigurationChange | undefined;
  /** The last state of the partner that was not `unknown`. */
  readonly lastKnownState?: string | undefined;
  /** Slot in which its state was first read as it is; absent when it has been so from the first. */
  readonly stateSinceMs?: number | undefined;
}

/** A change of configuration between two readings of one partner. */
export interface ConfigurationChange {
  readonly slotMs: number;
  readonly severity: "info" | "warning";
  /** What changed, such as `isConfigured true → false`; at most 5 entries of at most 120 characters. */
  readonly changes: readonly string[];
}

/** One rule: a pure judgement with its defaults and the words that go with it. */
export interface Rule {
  readonly id: RuleId;
  /** What it watches for, in a few words: its name in documents. */
  readonly title: string;
  readonly appliesTo: readonly ConnectionKind[];
  /** Whether the rule also judges connections that are not configured or retired; a list names the reasons for which it does. */
  readonly judgesEveryStanding?: boolean | readonly string[];
  /** Whether it is judged from the last reading while there is no newer one: known dates come nearer unseen. */
  readonly judgesWhileBlind?: boolean;
  /** Whether it tells of events that are each worth a word and end by themselves: so it never counts as flapping. */
  readonly tellsEvents?: boolean;
  readonly defaults: RuleSettings;
  /** All limits of the preset `microsoft`, for a rule on which the portal has numbers of its own; a step that is absent is off. */
  readonly microsoftLimits?: Limits;
  /** Throws a RangeError when the limits contradict (`checkLimits`). */
  readonly evaluate: (input: RuleInput, limits: Limits) => Evaluation;
  /** What happens next and when, if nobody acts: one or two sentences; empty for a reading that the rule does not watch. */
  readonly consequence: (input: Pick<RuleInput, "reading" | "nowMs">) => string;
  /** What to do about it and where in the portal: one or two sentences. */
  readonly remedy: string;
}

/** What the rules are asked about one connection. */
export interface Judgement {
  readonly rule: Rule;
  readonly settings: RuleSettings;
  readonly evaluation: Evaluation;
}

/** Compares severities: negative when `a` is calmer than `b`. */
export function compareSeverity(a: Severity, b: Severity): number {
  return SEVERITIES.indexOf(a) - SEVERITIES.indexOf(b);
}
