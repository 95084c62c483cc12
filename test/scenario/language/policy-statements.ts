import { rulesSchema } from "../../../src/config/rules.schema.ts";
import { joinRules } from "../../../src/config/tenant-rules.ts";
import type { RuleOverrides, RulePolicy } from "../../../src/domain/rules/resolve-settings.ts";
import { addChange, keepsIncidents } from "./draft.ts";
import { StatementError } from "./script-error.ts";
import { type Statement, statement } from "./statement.ts";

/** What the configuration says, from the start or from a time on. */
export const POLICY_STATEMENTS: readonly Statement[] = [
  statement(
    "preset <preset> [from <time>]",
    "Where the limits of all rules start from. Default: recommended.",
    (draft, slots) =>
      addChange(draft, slots.time, (policy) => ({ ...policy, rules: { ...policy.rules, preset: slots.preset } })),
  ),
  statement(
    "set <rule> <setting:word> <value> [for <connection>] [from <time>]",
    "One setting of a rule, by its name in docs/settings.md; for all connections or those that this name, or pattern with *, fits.",
    (draft, { rule, setting, value, connection, time }) => {
      const said = readRules(rule, setting, value);
      addChange(draft, time, (policy) => ({ ...policy, rules: withRules(policy.rules, said, connection) }));
    },
  ),
  statement("ignore <connection> [from <time>]", "These connections are shown and never alerted.", (draft, slots) => {
    const entry = { connection: slots.connection, reason: "the scenario says so" };
    addChange(draft, slots.time, (policy) => ({ ...policy, ignore: [...policy.ignore, entry] }));
  }),
  statement(
    "watch <connectorName:word> [from <time>]",
    "A connector that is off by default is watched.",
    (draft, slots) =>
      addChange(draft, slots.time, (policy) => ({
        ...policy,
        watchedConnectors: [...policy.watchedConnectors, slots.connectorName],
      })),
  ),
  statement("unwatch <source> [from <time>]", "The collection is no longer read.", (draft, { source, time }) =>
    addChange(draft, time, (policy) => ({ ...policy, sources: policy.sources.filter((id) => !source.includes(id)) })),
  ),
  statement(
    "channel <channel> <type:channelType> <severity> [from <time>]",
    "A channel that is told from this severity on. Default: ops, of type teams, told everything.",
    (draft, { channel: name, type, severity: minSeverity, time }) => {
      const route = { name, minSeverity, keepsIncidents: keepsIncidents(type) };
      addChange(draft, time, (policy) => ({
        ...policy,
        channels: [...policy.channels.filter((known) => known.name !== name), route],
      }));
    },
  ),
  statement("remove channel <channel> [from <time>]", "The channel leaves the configuration.", (draft, slots) =>
    addChange(draft, slots.time, (policy) => ({
      ...policy,
      channels: policy.channels.filter(({ name }) => name !== slots.channel),
    })),
  ),
];

/** Several settings for the same connections make one override: of several the last one alone would count. */
function withRules(policy: RulePolicy, rules: RuleOverrides, name: string | undefined): RulePolicy {
  if (name === undefined) return joinRules(policy, { rules, overrides: [] });
  const known = policy.overrides.find(({ match }) => match.name === name);
  const override = {
    match: { name },
    rules: joinRules({ ...policy, rules: known?.rules ?? {} }, { rules, overrides: [] }).rules,
  };
  return { ...policy, overrides: [...policy.overrides.filter((other) => other !== known), override] };
}

function readRules(rule: string, setting: string, value: string | number | boolean): RuleOverrides {
  const result = rulesSchema.safeParse({ [rule]: { [setting]: value } });
  if (result.success) return result.data;
  throw new StatementError(`a setting of ${rule} with a value that fits: ${result.error.issues[0]?.message}`);
}
