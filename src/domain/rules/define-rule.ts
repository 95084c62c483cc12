import type { Reading } from "../connections/reading.ts";
import { MINUTE_MS } from "../units.ts";
import { checkLimits } from "./check-limits.ts";
import type { Evaluation, Limits, Rule, RuleInput } from "./rule.ts";

/** How long a rule that needs several polls to fire goes on firing before it resolves (ours). */
const KEEP_FIRING_MS = 30 * MINUTE_MS;

/** Why a rule says nothing of a reading that it does not watch. */
export const OTHER_KIND = "other-kind";

/** A rule as its file writes it down. */
export interface RuleSpec<R extends Reading> extends Omit<Rule, "defaults" | "evaluate" | "consequence"> {
  /** Which readings of those kinds it can judge; the others are not applicable. */
  readonly watches: (reading: Reading) => reading is R;
  readonly limits: Limits;
  readonly confirmPolls: number;
  readonly recoverPolls: number;
  readonly judge: (input: JudgeInput<R>, limits: Limits) => Evaluation;
  readonly consequence: (input: Pick<JudgeInput<R>, "reading" | "nowMs">) => string;
}

/** What a rule is given: the rule input with a reading of its own kind. */
export type JudgeInput<R extends Reading> = Omit<RuleInput, "reading"> & { readonly reading: R };

/**
 * Makes a rule of its spec: switched on, guarded against limits that contradict and readings that are not its own.
 *
 * The rule's `evaluate` throws a RangeError when the limits contradict.
 */
export function defineRule<R extends Reading>(spec: RuleSpec<R>): Rule {
  const { watches, limits: defaultLimits, confirmPolls, recoverPolls, judge, consequence, ...rest } = spec;
  const keepFiringMs = defaultKeepFiringMs(confirmPolls);
  const defaults = { enabled: true, limits: defaultLimits, confirmPolls, recoverPolls, keepFiringMs };
  return {
    ...rest,
    defaults,
    evaluate: (input, limits) => {
      const problem = checkLimits({ defaults }, limits);
      if (problem !== undefined) {
        throw new RangeError(
          `Cannot judge ${rest.id}: ${problem} is wanted, current limits are ${JSON.stringify(limits)}`,
        );
      }
      const { reading } = input;
      return watches(reading)
        ? judge({ ...input, reading }, limits)
        : { verdict: "not-applicable", reason: OTHER_KIND };
    },
    consequence: ({ reading, nowMs }) => (watches(reading) ? consequence({ reading, nowMs }) : ""),
  };
}

/** Returns how long a rule keeps firing unless it is told otherwise: 30 minutes where one poll proves nothing, else 0. */
export function defaultKeepFiringMs(confirmPolls: number): number {
  return confirmPolls > 1 ? KEEP_FIRING_MS : 0;
}
