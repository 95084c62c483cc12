/** Worst first: what is not known stands above what is merely information, for blind is not green. */
export const VERDICTS = ["critical", "error", "warning", "unknown", "info", "pending", "ok", "not-judged"] as const;

/**
 * Our verdict on a connection: the severity of its gravest open alert; `unknown` while it was not there, could not be read,
 * or a rule could not judge it; `pending` while a breach waits to be confirmed; `not-judged` where its standing is not active.
 */
export type Verdict = (typeof VERDICTS)[number];

/** Orders verdicts, worst first. */
export function byGravity(a: Verdict, b: Verdict): number {
  return VERDICTS.indexOf(a) - VERDICTS.indexOf(b);
}
