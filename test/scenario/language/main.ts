import { readFileSync } from "node:fs";
import { parseArgs, styleText } from "node:util";
import { createProgressBar } from "../../../local/progress-bar.ts";
import { DAY_MS } from "../../../src/domain/units.ts";
import { cataloguePath, listCatalogue } from "./catalogue.ts";
import { judgePlay } from "./judge-play.ts";
import { parseScript } from "./parse-script.ts";
import { playScript } from "./play-script.ts";
import { type Paint, reportPlay, type Tone } from "./report-play.ts";
import type { Script } from "./script.ts";
import { ScriptError } from "./script-error.ts";

const HELP = `Plays a scenario against the whole app over virtual time and says what would have been told.

  npm run scenario -- FILE                                  a file of yours, or one of the names below
  npm run scenario -- FILE --set heartbeat-age.warnAfter=48h
  npm run scenario -- FILE --set preset=strict              other thresholds than the file says; may be repeated
  npm run scenario                                          this text

The language is described in docs/scenarios.md. Ends with 1 when a want is not met or something else is told, with 2 when
the file cannot be read or understood.

Scenarios that come with the program:
`;

/** Long scenarios show how far they have come. */
const SHOWS_PROGRESS_FROM_MS = 20 * DAY_MS;

const STYLES = {
  info: ["cyan"],
  warning: ["yellow"],
  error: ["red"],
  critical: ["bold", "red"],
  resolved: ["green"],
  heading: ["bold"],
  good: ["green"],
  bad: ["bold", "red"],
  quiet: ["dim"],
} as const satisfies Readonly<Record<Tone, Parameters<typeof styleText>[0]>>;

/** Plays what the command line names; returns the exit code. */
async function main(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { set: { type: "string", multiple: true }, help: { type: "boolean" } },
  });
  const [file] = positionals;
  if (file === undefined || values.help === true) {
    process.stdout.write(
      `${HELP}${listCatalogue()
        .map((name) => `  ${name}\n`)
        .join("")}`,
    );
    return 0;
  }
  const script = load(file, (values.set ?? []).map(toStatement));
  const play = await playScript(script, progressOf(script));
  const judgement = judgePlay(script, play);
  process.stdout.write(`${reportPlay(script, play, { judgement, paint })}\n`);
  return judgement.unmet.length + judgement.extras.length === 0 ? 0 : 1;
}

function load(file: string, more: readonly string[]): Script {
  return parseScript(readText(file), file, more);
}

function readText(file: string): string {
  try {
    return readFileSync(listCatalogue().includes(file) ? cataloguePath(file) : file, "utf8");
  } catch (cause) {
    const message = `Cannot play a scenario: a file that can be read is wanted, current value is "${file}"`;
    throw new ScriptError(message, { cause });
  }
}

/** Turns `rule.setting=value` and `preset=name` into statements of the language. */
function toStatement(option: string): string {
  const [, target = "", value = ""] = /^([^=]*)=(.*)$/.exec(option) ?? [];
  const [rule = "", setting] = target.split(".");
  return setting === undefined ? `${rule} ${value}` : `set ${rule} ${setting} ${value}`;
}

function progressOf({ untilMs }: Script): Parameters<typeof playScript>[1] {
  if (untilMs < SHOWS_PROGRESS_FROM_MS || !process.stderr.isTTY) return {};
  const bar = createProgressBar("Playing", process.stderr);
  return {
    onProgress: (doneMs, wholeMs) => {
      bar.update(doneMs, wholeMs);
      if (doneMs === wholeMs) bar.end();
    },
  };
}

const paint: Paint = (tone, text) => styleText([...STYLES[tone]], text, { stream: process.stdout });

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  const isMisuse = error instanceof Error && "code" in error && String(error.code).startsWith("ERR_PARSE_ARGS");
  if (!(error instanceof ScriptError) && !isMisuse) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 2;
}
