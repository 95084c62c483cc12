import type { MaintenanceWindow } from "../../domain/suppression/maintenance-window.ts";

/** A time in each week in which nothing is told, as configured. */
export type WindowBody = Omit<MaintenanceWindow, "startMinute" | "durationMs"> & {
  /** On the clock of its zone, such as `22:30`. */
  readonly start: string;
  /** ISO 8601, elapsed time. */
  readonly duration: string;
  readonly isActive: boolean;
  /** When one that is on is over; absent where it begins anew before it ends, for a year and more. */
  readonly untilDateTime?: string | undefined;
  /** When one that is not on begins. */
  readonly nextStartDateTime?: string | undefined;
};
