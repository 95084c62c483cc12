import { writeFile } from "node:fs/promises";
import path from "node:path";
import { RULE_IDS } from "../../../src/domain/rules/rule.ts";
import { reasonOf } from "./judge-play.ts";
import { LANGUAGE } from "./parse-script.ts";
import { type PlayedScenario, playCatalogue } from "./play-catalogue.ts";
import type { Told } from "./play-script.ts";
import { formatSpan } from "./span.ts";
import { STATE_ROWS } from "./state-rows.ts";
import type { Statement } from "./statement.ts";

const PAGE = path.resolve(import.meta.dirname, "../../../docs/scenarios.md");

const INTRODUCTION = `# Scenarios

Made from the language and from what came of playing each scenario, by \`npm run docs\`: do not edit this page.

A scenario says what happens to a tenant and what must be told of it. It is played against the whole app over virtual time,
and fails when something wanted is not told, or anything else is. \`npm run scenario -- partner-goes-quiet\` plays one of those
below, \`npm run scenario -- FILE\` one of yours, and \`--set heartbeat-age.warnAfter=48h\` tries other thresholds.

## The language

One statement a line. \`#\` begins a comment; the comment at the top is the title and the story. Names with spaces stand in
quotes. A time counts from the start, a length of time lasts: \`4d12h30min\`, or as in the configuration \`P4DT12H30M\`; the
tenant's past is reached by a minus, \`-30d\`. \`<…>\` stands for a value, what is in \`[…]\` may be left out. Where several
statements set the same thing at the same time, the later line counts.
`;

/** Renders the page of the language and of all scenarios with what came of them as Markdown. */
export function renderScenariosPage(played: readonly PlayedScenario[]): string {
  return [
    INTRODUCTION,
    ...Object.entries(LANGUAGE).map(([title, statements]) => renderStatements(title, statements)),
    renderCoverage(played),
    renderStateRows(),
    "## The scenarios\n",
    ...played.map(renderScenario),
  ].join("\n");
}

function renderStatements(title: string, statements: readonly Statement[]): string {
  const rows = statements.map(({ form, says }) => `| \`${form.replaceAll("|", "\\|")}\` | ${says} |`);
  return [`### ${title}\n`, "| statement | meaning |", "|---|---|", ...rows, ""].join("\n");
}

function renderCoverage(played: readonly PlayedScenario[]): string {
  const rows = RULE_IDS.map(
    (ruleId) => `| \`${ruleId}\` | ${namesOf(played, ({ facts }) => facts.ruleId === ruleId)} |`,
  );
  return ["## Where each rule is told of\n", "| rule | scenarios |", "|---|---|", ...rows, ""].join("\n");
}

function renderStateRows(): string {
  const rows = STATE_ROWS.map(({ row, says, scenario, ruleId, connection, moves }) => {
    return `| ${row} | ${says} | [${scenario}](#${scenario}), \`${ruleId}\` of ${connection} | ${moves.join("<br>")} |`;
  });
  const head = ["| row | what it says | where | what becomes of the alert |", "|---|---|---|---|"];
  return ["## Where each row of the state machine is shown\n", ...head, ...rows, ""].join("\n");
}

function namesOf(played: readonly PlayedScenario[], isMeant: (told: Told) => boolean): string {
  const names = played.filter(({ play }) => play.told.some(isMeant)).map(({ name }) => `[${name}](#${name})`);
  return names.length === 0 ? "none" : names.join(", ");
}

function renderScenario({ name, script, play }: PlayedScenario): string {
  return [
    `### ${name}\n`,
    `${script.title}.\n`,
    "```text",
    script.text,
    "```\n",
    ...(play.told.length === 0 ? ["Nothing is told.\n"] : renderTold(play.told)),
  ].join("\n");
}

function renderTold(told: readonly Told[]): readonly string[] {
  const rows = told.map(
    ({ atMs, channel, facts, title }) =>
      `| ${formatSpan(atMs)} | ${channel} | ${facts.kind} | ${reasonOf(facts)} | ${title.replaceAll("|", "\\|")} |`,
  );
  return ["| time | channel | notification | why | what its reader sees first |", "|---|---|---|---|---|", ...rows, ""];
}

if (import.meta.main) await writeFile(PAGE, renderScenariosPage(await playCatalogue()));
