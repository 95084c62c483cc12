/**
 * Says whether a text fits a pattern in which `*` stands for any characters, also none; letter case does not count.
 *
 * The time taken grows with the length of the text times that of the pattern, whatever they hold.
 * @example matchesGlob("jamf*", "Jamf Device Compliance") === true
 */
export function matchesGlob(pattern: string, text: string): boolean {
  const [head = "", ...rest] = pattern.toLowerCase().split("*");
  const lower = text.toLowerCase();
  if (!lower.startsWith(head)) return false;
  const tail = rest.pop();
  if (tail === undefined) return lower === head;
  let from = head.length;
  for (const part of rest) {
    const at = lower.indexOf(part, from);
    if (at === -1) return false;
    from = at + part.length;
  }
  return lower.length - tail.length >= from && lower.endsWith(tail);
}
