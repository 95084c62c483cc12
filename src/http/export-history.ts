import type { HistoryList } from "./contract/history.ts";
import { CSV_TYPE, toCsvLine } from "./csv.ts";
import { columnsOf, toLines } from "./history-columns.ts";
import type { CheckedHistoryQuery } from "./history-request.ts";
import type { RowFormat } from "./negotiate-format.ts";
import { type HistoryAnswer, type ReadHistoryDeps, readHistory } from "./read-history.ts";

/** The formats of a history that comes whole. */
export type ExportFormat = Exclude<RowFormat, "json">;

/** A whole window as one text, or why there is none. */
export type HistoryExport =
  | { readonly kind: "text"; readonly text: string }
  /** More lines, or more to read for them, than one answer holds. */
  | { readonly kind: "too-much" }
  | Exclude<HistoryAnswer, { readonly kind: "page" }>;

/** The most lines of one answer, without its header. */
export const MAX_EXPORT_LINES = 20_000;

/** The most characters of one answer (ours): it is built in memory. */
const MAX_EXPORT_CHARACTERS = 32 * 1024 * 1024;

/** The most pages read for one answer (ours): a filter may leave nothing of a page. */
const MAX_EXPORT_PAGES = 50;

/** The most rows that storage gives at once. */
const MAX_PAGE_SIZE = 1_000;

/** The media types by format. */
export const EXPORT_TYPES: Readonly<Record<ExportFormat, string>> = { csv: CSV_TYPE, ndjson: "application/x-ndjson" };

/** Reads a view page by page to its end and writes it as one text, newest first. */
export async function exportHistory(
  deps: ReadHistoryDeps,
  query: CheckedHistoryQuery & { readonly format: ExportFormat },
  nowMs: number,
): Promise<HistoryExport> {
  // Intervals are all told anew for each page: they are asked for at once.
  const maxPageSize = query.view === "intervals" ? MAX_EXPORT_LINES + 1 : MAX_PAGE_SIZE;
  const parts: string[] = query.format === "csv" ? [toCsvLine(columnsOf(query.view))] : [];
  let [lineCount, characters] = [0, 0];
  let after: string | undefined;
  for (let page = 0; page < MAX_EXPORT_PAGES; page += 1) {
    const answer = await readHistory(deps, { ...query, maxPageSize }, { after, nowMs });
    if (answer.kind !== "page") return answer;
    const lines = render(answer.list, query.format);
    lineCount += lines.length;
    for (const line of lines) characters += line.length;
    if (lineCount > MAX_EXPORT_LINES || characters > MAX_EXPORT_CHARACTERS) return { kind: "too-much" };
    parts.push(...lines);
    after = answer.next;
    if (after === undefined) return { kind: "text", text: parts.join("") };
  }
  return { kind: "too-much" };
}

function render(list: HistoryList, format: ExportFormat): readonly string[] {
  return format === "csv" ? toLines(list).map(toCsvLine) : list.value.map((row) => `${JSON.stringify(row)}\n`);
}
