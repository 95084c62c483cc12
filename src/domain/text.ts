/** The most characters kept of a text from outside. */
const MAX_STORED_CHARS = 256;

/**
 * What can reorder, hide or break the text around it: control characters, lone surrogates, marks of direction and all that
 * takes no room (DI is Default_Ignorable_Code_Point). The joiners and the two presentation selectors stay, as scripts and
 * emoji need them.
 */
const HARMFUL = /[[\p{Cc}\p{Cs}\p{Cf}\p{DI}]--[\p{White_Space}\p{Join_Control}\uFE0E-\uFE0F]]/gv;

/**
 * Makes a text from outside safe to store: cut, each white space a blank, each harmful character a U+FFFD, so that a text
 * with something hidden in it never equals the one it imitates.
 */
export function cleanText(text: string, maxChars = MAX_STORED_CHARS): string {
  return cutText(text, maxChars)
    .replaceAll(HARMFUL, "\u{FFFD}")
    .replaceAll(/\p{White_Space}/gu, " ");
}

/** Makes any text one line that is safe to show: without its harmful characters, runs of white space as one blank. */
export function toPlainLine(text: string): string {
  const shown = text.replaceAll(HARMFUL, "");
  return shown.replaceAll(/\p{White_Space}+/gu, " ").trim();
}

/** Cuts a text to at most `maxChars` code points, at least 1; the last one is "…" when something was cut. */
export function cutText(text: string, maxChars: number): string {
  if (text.length <= maxChars) return text;
  const points = Array.from(text.slice(0, 2 * maxChars + 2));
  return points.length <= maxChars ? text : `${points.slice(0, maxChars - 1).join("")}…`;
}
