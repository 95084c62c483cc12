import { StatementError } from "./script-error.ts";

/** One word of a statement, or a text in quotes. */
export interface Token {
  readonly text: string;
  readonly isQuoted: boolean;
}

const TOKEN = /\s*(?:"([^"]*)"(?=\s|$)|([^\s"#][^\s"]*)(?=\s|$)|(#.*)|(\S.*))/gy;

/**
 * Splits a line into words and quoted texts; a `#` that begins a word begins a comment.
 *
 * @throws {StatementError} When a quote is not closed, or touches a word.
 */
export function tokensOf(line: string): readonly Token[] {
  const tokens: Token[] = [];
  for (const [, quoted, word, comment, rest] of line.trimEnd().matchAll(TOKEN)) {
    if (rest !== undefined) throw new StatementError(`a text between two quotes, with a space around, found ${rest}`);
    if (comment !== undefined) break;
    tokens.push({ text: quoted ?? word ?? "", isQuoted: quoted !== undefined });
  }
  return tokens;
}
