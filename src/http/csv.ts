/** What stands in a cell; undefined and null leave it empty. */
export type Cell = string | number | boolean | null | undefined;

/** The media type of lines of `toCsvLine`, the first of which names the columns. */
export const CSV_TYPE = "text/csv; charset=utf-8; header=present";

/** What makes a spreadsheet take a text for a formula; the wide forms do so in some languages. */
const FORMULA = /^[=+\-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20]/;

/**
 * Writes one line of CSV with its end. A text that a spreadsheet would take for a formula gets a `'` in front; numbers stay
 * numbers.
 *
 * Source: RFC 4180; OWASP, "CSV Injection", read 2026-11-22.
 */
export function toCsvLine(cells: readonly Cell[]): string {
  return `${cells.map(toCell).join(",")}\r\n`;
}

function toCell(cell: Cell): string {
  if (cell === undefined || cell === null) return "";
  if (typeof cell !== "string") return String(cell);
  const text = FORMULA.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
