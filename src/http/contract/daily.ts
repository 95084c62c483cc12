import type { Verdict } from "../../domain/rules/verdict.ts";

/** How a connection stood on one UTC day that is over: up, down, unknown and maintenance add up to 24 hours. */
export interface DailyBody {
  readonly connectionKey: string;
  /** Such as 2026-11-22. */
  readonly date: string;
  /** How long our verdict was each, in seconds that add up to 24 hours; one that never was is absent. */
  readonly verdictSeconds: Readonly<Partial<Record<Verdict, number>>>;
  /** Up of covered, 0 to 1, cut after four digits; absent when nothing is covered. */
  readonly ratio?: number | undefined;
  readonly upSeconds: number;
  readonly downSeconds: number;
  /** Of what is no partner and no connector all of the day: it is neither up nor down. */
  readonly unknownSeconds: number;
  readonly maintenanceSeconds: number;
  /** Up and down. */
  readonly coveredSeconds: number;
  /** Episodes that opened. */
  readonly fired: number;
}
