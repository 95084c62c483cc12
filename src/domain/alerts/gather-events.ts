import { compareSeverity, type Evaluation } from "../rules/rule.ts";
import { cutText } from "../text.ts";
import type { AlertState } from "./alert-state.ts";
import { isSuppressed } from "./decide-notification.ts";

/** The most characters of what several events say (ours): the row of an alert has its limit. */
const MAX_TEXT_CHARS = 1_000;

type Breach = Extract<Evaluation, { verdict: "breach" }>;

/**
 * Adds to an event the one before it that was kept from every channel, so that neither hides the other once both may be
 * told: the graver severity counts, and the time of the newer one.
 *
 * The rule knows only the newest event, so what was gathered stays until another one comes.
 */
export function gatherEvents({ evaluation: last, told, quiet }: AlertState, newest: Evaluation): Evaluation {
  if (newest.verdict !== "breach" || last?.verdict !== "breach") return newest;
  const { breachedSinceMs: newestMs = 0 } = newest;
  const { breachedSinceMs: lastMs = 0 } = last;
  if (newestMs === lastMs) return last;
  const isUntold = isSuppressed(quiet) && Object.values(told).every(({ slotMs }) => slotMs < lastMs);
  return newestMs > lastMs && isUntold ? join(last, newest) : newest;
}

function join(earlier: Breach, later: Breach): Breach {
  const severity = compareSeverity(earlier.severity, later.severity) > 0 ? earlier.severity : later.severity;
  if (earlier.measured.unit !== "text" || later.measured.unit !== "text") return { ...later, severity };
  const text = cutText(`${later.measured.text}; before that ${earlier.measured.text}`, MAX_TEXT_CHARS);
  return { ...later, severity, measured: { unit: "text", text } };
}
