import type { ConnectionKind } from "../connections/reading.ts";

/** The days of the week as the configuration names them. */
export const WEEKDAYS = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"] as const;

/** A day of the week. */
export type Weekday = (typeof WEEKDAYS)[number];

/** A time in each week in which nothing is told: begins on the clock of its zone and lasts for elapsed time. */
export interface MaintenanceWindow {
  readonly name: string;
  /** The days on which it begins, on the zone's calendar; at least one. */
  readonly weekdays: readonly Weekday[];
  /** Minutes after midnight on the zone's clock, 0 to 1,439. */
  readonly startMinute: number;
  /** Elapsed time, from 1 minute to 7 days. */
  readonly durationMs: number;
  /** IANA zone, such as `Europe/Berlin`. */
  readonly timeZone: string;
  readonly match: {
    /** A glob (`*`) over connection id or display name. */
    readonly connection?: string;
    readonly kind?: ConnectionKind;
  };
}

/** What history keeps of a window: when it was is told by events, for whom by its match. */
export type WindowMark = Pick<MaintenanceWindow, "name" | "match">;
