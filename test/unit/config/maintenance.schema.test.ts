import { describe, expect, it } from "vitest";
import { expectationOf, formatPath, toFaults } from "../../../src/config/faults.ts";
import { maintenanceSchema } from "../../../src/config/maintenance.schema.ts";
import { DAY_MS, HOUR_MS, MINUTE_MS } from "../../../src/domain/units.ts";
import { aMaintenance } from "./config-builders.ts";

/** Returns what a window is refused for, as `path: expected`. */
function problemsOf(changes: Record<string, unknown>): readonly string[] {
  const { error } = maintenanceSchema.safeParse([aMaintenance(changes)], { error: expectationOf });
  return error === undefined ? [] : toFaults(error).map(({ path, expected }) => `${formatPath(path)}: ${expected}`);
}

describe("maintenanceSchema", () => {
  it("reads a window with minutes after midnight and milliseconds", () => {
    const match = { tenant: "Contoso*", connection: "Jamf*", kind: "connector" };

    expect(maintenanceSchema.parse([aMaintenance({ match })])).toEqual([
      {
        tenant: "Contoso*",
        window: {
          name: "patch night",
          weekdays: ["sat"],
          startMinute: 22 * 60,
          durationMs: 4 * HOUR_MS,
          timeZone: "Europe/Berlin",
          match: { connection: "Jamf*", kind: "connector" },
        },
      },
    ]);
  });

  it.each([{}, { match: {} }])("is for every connection of every tenant when it says %j", (changes) => {
    const [read] = maintenanceSchema.parse([aMaintenance(changes)]);

    expect(read).not.toHaveProperty("tenant");
    expect(read?.window.match).toEqual({});
  });

  it.each([
    ["00:00", 0],
    ["09:05", 545],
    ["23:59", 1_439],
  ])("reads %s as minute %i", (start, startMinute) => {
    expect(maintenanceSchema.parse([aMaintenance({ start })])[0]?.window.startMinute).toBe(startMinute);
  });

  it.each([
    ["PT1M", MINUTE_MS],
    ["P7D", 7 * DAY_MS],
  ])("takes the duration %s", (duration, durationMs) => {
    expect(maintenanceSchema.parse([aMaintenance({ duration })])[0]?.window.durationMs).toBe(durationMs);
  });

  it.each(["UTC", "America/New_York", "america/new_york", "Asia/Kolkata", "US/Eastern", "Etc/GMT-3"])(
    "takes the time zone %s",
    (timeZone) => {
      expect(problemsOf({ timeZone })).toEqual([]);
    },
  );

  it("takes each day of the week, and a kind of the monitor itself", () => {
    const weekdays = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

    expect(problemsOf({ weekdays, match: { tenant: "fleet", kind: "channel" } })).toEqual([]);
  });

  const TIME = "[0].start: a time of day from 00:00 to 23:59";
  const ZONE = "[0].timeZone: an IANA time zone such as Europe/Berlin";
  const DURATION = "[0].duration: an ISO 8601 duration such as PT36H or P7D, from PT1M to P7D";

  it.each([
    ["no name", { name: undefined }, ["[0].name: a text of 1 to 100 characters"]],
    ["no weekday", { weekdays: [] }, ["[0].weekdays: a list of at least one weekday"]],
    ["a weekday without a list", { weekdays: "sat" }, ["[0].weekdays: a list of weekdays"]],
    ["a weekday twice", { weekdays: ["sat", "sat"] }, ["[0].weekdays: a list that names each weekday once"]],
    [
      "an unknown weekday",
      { weekdays: ["sat", "Saturday"] },
      ["[0].weekdays[1]: one of sun, mon, tue, wed, thu, fri, sat"],
    ],
    ["no start", { start: undefined }, [TIME]],
    ["hour 24", { start: "24:00" }, [TIME]],
    ["minute 60", { start: "23:60" }, [TIME]],
    ["an hour of one digit", { start: "9:00" }, [TIME]],
    ["a start with seconds", { start: "22:00:00" }, [TIME]],
    ["a start as a number", { start: 22 }, [TIME]],
    ["a duration below a minute", { duration: "PT59S" }, [DURATION]],
    ["a duration above a week", { duration: "P7DT1S" }, [DURATION]],
    ["no time zone", { timeZone: undefined }, [ZONE]],
    ["an unknown time zone", { timeZone: "Europe/Atlantis" }, [ZONE]],
    ["an offset for a time zone", { timeZone: "+01:00" }, [ZONE]],
    ["nothing for a time zone", { timeZone: "" }, [ZONE]],
    [
      "an unknown kind",
      { match: { kind: "printer" } },
      [expect.stringMatching(/^\[0\]\.match\.kind: one of device-management-partner, .*, channel$/)],
    ],
    ["an unknown matcher", { match: { rule: "*" } }, ["[0].match.rule: left out, for there is no such setting"]],
    ["an unknown setting", { until: "02:00" }, ["[0].until: left out, for there is no such setting"]],
    ["several at once", { start: "x", weekdays: [] }, ["[0].weekdays: a list of at least one weekday", TIME]],
  ])("refuses %s", (_case, changes, problems) => {
    expect(problemsOf(changes)).toEqual(problems);
  });
});
