import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type CalendarEvent, renderCalendar } from "../../../src/http/i-calendar.ts";
import { at } from "./builders.ts";
import { parseCalendar, parseEvents } from "./parse-calendar.ts";

const event = (overrides: Partial<CalendarEvent> = {}): CalendarEvent => ({
  uid: "removal-1@intune-partner-monitor",
  revisedMs: at("2026-11-01T08:30:15.250Z"),
  atMs: at("2026-12-31T23:59:59Z"),
  summary: "Devices are removed",
  description: "First line\nSecond line",
  category: "Microsoft Intune",
  ...overrides,
});

describe("renderCalendar()", () => {
  it("writes a calendar with a name that is asked for again every hour", () => {
    const calendar = parseCalendar(renderCalendar("Deadlines", [event()]));

    const properties = ["version", "prodid", "method", "name", "x-wr-calname", "refresh-interval", "x-published-ttl"];
    expect(properties.map((name) => String(calendar.getFirstPropertyValue(name)))).toEqual([
      "2.0",
      "-//intune-partner-monitor//deadlines//EN",
      "PUBLISH",
      "Deadlines",
      "Deadlines",
      "PT1H",
      "PT1H",
    ]);
  });

  it("writes an event of a whole day of UTC, over the end of a year", () => {
    const [parsed] = parseEvents(renderCalendar("x", [event()]));

    expect(parsed?.uid).toBe("removal-1@intune-partner-monitor");
    expect([parsed?.startDate, parsed?.endDate].map(String)).toEqual(["2026-12-31", "2027-01-01"]);
    expect(parsed?.startDate.isDate).toBe(true);
    expect(parsed?.summary).toBe("Devices are removed");
    expect(parsed?.description).toBe("First line\nSecond line");
    expect(parsed?.component.getFirstPropertyValue("transp")).toBe("TRANSPARENT");
  });

  it("says of which revision an event is, by a number that rises each minute", () => {
    const revisions = [at("2026-11-01T08:30:15.250Z"), at("2026-11-01T08:31:00Z"), 0].map((revisedMs) => {
      const [parsed] = parseEvents(renderCalendar("x", [event({ revisedMs })]));
      return ["dtstamp", "last-modified", "sequence"].map((name) =>
        String(parsed?.component.getFirstPropertyValue(name)),
      );
    });

    expect(revisions).toEqual([
      ["2026-11-01T08:30:15Z", "2026-11-01T08:30:15Z", "3594750"],
      ["2026-11-01T08:31:00Z", "2026-11-01T08:31:00Z", "3594751"],
      ["1970-01-01T00:00:00Z", "1970-01-01T00:00:00Z", "0"],
    ]);
  });

  it("rings 30, 14, 7 and 1 day before", () => {
    const alarms = parseEvents(renderCalendar("x", [event()]))[0]?.component.getAllSubcomponents("valarm") ?? [];

    expect(alarms.map((alarm) => String(alarm.getFirstPropertyValue("trigger")))).toEqual([
      "-P30D",
      "-P14D",
      "-P7D",
      "-P1D",
    ]);
    for (const alarm of alarms) {
      expect(alarm.getFirstPropertyValue("action")).toBe("DISPLAY");
      expect(alarm.getFirstPropertyValue("description")).toBe("Devices are removed");
    }
  });

  it("holds something that shows nothing when there is no event, as a calendar must", () => {
    const calendar = parseCalendar(renderCalendar("x", []));

    expect(calendar.getAllSubcomponents().map(({ name }) => name)).toEqual(["vtimezone"]);
  });

  it.each([
    { name: "separators", text: "a;b,c\\d:e" },
    { name: "what looks like an escape", text: "\\new\\, \\;" },
    { name: "1 KB of one byte", text: "x".repeat(1_000) },
    { name: "another component", text: "x\r\nEND:VEVENT\r\nBEGIN:VEVENT" },
    { name: "emoji at the fold", text: `${"x".repeat(65)}👩‍🔧👩‍🔧👩‍🔧` },
    { name: "10 KB of two bytes", text: "ä".repeat(5_000) },
  ])("keeps $name as text", ({ text }) => {
    const events = parseEvents(renderCalendar(text, [event({ summary: text, description: text })]));

    expect(events.map(({ summary }) => summary)).toEqual([text.replaceAll("\r\n", "\n")]);
    expect(events[0]?.description).toBe(text.replaceAll("\r\n", "\n"));
  });

  it("gives any text back through a parser", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), (summary) => {
        fc.pre(!/[\p{Cc}\p{Cs}]/u.test(summary));

        expect(parseEvents(renderCalendar("x", [event({ summary })]))[0]?.summary).toBe(summary);
      }),
    );
  });
});
