import { DAY_MS } from "../units.ts";

/** So many days before a date another word on it is due (ours); 0 is the date itself. */
export const BUCKETS_DAYS = [0, 1, 3, 7, 14, 30] as const;

/** Returns the lowest bucket that a date has come into, undefined while it is further off than all of them. */
export function bucketOf(dateMs: number, nowMs: number): number | undefined {
  return BUCKETS_DAYS.find((days) => dateMs - nowMs <= days * DAY_MS);
}
