import type { Measure } from "../rules/rule.ts";
import { sayDateFrom, sayDuration } from "../words.ts";
import { judgedAtMs, type NotificationFacts } from "./notification.ts";
import { RULE_PHRASES } from "./rule-phrases.ts";

/** How many units a duration is said with, until it can be told from its limit. */
const UNIT_COUNTS = [2, 3, 4] as const;

/** Says what the rule measured and the limit it crossed: "time without contact 3 d 4 h, limit 3 d"; undefined when it measured nothing. */
export function describeMeasured(facts: NotificationFacts): string | undefined {
  const { ruleId, evaluation } = facts;
  if (evaluation?.verdict !== "breach" && evaluation?.verdict !== "ok") return undefined;
  const { measured } = evaluation;
  if (measured === undefined) return undefined;
  const threshold = evaluation.verdict === "breach" ? evaluation.threshold : undefined;
  const nowMs = judgedAtMs(facts);
  const maxUnits = unitsToTellApart(measured, threshold);
  const { measure, measuredTime = measure } = RULE_PHRASES[ruleId];
  const said = `${measured.unit === "duration" ? measuredTime : measure} ${describeMeasure(measured, nowMs, maxUnits)}`;
  return threshold === undefined ? said : `${said}, limit ${describeMeasure(threshold, nowMs, maxUnits)}`;
}

/** "1 d 12 h, limit 1 d 12 h" would hide what was crossed. */
function unitsToTellApart(measured: Measure, threshold: Measure | undefined): number | undefined {
  if (measured.unit !== "duration" || threshold?.unit !== "duration") return undefined;
  return UNIT_COUNTS.find((units) => sayDuration(measured.ms, units) !== sayDuration(threshold.ms, units));
}

function describeMeasure(measure: Measure, nowMs: number, maxUnits: number | undefined): string {
  switch (measure.unit) {
    case "duration":
      return sayDuration(measure.ms, maxUnits);
    case "date":
      return sayDateFrom(measure.atMs, nowMs);
    case "count":
      return String(measure.count);
    case "text":
      return measure.text;
  }
}
