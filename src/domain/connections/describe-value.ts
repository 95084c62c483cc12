import { cleanText } from "../text.ts";
import { canonicalJson } from "./canonical-json.ts";

/** The most characters kept of a value that is shown as it was sent. */
const MAX_AS_SENT_CHARS = 64;

/** Shows any value as it was sent, in at most 64 characters: a text as it is, everything else as JSON. */
export function describeValue(value: unknown): string {
  return cleanText(typeof value === "string" ? value : canonicalJson(value), MAX_AS_SENT_CHARS);
}
