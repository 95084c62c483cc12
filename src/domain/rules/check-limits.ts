import type { Limits, Rule } from "./rule.ts";

/** The steps of one measure, calmest first, and whether a graver step has the higher limit. */
const SCALES = [
  { names: ["warnAfterMs", "errorFromMs", "criticalFromMs"], isRising: true },
  { names: ["warnWithinMs", "errorWithinMs", "criticalWithinMs"], isRising: false },
  { names: ["warnFromPolls", "errorFromPolls"], isRising: true },
] as const;

/**
 * Checks that a rule can judge by these limits: every name is one of the rule's, every number fits its unit, and a calmer
 * step comes before a graver one.
 *
 * @returns undefined when it can, else what was expected, in the names of the configuration (without `Ms`).
 */
export function checkLimits(rule: Pick<Rule, "defaults">, limits: Limits): string | undefined {
  for (const [name, limit] of Object.entries(limits)) {
    const problem = checkLimit(name, limit, Object.keys(rule.defaults.limits));
    if (problem !== undefined) return problem;
  }
  const [first] = misplacedLimits(limits);
  return first && `${first.limit} ${first.expected}`;
}

/** A limit on the wrong side of its neighbour, in the names of the configuration. */
export interface MisplacedLimit {
  readonly limit: string;
  /** Such as `below errorFrom`. */
  readonly expected: string;
}

/** Lists the limits that contradict: of each two, the calmer step first. */
export function misplacedLimits(limits: Limits): readonly MisplacedLimit[] {
  return SCALES.flatMap(({ names, isRising }) => {
    const steps = names.filter((name) => limits[name] !== undefined);
    return steps.slice(1).flatMap((graver, index) => {
      const calmer = steps[index] ?? graver;
      const distance = (limits[graver] ?? 0) - (limits[calmer] ?? 0);
      if (isRising ? distance > 0 : distance < 0) return [];
      const [side, otherSide] = isRising ? ["below", "above"] : ["above", "below"];
      return [
        { limit: toSetting(calmer), expected: `${side} ${toSetting(graver)}` },
        { limit: toSetting(graver), expected: `${otherSide} ${toSetting(calmer)}` },
      ];
    });
  });
}

/** Returns the name of a limit in the configuration, where a duration is ISO text: `warnAfterMs` is set as `warnAfter`. */
export function toSetting(limit: string): string {
  return limit.replace(/Ms$/, "");
}

function checkLimit(name: string, limit: number, known: readonly string[]): string | undefined {
  if (!known.includes(name)) {
    return known.length === 0 ? "a rule without limits" : `one of the limits ${known.map(toSetting).join(", ")}`;
  }
  const isDuration = name.endsWith("Ms");
  if (Number.isSafeInteger(limit) && limit >= (isDuration ? 0 : 1)) return undefined;
  return isDuration ? `${toSetting(name)} as a duration from PT0S` : `${name} as a whole number from 1`;
}
