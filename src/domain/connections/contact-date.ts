import { HOUR_MS, MINUTE_MS } from "../units.ts";

/** How far a partner's clock may run ahead of ours without a word (ours). */
const CLOCK_SKEW_MS = 5 * MINUTE_MS;

/** Up to where a contact ahead of the reading is a wrong clock; beyond, the date says nothing about the contact (ours). */
const FAR_AHEAD_MS = HOUR_MS;

/**
 * Judges a contact that lies ahead of the reading that holds it.
 *
 * @returns undefined up to 5 minutes ahead; `date-in-future` up to 1 hour, where its age counts as 0; `inconsistent` beyond,
 * where it has no age.
 */
export function judgeContactAhead(
  contactAtMs: number,
  observedAtMs: number,
): "date-in-future" | "inconsistent" | undefined {
  const aheadMs = contactAtMs - observedAtMs;
  if (aheadMs <= CLOCK_SKEW_MS) return undefined;
  return aheadMs <= FAR_AHEAD_MS ? "date-in-future" : "inconsistent";
}
