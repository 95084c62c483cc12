import type { ThresholdBody } from "../../src/http/contract.ts";
import { DAY_MS, parseDuration } from "./say-time.ts";

/** A limit that a person may try another value for. */
export interface LimitField {
  /** As the configuration names it, such as `warnAfter`. */
  readonly name: string;
  readonly severity: ThresholdBody["severity"];
  /** Ages are tried in hours, times left in days. */
  readonly unit: "hours" | "days";
  /** The value that holds. */
  readonly value: number;
}

const STEMS: Readonly<Partial<Record<ThresholdBody["severity"], string>>> = {
  warning: "warn",
  error: "error",
  critical: "critical",
};

const ENDINGS: Readonly<Record<ThresholdBody["side"], string>> = { after: "After", from: "From", within: "Within" };

const UNIT_MS = { hours: DAY_MS / 24, days: DAY_MS } as const;

/** Lists the limits of one rule that can be tried. */
export function limitFields(thresholds: readonly ThresholdBody[], ruleId: string): readonly LimitField[] {
  return thresholds
    .filter((threshold) => threshold.ruleId === ruleId)
    .flatMap(({ severity, side, duration }) => {
      const stem = STEMS[severity];
      const unit = side === "within" ? "days" : "hours";
      const ms = parseDuration(duration);
      if (stem === undefined || ms === undefined) return [];
      return [{ name: `${stem}${ENDINGS[side]}`, severity, unit, value: ms / UNIT_MS[unit] } as const];
    });
}

/** Writes what was entered for one rule as its settings; what is no number from 0 on is left out, and holds as it is. */
export function toRuleSettings(
  fields: readonly LimitField[],
  entered: (name: string) => string,
): Readonly<Record<string, string>> {
  return Object.fromEntries(
    fields.flatMap(({ name, unit }) => {
      const text = entered(name);
      const minutes = Math.round((Number(text) * UNIT_MS[unit]) / 60_000);
      return text !== "" && Number.isFinite(minutes) && minutes >= 0 ? [[name, `PT${minutes}M`]] : [];
    }),
  );
}
