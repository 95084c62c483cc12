import parsePrometheus from "parse-prometheus-text-format";

/** One line of a family, as OpenMetrics 1.0 writes it. */
const NAME = "[a-zA-Z_:][a-zA-Z0-9_:]*";
const ESCAPED = String.raw`(?:[^"\\\n\r]|\\["\\n])*`;
const LABEL = `[a-zA-Z_][a-zA-Z0-9_]*="${ESCAPED}"`;
const NUMBER = String.raw`-?\d+(?:\.\d+)?(?:e[+-]?\d+)?`;
const TYPE = new RegExp(`^# TYPE (${NAME}) (gauge|counter|info)$`);
const UNIT = new RegExp(`^# UNIT (${NAME}) ([a-z]+)$`);
const HELP = new RegExp(`^# HELP (${NAME}) (${ESCAPED})$`);
const SAMPLE = new RegExp(`^(${NAME})(\\{${LABEL}(?:,${LABEL})*\\})? (${NUMBER})$`);

const SUFFIX: Readonly<Record<string, string>> = { gauge: "", counter: "_total", info: "_info" };

/** A family as it was parsed. */
export interface ParsedFamily {
  readonly name: string;
  readonly metrics: readonly { readonly labels?: Readonly<Record<string, string>>; readonly value: string }[];
}

/**
 * Parses OpenMetrics text by a parser that we did not write, after checking line by line what that one lets pass: the order
 * and form of lines, suffixes of types and units, doubled families and series, and the end. Families go by the names of their samples.
 *
 * @throws {Error} At the first line that is wrong.
 */
export function parseOpenMetrics(text: string): ReadonlyMap<string, ParsedFamily> {
  const lines = text.split("\n");
  if (lines.pop() !== "" || lines.pop() !== "# EOF") throw new Error("The text does not end with # EOF and a line end");
  checkLines(lines);
  const families: readonly ParsedFamily[] = parsePrometheus(text.replace("# EOF\n", ""));
  return new Map(families.filter(({ metrics }) => metrics.length > 0).map((family) => [family.name, family]));
}

function checkLines(lines: readonly string[]): void {
  const families = new Set<string>();
  const series = new Set<string>();
  let current = { name: "", type: "", samples: 0 };
  for (const line of lines) {
    const [, name = "", type = ""] = TYPE.exec(line) ?? [];
    if (name !== "") {
      if (families.has(name)) throw new Error(`The family comes twice: ${name}`);
      families.add(name);
      current = { name, type, samples: 0 };
      continue;
    }
    if (line.startsWith("#")) checkMetadata(line, current);
    else {
      checkSample(line, current, series);
      current.samples += 1;
    }
  }
}

function checkMetadata(line: string, { name, samples }: { readonly name: string; readonly samples: number }): void {
  const [, family, unit] = UNIT.exec(line) ?? [];
  const [, helped] = HELP.exec(line) ?? [];
  if ((family ?? helped) !== name || samples > 0) throw new Error(`The line stands in the wrong place: ${line}`);
  if (unit !== undefined && !name.endsWith(`_${unit}`)) throw new Error(`The name lacks its unit: ${line}`);
}

function checkSample(
  line: string,
  { name, type }: { readonly name: string; readonly type: string },
  series: Set<string>,
): void {
  const [, sampleName, labels = "", value] = SAMPLE.exec(line) ?? [];
  if (sampleName !== `${name}${SUFFIX[type]}`) throw new Error(`The sample is not of ${name}: ${line}`);
  if (type === "info" && value !== "1") throw new Error(`An info must be 1: ${line}`);
  if (type === "counter" && Number(value) < 0) throw new Error(`A counter must not be below 0: ${line}`);
  if (series.has(sampleName + labels)) throw new Error(`The series comes twice: ${line}`);
  series.add(sampleName + labels);
}
