import { z } from "zod";
import { CONNECTION_KINDS } from "../domain/connections/reading.ts";
import { type MaintenanceWindow, WEEKDAYS } from "../domain/suppression/maintenance-window.ts";
import { DAY_MS, MINUTE_MS } from "../domain/units.ts";
import { duration, glob, label } from "./fields.schema.ts";

/** A maintenance window, and the tenants it is for. */
export interface MaintenanceConfig {
  /** A glob (`*`) over tenant id or name, or `fleet`. @default every tenant, and not the fleet */
  readonly tenant?: string;
  readonly window: MaintenanceWindow;
}

/** Reads the maintenance windows. */
export const maintenanceSchema: z.ZodType<readonly MaintenanceConfig[]> = z.array(
  windowSchema(),
  "a list of maintenance windows",
);

function windowSchema() {
  return z
    .strictObject({
      name: label(100).describe("The name in messages and on the page."),
      weekdays: z
        .array(z.enum(WEEKDAYS), "a list of weekdays")
        .min(1, "a list of at least one weekday")
        .refine((days) => new Set(days).size === days.length, "a list that names each weekday once")
        .describe("Days on which it begins: `mon`, `tue`, `wed`, `thu`, `fri`, `sat`, `sun`."),
      start: timeOfDay().describe(
        "When it begins on the clock of its zone, such as `22:00`. A time that the clock leaps over begins with the first instant after the leap, and one that it shows twice begins the first time.",
      ),
      duration: duration(MINUTE_MS, 7 * DAY_MS).describe("How long it lasts, from `PT1M` to `P7D` of elapsed time."),
      timeZone: zoneName().describe("IANA time zone of days and start, such as `Europe/Berlin`."),
      match: matchSchema().prefault({}).describe("What it is for; all that is given must fit. Default: every tenant."),
    })
    .transform(({ start, duration: durationMs, match: { tenant, ...match }, ...given }) => ({
      ...(tenant === undefined ? {} : { tenant }),
      window: { ...given, startMinute: start, durationMs, match },
    }));
}

function matchSchema() {
  return z.strictObject({
    tenant: glob()
      .exactOptional()
      .describe("Pattern over tenant id and name; `fleet` means what the monitor watches of itself, and no tenant."),
    connection: glob().exactOptional().describe("Pattern over connection id and display name."),
    kind: z.enum(CONNECTION_KINDS).exactOptional().describe("Kind of connection."),
  });
}

/** Reads a time of day as minutes after midnight. */
function timeOfDay() {
  const expected = "a time of day from 00:00 to 23:59";
  return z
    .string(expected)
    .regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/, expected)
    .transform((text) => Number(text.slice(0, 2)) * 60 + Number(text.slice(3)));
}

/** A plain offset from UTC begins with no letter: it would be wrong for half the year wherever clocks are changed. */
function zoneName() {
  const expected = "an IANA time zone such as Europe/Berlin";
  return z.string(expected).refine((name) => /^[A-Za-z]/.test(name) && isKnownZone(name), expected);
}

function isKnownZone(timeZone: string): boolean {
  try {
    return new Intl.DateTimeFormat("en-US", { timeZone }).resolvedOptions().timeZone !== "";
  } catch {
    return false;
  }
}
