import type { ConnectionBody, RuleLimitsBody, ThresholdBody } from "../../src/http/contract/connections.ts";
import type { PreviewOutcomeBody } from "../../src/http/contract/preview.ts";
import type { ParameterFault } from "../data/create-client.ts";
import { DAY_MS, parseDuration, sayDuration } from "./say-time.ts";
import { capital, SIDE_WORDS, VERDICTS } from "./words.ts";

/** A limit that a person may try another value for. */
export interface LimitField {
  /** As the configuration names it, such as `warnAfter`. */
  readonly name: string;
  readonly severity: ThresholdBody["severity"];
  /** Such as `Warning after more than`. */
  readonly label: string;
  /** Ages are tried in hours, times left in days, or in hours where the limit is no number of whole days. */
  readonly unit: "hours" | "days";
  /** The value that holds; undefined where the step is off. */
  readonly value: number | undefined;
  /** What holds, and whether it counts for this connection. */
  readonly hint: string;
}

/** Settings of one rule that are tried, as the configuration writes them. */
export type TriedSettings = Readonly<Record<string, string | boolean>>;

/** The limits that are a severity's threshold, by their names in the configuration. */
const STEPS: Readonly<Record<string, Pick<ThresholdBody, "severity" | "side">>> = {
  warnAfter: { severity: "warning", side: "after" },
  errorFrom: { severity: "error", side: "from" },
  criticalFrom: { severity: "critical", side: "from" },
  warnWithin: { severity: "warning", side: "within" },
  errorWithin: { severity: "error", side: "within" },
  criticalWithin: { severity: "critical", side: "within" },
};

const UNIT_MS = { hours: DAY_MS / 24, days: DAY_MS } as const;

/** The largest number that a limit may have: the configuration takes ten years. */
export const MAX_LIMIT = { hours: 87_600, days: 3_650 } as const;

/** Lists the limits that a rule knows, as they hold for a connection. */
export function limitFields(connection: Pick<ConnectionBody, "thresholds">, rule: RuleLimitsBody): LimitField[] {
  const { ruleId, enabled, limits } = rule;
  const judged = connection.thresholds.filter((threshold) => threshold.ruleId === ruleId);
  return Object.entries(limits).flatMap(([name, duration]) => {
    const step = STEPS[name];
    if (step === undefined) return [];
    const { severity, side } = step;
    const ms = duration === null ? undefined : parseDuration(duration);
    const unit = side === "within" && (ms ?? 0) % DAY_MS === 0 ? "days" : "hours";
    const counts = !enabled || judged.some((threshold) => threshold.severity === severity);
    const hint =
      ms === undefined
        ? "Off now; empty leaves it off"
        : `Now ${sayDuration(ms)}${counts ? "" : ", but it does not count for this connection"}`;
    const label = capital(`${severity} ${SIDE_WORDS[side]}`);
    return [{ name, severity, label, unit, value: ms && ms / UNIT_MS[unit], hint }];
  });
}

/** Writes what was entered for one rule as its settings; what is as it was, or no number from 0 on, holds as it is. */
export function toRuleSettings(fields: readonly LimitField[], entered: (name: string) => string): TriedSettings {
  const changed = fields.flatMap(({ name, unit, value }) => {
    const text = entered(name);
    const minutes = Math.round((Number(text) * UNIT_MS[unit]) / 60_000);
    const isChanged = text !== "" && Number(text) !== value && Number.isFinite(minutes) && minutes >= 0;
    return isChanged ? [[name, `PT${minutes}M`]] : [];
  });
  // A rule that is off is tried as if it were on.
  return { enabled: true, ...Object.fromEntries(changed) };
}

/** Says in the words of the form what is wrong with which of its fields, by name; what is wrong with something else is left out. */
export function fieldFaults(
  errors: readonly ParameterFault[] | undefined,
  ruleId: string,
  fields: readonly LimitField[],
): ReadonlyMap<string, string> {
  const faults = fields.flatMap(({ name }) => {
    const own = (errors ?? []).filter(({ parameter }) => parameter === `rules.${ruleId}.${name}`);
    return own.length === 0 ? [] : [[name, inWords(own, fields)] as const];
  });
  return new Map(faults);
}

/** Says which limits a preview was made with. */
export function sayLimits({ enabled, limits }: PreviewOutcomeBody["settings"]): string {
  if (!enabled) return "the rule is off";
  const steps = Object.entries(limits).flatMap(([name, limit]) => {
    const step = STEPS[name];
    return step === undefined ? [] : [`${step.severity} ${SIDE_WORDS[step.side]} ${sayIso(`${limit}`)}`];
  });
  return steps.join(", ");
}

/** Finds the worst that episodes came to; undefined where there are none. */
export function worstOf(episodes: PreviewOutcomeBody["episodes"]): ThresholdBody["severity"] | undefined {
  return episodes.map(({ severity }) => severity).sort((a, b) => VERDICTS.indexOf(a) - VERDICTS.indexOf(b))[0];
}

/** Says a length of time that is written as ISO text. */
export function sayIso(duration: string): string {
  return sayDuration(parseDuration(duration) ?? 0);
}

function inWords(errors: readonly ParameterFault[], fields: readonly LimitField[]): string {
  const said = errors.map(({ message }) => message).join("; ");
  return capital(fields.reduce((text, { name, severity }) => text.replaceAll(name, severity), said));
}
