import { canonicalJson } from "./canonical-json.ts";

/** The most characters kept of a text from outside. */
const MAX_TEXT = 256;

/** The most characters kept of a value that is shown as it was sent. */
const MAX_AS_SENT = 64;

/** Control characters, lone surrogates, and the marks that turn the direction of a text around. */
const HARMFUL = /[\p{Cc}\p{Cs}\u200E\u200F\u202A-\u202E\u2066-\u2069]/gu;

/** Returns a text from outside, safe to store and to show: cut between two characters, white space as blanks, harmful characters as U+FFFD. */
export function cleanText(text: string, maxLength = MAX_TEXT): string {
  const cut = text.length > maxLength ? text.slice(0, maxLength).replace(/[\uD800-\uDBFF]$/, "") : text;
  return cut.replaceAll(/\s/g, " ").replaceAll(HARMFUL, "\u{FFFD}");
}

/** Shows any value as it was sent, in at most 64 characters: a text as it is, everything else as JSON. */
export function describeValue(value: unknown): string {
  return cleanText(typeof value === "string" ? value : canonicalJson(value), MAX_AS_SENT);
}
