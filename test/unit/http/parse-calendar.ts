import { createRequire } from "node:module";

/** A component of a calendar, as far as tests look at it. */
export interface CalendarComponent {
  readonly name: string;
  readonly getAllSubcomponents: (name?: string) => readonly CalendarComponent[];
  readonly getFirstPropertyValue: (name: string) => unknown;
}

interface ParsedEvent {
  readonly uid: string;
  readonly summary: string;
  readonly description: string;
  readonly startDate: { readonly isDate: boolean };
  readonly endDate: { readonly isDate: boolean };
  readonly component: CalendarComponent;
}

interface Ical {
  readonly parse: (text: string) => unknown;
  readonly Component: new (parsed: unknown) => CalendarComponent;
  readonly Event: new (component: CalendarComponent) => ParsedEvent;
}

// Its own types do not compile under our settings.
const ical = createRequire(import.meta.url)("ical.js") as Ical;

/**
 * Parses a calendar by a parser that we did not write, after checking what that one lets pass: the ends and lengths of lines.
 *
 * @throws {Error} At the first line that is wrong.
 */
export function parseCalendar(text: string): CalendarComponent {
  const lines = text.split("\r\n");
  if (lines.pop() !== "") throw new Error("The text does not end with a line end");
  for (const line of lines) {
    const octets = new TextEncoder().encode(line).length;
    if (octets > 75 || /[\r\n]/.test(line)) throw new Error(`The line is broken, or longer than 75 octets: ${line}`);
  }
  return new ical.Component(ical.parse(text));
}

/** Parses the events of a calendar. */
export function parseEvents(text: string): readonly ParsedEvent[] {
  return parseCalendar(text)
    .getAllSubcomponents("vevent")
    .map((component) => new ical.Event(component));
}
