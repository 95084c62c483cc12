import { toIso } from "../domain/time.ts";
import { DAY_MS, MINUTE_MS, SECOND_MS } from "../domain/units.ts";

/** An event that takes a whole day. */
export interface CalendarEvent {
  /** Stays the same for as long as the event is the same, whatever day it moves to. */
  readonly uid: string;
  /** When it was last looked at whether it still is so: what came later in minutes is the newer revision. */
  readonly revisedMs: number;
  /** Any instant of its day, which is one of UTC. */
  readonly atMs: number;
  /** Any text without control characters. */
  readonly summary: string;
  /** The same, with `\n` between its lines. */
  readonly description: string;
  readonly category: string;
}

/** The media type of what `renderCalendar` writes. */
export const CALENDAR_TYPE = "text/calendar; charset=utf-8";

/** So many days before an event its alarms go off. */
const ALARM_DAYS = [30, 14, 7, 1] as const;

/** Revisions are counted from here, so that their numbers fit 32 bits: 2020-01-01. */
const FIRST_REVISION_MS = Date.UTC(2020, 0, 1);

/** The longest line, without its end. */
const MAX_OCTETS = 75;

const ENCODER = new TextEncoder();

const HEAD = [
  "BEGIN:VCALENDAR",
  "VERSION:2.0",
  "PRODID:-//intune-partner-monitor//deadlines//EN",
  "CALSCALE:GREGORIAN",
  "METHOD:PUBLISH",
  "REFRESH-INTERVAL;VALUE=DURATION:PT1H",
  "X-PUBLISHED-TTL:PT1H",
] as const;

/** A calendar must hold something: this stands in one without events, and shows nothing. */
const NOTHING = [
  "BEGIN:VTIMEZONE",
  "TZID:UTC",
  "BEGIN:STANDARD",
  "DTSTART:19700101T000000",
  "TZOFFSETFROM:+0000",
  "TZOFFSETTO:+0000",
  "END:STANDARD",
  "END:VTIMEZONE",
] as const;

/**
 * Writes a calendar of all-day events, each with alarms 30, 14, 7 and 1 day before.
 *
 * Source: RFC 5545, and RFC 7986 for the name and the refresh interval.
 */
export function renderCalendar(name: string, events: readonly CalendarEvent[]): string {
  const names = [`NAME:${escapeText(name)}`, `X-WR-CALNAME:${escapeText(name)}`];
  const body = events.length === 0 ? NOTHING : events.flatMap(linesOf);
  const lines = [...HEAD, ...names, ...body, "END:VCALENDAR"];
  return lines.map((line) => `${fold(line)}\r\n`).join("");
}

function linesOf({ uid, revisedMs, atMs, summary, description, category }: CalendarEvent): readonly string[] {
  const stamp = toBasic(toIso(revisedMs - (revisedMs % SECOND_MS)));
  return [
    "BEGIN:VEVENT",
    `UID:${escapeText(uid)}`,
    `DTSTAMP:${stamp}`,
    `LAST-MODIFIED:${stamp}`,
    `SEQUENCE:${Math.max(0, Math.floor((revisedMs - FIRST_REVISION_MS) / MINUTE_MS))}`,
    `DTSTART;VALUE=DATE:${toDate(atMs)}`,
    `DTEND;VALUE=DATE:${toDate(atMs + DAY_MS)}`,
    `SUMMARY:${escapeText(summary)}`,
    `DESCRIPTION:${escapeText(description)}`,
    `CATEGORIES:${escapeText(category)}`,
    "TRANSP:TRANSPARENT",
    ...ALARM_DAYS.flatMap((days) => [
      "BEGIN:VALARM",
      "ACTION:DISPLAY",
      `TRIGGER:-P${days}D`,
      `DESCRIPTION:${escapeText(summary)}`,
      "END:VALARM",
    ]),
    "END:VEVENT",
  ];
}

function toDate(atMs: number): string {
  return toBasic(toIso(atMs)).slice(0, 8);
}

function toBasic(iso: string): string {
  return iso.replaceAll(/[-:]/g, "");
}

function escapeText(text: string): string {
  return text.replaceAll(/[\\;,]/g, "\\$&").replaceAll(/\r\n?|\n/g, "\\n");
}

/** Breaks a line so that none is longer than 75 octets, and no character is cut in two. */
function fold(line: string): string {
  const lines: string[] = [];
  let part = "";
  let octets = 0;
  for (const character of line) {
    const size = ENCODER.encode(character).length;
    if (octets + size > MAX_OCTETS) {
      lines.push(part);
      // The blank that a continuation begins with counts.
      part = "";
      octets = 1;
    }
    part += character;
    octets += size;
  }
  return [...lines, part].join("\r\n ");
}
