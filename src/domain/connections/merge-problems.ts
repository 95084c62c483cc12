import type { DataProblem } from "./reading.ts";

/** The most problems kept of one reading. */
const MAX_PROBLEMS = 20;

/** Returns the problems without repeats of one code on one property, at most 20. */
export function mergeProblems(problems: readonly DataProblem[]): readonly DataProblem[] {
  const byKind = new Map<string, DataProblem>();
  for (const problem of problems) {
    const key = `${problem.code} ${problem.property}`;
    if (!byKind.has(key)) byKind.set(key, problem);
  }
  return [...byKind.values()].slice(0, MAX_PROBLEMS);
}
