import type { Draft } from "./draft.ts";
import type { SlotsOf } from "./form.ts";
import { StatementError } from "./script-error.ts";
import { formatSpan } from "./span.ts";
import { type Statement, statement } from "./statement.ts";

const WHAT = "want <kind> <rule> <severity> <connection>";
const WHERE = "[because <reason:word>] [on <channel>] [of <tenant:text>]";

type Told = SlotsOf<`${typeof WHAT} ${typeof WHERE}`>;

/** What must be told. */
export const WANT_STATEMENTS: readonly Statement[] = [
  statement(
    `${WHAT} at <time> ${WHERE}`,
    "Exactly one such notification reaches the channel at this time. The reason is why the channel is told, or for `resolved` why it ended.",
    (draft, slots) => addWant(draft, slots, { fromMs: slots.time, toMs: slots.time }),
  ),
  statement(
    `${WHAT} between <from:time> and <to:time> ${WHERE}`,
    "Exactly one such notification reaches the channel in this time; both ends belong to it.",
    (draft, slots) => addWant(draft, slots, { fromMs: slots.from, toMs: slots.to }),
  ),
  statement(
    `${WHAT} every <period:span> from <from:time> to <to:time> ${WHERE}`,
    "One such notification at the first time, and one each period until the last.",
    (draft, slots) => {
      for (let atMs = slots.from; atMs <= slots.to; atMs += slots.period) {
        addWant(draft, slots, { fromMs: atMs, toMs: atMs });
      }
    },
  ),
  statement(
    "want nothing else until <time>",
    "The scenario ends here: nothing may happen later, and what no other line wants must not have been told. Always the last line.",
    (draft, { time }) => {
      if (time <= 0) throw new StatementError(`a time after the start, found ${formatSpan(time)}`);
      draft.untilMs = time;
    },
  ),
];

function addWant(draft: Draft, told: Told, when: { readonly fromMs: number; readonly toMs: number }): void {
  if (when.toMs < when.fromMs)
    throw new StatementError(`an end after ${formatSpan(when.fromMs)}, found ${formatSpan(when.toMs)}`);
  const { kind, rule: ruleId, severity, connection, reason: because, channel, tenant } = told;
  draft.wants.push({ line: draft.line, kind, ruleId, severity, connection, because, channel, tenant, ...when });
}
