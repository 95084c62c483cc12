import type { Standing } from "../connections/reading.ts";
import { RULES } from "./catalogue.ts";
import { OTHER_KIND } from "./define-rule.ts";
import { type RulePolicy, resolveSettings } from "./resolve-settings.ts";
import type { Evaluation, Judgement, Rule, RuleInput, RuleSettings } from "./rule.ts";

/** One connection with all that its rules look at. */
export interface ConnectionInput extends RuleInput {
  readonly standing: Standing;
  /** Whether its source could not be read this time, so that the reading is an old one. */
  readonly isBlind: boolean;
}

/** Judges one connection by every rule of its kind, in the catalogue's order. */
export function evaluateConnection(input: ConnectionInput, policy: RulePolicy): readonly Judgement[] {
  const { reading } = input;
  return RULES.filter(({ appliesTo }) => appliesTo.includes(reading.kind)).map((rule) => {
    const settings = resolveSettings(policy, reading, rule.id);
    return { rule, settings, evaluation: evaluateRule(rule, settings, input) };
  });
}

/**
 * Judges one connection by one rule of its kind.
 *
 * What stands in the way of a verdict, the first that holds: the rule is switched off, the connection is ignored, it is not
 * configured or retired (unless the rule judges every standing), the reading is none of the rule's, the connection is absent
 * (which `connection-missing` judges) or its source unreadable, unless the rule judges while blind. How long an absence is
 * borne so is not said here: the poll ends the alerts of a connection that has left.
 */
export function evaluateRule(rule: Rule, settings: RuleSettings, input: ConnectionInput): Evaluation {
  const { standing } = input.standing;
  if (!settings.enabled) return { verdict: "not-applicable", reason: "rule-off" };
  if (standing === "ignored") return { verdict: "not-applicable", reason: "ignored" };
  const evaluation = rule.evaluate(input, settings.limits);
  if (standing !== "active" && !judgesEveryStanding(rule, evaluation))
    return { verdict: "not-applicable", reason: standing };
  if (evaluation.reason === OTHER_KIND) return evaluation;
  if (rule.judgesWhileBlind === true) return evaluation;
  if (input.absentPolls > 0 && rule.id !== "connection-missing") return { verdict: "unknown", reason: "absent" };
  return input.isBlind ? { verdict: "unknown", reason: "source-unreadable" } : evaluation;
}

function judgesEveryStanding({ judgesEveryStanding: judges = false }: Rule, { reason }: Evaluation): boolean {
  return typeof judges === "boolean" ? judges : judges.includes(reason);
}
