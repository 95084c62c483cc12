/** Everything that prints nothing and can still reorder, hide or break text; the joiners stay, as scripts and emoji need them. */
const INVISIBLE = /[\p{Cf}--[\u200C\u200D]]/gv;
const BREAKS = /[\p{Cc}\s]+/gu;

/**
 * Makes any text one harmless line: no control characters, bidirectional marks or other invisible ones, no lone
 * surrogates, runs of white space as one space.
 */
export function toPlainLine(text: string): string {
  return text.toWellFormed().replace(INVISIBLE, "").replace(BREAKS, " ").trim();
}

/** Cuts a text to at most `maxChars` code points, the last of which is then "…". */
export function cutText(text: string, maxChars: number): string {
  if (text.length <= maxChars) return text;
  const points = Array.from(text);
  return points.length <= maxChars ? text : `${points.slice(0, maxChars - 1).join("")}…`;
}
