import type { Severity } from "../../../src/domain/rules/rule.ts";
import { isSame, type Judgement, reasonOf } from "./judge-play.ts";
import type { Play, Told } from "./play-script.ts";
import type { Script, ScriptWant } from "./script.ts";
import { formatSpan } from "./span.ts";

/** What a part of the report is about; a terminal shows each in a style of its own. */
export type Tone = Severity | "resolved" | "heading" | "good" | "bad" | "quiet";

/** Shows a text in its tone. */
export type Paint = (tone: Tone, text: string) => string;

/** Says in plain lines what was told and when, which wants were met, and what nobody wanted. */
export function reportPlay(
  script: Pick<Script, "title" | "wants">,
  { told }: Pick<Play, "told">,
  { judgement, paint }: { readonly judgement: Judgement; readonly paint: Paint },
): string {
  const { unmet, extras } = judgement;
  const unwanted = new Set(extras);
  const problems = [
    ...unmet.map((want) => describeUnmet(want, told)),
    ...extras.map((extra) => `not wanted: ${describeTold(extra)}`),
  ];
  const verdict =
    problems.length === 0
      ? paint("good", describeSuccess(script.wants.length))
      : paint(
          "bad",
          `${unmet.length} of ${script.wants.length} wants not met, ${extras.length} told that nobody wants.`,
        );
  return [
    paint("heading", script.title),
    "",
    ...told.flatMap((one) => describeLines(one, unwanted.has(one), paint)),
    ...(told.length === 0 ? [paint("quiet", "Nothing was told.")] : []),
    "",
    ...problems.map((problem) => paint("bad", `✗ ${problem}`)),
    verdict,
  ].join("\n");
}

/** Nothing may be what is wanted; but nobody shall take it for wants that were met. */
function describeSuccess(wantCount: number): string {
  return wantCount === 0 ? "No notification wanted, none told." : `All ${wantCount} wants met, nothing else told.`;
}

function describeLines(told: Told, isExtra: boolean, paint: Paint): readonly string[] {
  const { atMs, channel, facts, title } = told;
  const tone = facts.kind === "resolved" ? "resolved" : facts.severity;
  const mark = isExtra ? paint("bad", "✗") : paint("good", "✓");
  const why = paint("quiet", `${facts.ruleId}, ${reasonOf(facts)}, on ${channel}`);
  const head = `${formatSpan(atMs).padStart(12)} ${mark} ${paint(tone, `${facts.kind} ${facts.severity}`.padEnd(20))}`;
  return [`${head} ${title}`, `${" ".repeat(36)}${why}`];
}

function describeTold({ atMs, channel, facts }: Told): string {
  return `${facts.kind} ${facts.ruleId} ${facts.severity} "${facts.connectionName}" at ${formatSpan(atMs)} on ${channel}`;
}

function describeUnmet(want: ScriptWant, told: readonly Told[]): string {
  const { line, kind, ruleId, severity, connection, fromMs, toMs, channel, because } = want;
  const when = fromMs === toMs ? `at ${formatSpan(fromMs)}` : `between ${formatSpan(fromMs)} and ${formatSpan(toMs)}`;
  const why = because === undefined ? "" : ` because ${because}`;
  const near = told.filter(({ facts }) => isSame(facts, want)).map(describeTold);
  const hint = near.length === 0 ? "" : `; told was ${near.join(", ")}`;
  return `line ${line}: ${kind} ${ruleId} ${severity} "${connection}" ${when}${why} on ${channel} was not told${hint}`;
}
