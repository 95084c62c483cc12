import type { Step } from "./find-step.ts";
import type { Measure } from "./rule.ts";

/** Measures a blindness in the unit of the limit that it has crossed: failed polls in a row, or the time since the last reading. */
export function measureBlindness({ threshold }: Step, failedPolls: number, blindMs: number): Measure {
  return threshold.unit === "duration" ? { unit: "duration", ms: blindMs } : { unit: "count", count: failedPolls };
}
