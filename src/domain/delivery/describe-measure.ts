import type { Measure } from "../rules/rule.ts";
import { sayDateFrom, sayDuration } from "../words.ts";
import { judgedAtMs, type NotificationFacts } from "./notification.ts";
import { RULE_PHRASES } from "./rule-phrases.ts";

/** Says what the rule measured and the limit it crossed: "time without contact 3 d 4 h, limit 3 d"; undefined when it measured nothing. */
export function describeMeasured(facts: NotificationFacts): string | undefined {
  const { ruleId, evaluation } = facts;
  if (evaluation?.verdict !== "breach" && evaluation?.verdict !== "ok") return undefined;
  if (evaluation.measured === undefined) return undefined;
  const nowMs = judgedAtMs(facts);
  const measured = `${RULE_PHRASES[ruleId].measure} ${describeMeasure(evaluation.measured, nowMs)}`;
  const threshold = evaluation.verdict === "breach" ? evaluation.threshold : undefined;
  return threshold === undefined ? measured : `${measured}, limit ${describeMeasure(threshold, nowMs)}`;
}

function describeMeasure(measure: Measure, nowMs: number): string {
  switch (measure.unit) {
    case "duration":
      return sayDuration(measure.ms);
    case "date":
      return sayDateFrom(measure.atMs, nowMs);
    case "count":
      return String(measure.count);
    case "text":
      return measure.text;
  }
}
