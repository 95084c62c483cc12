import { DAY_MS, HOUR_MS, MINUTE_MS, parseDuration, SECOND_MS } from "../../../src/domain/units.ts";

const SPAN = /^(-?)(?=\d)(?:(\d{1,5})d)?(?:(\d{1,6})h)?(?:(\d{1,8})min)?(?:(\d{1,9})s)?$/;

/**
 * Reads a length of time as the language writes it, `4d12h30min`, or as the configuration does, `P4DT12H30M`.
 *
 * A minus sign, before the short form only, reaches back before the start.
 * @returns milliseconds, or undefined when the text is neither.
 */
export function parseSpan(text: string): number | undefined {
  const match = SPAN.exec(text);
  if (match === null) return parseDuration(text);
  const [days = 0, hours = 0, minutes = 0, seconds = 0] = match.slice(2).map((part) => Number(part ?? 0));
  const lengthMs = days * DAY_MS + hours * HOUR_MS + minutes * MINUTE_MS + seconds * SECOND_MS;
  return match[1] === "-" ? -lengthMs : lengthMs;
}

/** Writes milliseconds as the language does; parts of a second are cut. */
export function formatSpan(spanMs: number): string {
  const seconds = Math.floor(Math.abs(spanMs) / SECOND_MS);
  const parts = [
    [Math.floor(seconds / 86_400), "d"],
    [Math.floor(seconds / 3_600) % 24, "h"],
    [Math.floor(seconds / 60) % 60, "min"],
    [seconds % 60, "s"],
  ] as const;
  const text = parts.map(([count, unit]) => (count === 0 ? "" : `${count}${unit}`)).join("");
  return `${spanMs < 0 ? "-" : ""}${text || "0d"}`;
}
