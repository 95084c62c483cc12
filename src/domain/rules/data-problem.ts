import { type DataProblem, isRow, ROW_KINDS, type RowReading } from "../connections/reading.ts";
import { defineRule, type JudgeInput } from "./define-rule.ts";
import type { Evaluation, Rule, Severity } from "./rule.ts";

const SEVERITIES: Readonly<Record<DataProblem["code"], Severity>> = {
  "unknown-enum": "info",
  "several-rows": "info",
  "date-in-future": "info",
  inconsistent: "warning",
  "bad-date": "warning",
  "bad-value": "warning",
  "duplicate-id": "warning",
  "missing-id": "warning",
  "unreadable-row": "warning",
};

/**
 * Tells of faults in what Graph sent: information, or a warning when the fault hides or contradicts what should be judged.
 *
 * Graph does not keep its own contract (a v1.0 capture has an enum member that v1.0 does not list), so faults are expected
 * and never stop a reading. Severities are ours.
 * Source: graph.md 3.1.
 */
export const dataProblem: Rule = defineRule({
  id: "data-problem",
  title: "Graph sent faulty data",
  appliesTo: ROW_KINDS,
  watches: isRow,
  limits: {},
  confirmPolls: 2,
  recoverPolls: 2,
  judge,
  consequence: () =>
    "What was sent wrongly is not judged: a rule that needs it says unknown, and this monitor may miss that the connection fails.",
  remedy:
    "Compare with the connection's page in the Intune admin center. If the portal is right, the fault is Microsoft's: open a " +
    "support case; a value that is merely new needs an update of this monitor.",
});

function judge({ reading }: JudgeInput<RowReading>): Evaluation {
  const { problems } = reading;
  const worst = problems.find(({ code }) => SEVERITIES[code] === "warning") ?? problems[0];
  if (worst === undefined) return { verdict: "ok", reason: "no-problems" };
  const text = [worst.code, worst.property, ...(worst.asSent === undefined ? [] : [`"${worst.asSent}"`])].join(" ");
  const more = problems.length === 1 ? "" : `, and ${problems.length - 1} more`;
  return {
    verdict: "breach",
    severity: SEVERITIES[worst.code],
    reason: worst.code,
    measured: { unit: "text", text: `${text}${more}` },
  };
}
