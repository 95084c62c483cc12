/**
 * Cuts a text to at most so many UTF-16 units, for receivers that refuse what is too long and do not say what they count as
 * a character; the last one is "…" when something was cut.
 */
export function cutUnits(text: string, maxUnits: number): string {
  if (text.length <= maxUnits) return text;
  return `${text.slice(0, maxUnits - 1).replace(/[\uD800-\uDBFF]$/, "")}…`;
}
