import type { RuleOverride, RuleOverrides, RulePolicy } from "../domain/rules/resolve-settings.ts";
import { RULE_IDS } from "../domain/rules/rule.ts";

/** What the document, or one tenant of it, says of the rules. */
export interface RuleSettings {
  readonly rules: RuleOverrides;
  readonly overrides: RulePolicy["overrides"];
}

/** Joins the rules of the document with those of one tenant: the tenant's word comes last, limit by limit. */
export function joinRules(document: Pick<RulePolicy, "preset"> & RuleSettings, tenant: RuleSettings): RulePolicy {
  const rules = RULE_IDS.flatMap((id) => {
    const layers = [document.rules[id], tenant.rules[id]].filter((layer) => layer !== undefined);
    return layers.length === 0 ? [] : [[id, layers.reduce(lay)] as const];
  });
  return {
    preset: document.preset,
    rules: Object.fromEntries(rules),
    overrides: [...document.overrides, ...tenant.overrides],
  };
}

function lay(below: RuleOverride, above: RuleOverride): RuleOverride {
  const limits = { ...below.limits, ...above.limits };
  return { ...below, ...above, ...(Object.keys(limits).length === 0 ? {} : { limits }) };
}
