import type { Measure } from "../rules/rule.ts";
import { sayDateFrom, sayDuration } from "../words.ts";
import type { NotificationFacts } from "./notification.ts";
import { RULE_PHRASES } from "./rule-phrases.ts";

/** Says what the rule measured and the limit it crossed: "time without contact 3 d 4 h, limit 3 d"; undefined when it measured nothing. */
export function describeMeasured({ ruleId, evaluation, observedAtMs }: NotificationFacts): string | undefined {
  if (evaluation?.verdict !== "breach" && evaluation?.verdict !== "ok") return undefined;
  if (evaluation.measured === undefined) return undefined;
  const measured = `${RULE_PHRASES[ruleId].measure} ${describeMeasure(evaluation.measured, observedAtMs)}`;
  const threshold = evaluation.verdict === "breach" ? evaluation.threshold : undefined;
  return threshold === undefined ? measured : `${measured}, limit ${describeMeasure(threshold, observedAtMs)}`;
}

function describeMeasure(measure: Measure, observedAtMs: number): string {
  switch (measure.unit) {
    case "duration":
      return sayDuration(measure.ms);
    case "date":
      return sayDateFrom(measure.atMs, observedAtMs);
    case "count":
      return String(measure.count);
    case "text":
      return measure.text;
  }
}
