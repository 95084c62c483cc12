/** Says what is wrong with a scenario: every problem on a line of its own, with its place and what was expected. */
export class ScriptError extends Error {
  override readonly name = "ScriptError";
}

/** Says what was expected of one statement; whoever knows its line adds it. */
export class StatementError extends Error {
  override readonly name = "StatementError";
}
