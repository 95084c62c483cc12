import type { RuleOverrides } from "../domain/rules/resolve-settings.ts";
import { expectationOf, type Fault, toFaults } from "./faults.ts";
import { rulesSchema } from "./rules.schema.ts";

/** Changed settings of rules, or everything that is wrong with them. */
export type RuleChanges =
  | { readonly kind: "ok"; readonly rules: RuleOverrides }
  | { readonly kind: "bad"; readonly faults: readonly Fault[] };

/** Reads changed settings of rules, as the configuration has them, from elsewhere; whether limits agree is up to the caller. */
export function parseRuleChanges(given: unknown): RuleChanges {
  const parsed = rulesSchema.safeParse(given, { error: expectationOf });
  return parsed.success ? { kind: "ok", rules: parsed.data } : { kind: "bad", faults: toFaults(parsed.error) };
}
