import { behindEnd, buildScript, type ScriptText } from "./build-script.ts";
import { type Draft, emptyDraft } from "./draft.ts";
import { EVENT_STATEMENTS } from "./event-statements.ts";
import { matchForm } from "./form.ts";
import { PERSON_STATEMENTS } from "./person-statements.ts";
import { POLICY_STATEMENTS } from "./policy-statements.ts";
import type { Script } from "./script.ts";
import { ScriptError, StatementError } from "./script-error.ts";
import type { Statement } from "./statement.ts";
import { type Token, tokensOf } from "./tokens.ts";
import { WANT_STATEMENTS } from "./want-statements.ts";
import { WORLD_STATEMENTS } from "./world-statements.ts";

/** The language: every statement, by what it is about. */
export const LANGUAGE: Readonly<Record<string, readonly Statement[]>> = {
  "What there is": WORLD_STATEMENTS,
  "What happens": EVENT_STATEMENTS,
  "What the configuration says": POLICY_STATEMENTS,
  "What people do to keep it quiet": PERSON_STATEMENTS,
  "What must be told": WANT_STATEMENTS,
};

const STATEMENTS = Object.values(LANGUAGE).flat();

/** What these say comes at its time, or from then on: behind the end it never would. */
const HAPPENINGS = new Set<Statement>([...EVENT_STATEMENTS, ...POLICY_STATEMENTS, ...PERSON_STATEMENTS]);

/**
 * Reads a scenario: one statement a line, `#` begins a comment, and the comment at the top is its title and story.
 *
 * @param name Stands before the line numbers in errors.
 * @param more Statements that are taken after those of the text, such as thresholds to try.
 * @throws {ScriptError} With every line that is wrong, and what was expected of it.
 */
export function parseScript(text: string, name: string, more: readonly string[] = []): Script {
  const draft = emptyDraft();
  const lines = text.split(/\r?\n/);
  const all = [...lines, ...more];
  const placeOf = (line: number) => (line > lines.length ? `"${all[line - 1]}"` : `${name} line ${line}`);
  const problems = all.flatMap((statement, index) => {
    draft.line = index + 1;
    const { line } = draft;
    return readLine(draft, statement, line > lines.length).map((expected) => ({ line, expected }));
  });
  problems.push(...tooLate(draft));
  if (problems.length > 0) {
    throw new ScriptError(problems.map(({ line, expected }) => `${placeOf(line)}: expected ${expected}`).join("\n"));
  }
  return buildScript(draft, openingOf(text, lines), name);
}

/** What was expected of a line. */
interface Problem {
  readonly line: number;
  readonly expected: string;
}

/** Returns what was expected of the line, if it cannot be taken. */
function readLine(draft: Draft, line: string, isMore: boolean): readonly string[] {
  try {
    const tokens = tokensOf(line);
    if (tokens.length === 0) return [];
    if (draft.untilMs !== undefined && !isMore) return ['nothing after "want nothing else"'];
    applyStatement(draft, tokens);
    return [];
  } catch (error) {
    if (error instanceof StatementError) return [error.message];
    throw error;
  }
}

function tooLate({ untilMs, begins }: Draft): readonly Problem[] {
  if (untilMs === undefined) return [];
  return begins
    .filter(({ atMs }) => atMs > untilMs)
    .map(({ line, atMs }) => ({ line, expected: behindEnd(untilMs, atMs) }));
}

function applyStatement(draft: Draft, tokens: readonly Token[]): void {
  const expected: string[] = [];
  let furthest = 0;
  for (const statement of STATEMENTS) {
    const match = matchForm(statement.parts, tokens);
    if (match.kind === "match") {
      statement.apply(draft, match.slots);
      const { time } = match.slots;
      if (HAPPENINGS.has(statement) && typeof time === "number") draft.begins.push({ line: draft.line, atMs: time });
      return;
    }
    if (match.at > furthest) expected.length = 0;
    furthest = Math.max(furthest, match.at);
    if (match.at === furthest) expected.push(...match.expected);
  }
  const found = tokens[furthest]?.text ?? "the end of the line";
  const read = tokens.slice(0, furthest).map(({ text }) => text);
  const place = read.length === 0 ? "" : ` after "${read.join(" ")}"`;
  throw new StatementError(`${[...new Set(expected)].join(" or ")}${place}, found ${found}`);
}

function openingOf(text: string, lines: readonly string[]): ScriptText {
  const end = lines.findIndex((line) => !line.startsWith("#"));
  const [title = "", ...prose] = lines.slice(0, end).map((line) => line.replace(/^#\s*/, ""));
  return { text: text.trimEnd(), title, prose: prose.join(" ").trim() };
}
