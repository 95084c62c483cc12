import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { parseArgs } from "node:util";
import { benchCost } from "./cost.ts";
import { benchFirstScreen } from "./first-screen.ts";
import { benchPoll } from "./poll-ratio.ts";
import { pricesWith } from "./prices.ts";

const PAGE = path.resolve(import.meta.dirname, "../docs/testing.md");

const HELP = `Measures what the monitor costs: ratios within one run, and US dollars computed from what was counted.

  npm run bench                       all of it, printed
  npm run bench -- --only NAME        one of poll, first-screen, cost
  npm run bench -- --write            writes the figures into docs/testing.md too
  npm run bench -- --price NAME=USD   another price (bench/prices.ts has them all), as often as wanted
  npm run bench -- --graph-ms 500 --storage-ms 10 --record-bytes 1000 --events 4
                                      what is assumed where nothing can be counted, with its defaults`;

const optional = (by: string) => ({ type: "string", default: by }) as const;
const repeated = { type: "string", multiple: true, default: [] as string[] } as const;
const flag = { type: "boolean", default: false } as const;
const OPTIONS = {
  help: flag,
  write: flag,
  only: repeated,
  price: repeated,
  "graph-ms": optional("500"),
  "storage-ms": optional("10"),
  "record-bytes": optional("1000"),
  events: optional("4"),
};

/** Measures what was asked for, prints it, and writes it down when that was asked for. */
async function main(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({ args: [...args], options: OPTIONS });
  if (values.help) return print(HELP);
  const usd = pricesWith(values.price);
  const assumed = {
    graphMs: toNumber(values["graph-ms"]),
    storageMs: toNumber(values["storage-ms"]),
    recordBytes: toNumber(values["record-bytes"]),
    eventsAMonth: toNumber(values.events),
  };
  const benches = new Map([
    ["poll", benchPoll],
    // oxlint-disable-next-line node/no-process-env -- CHROMIUM_PATH and TMPDIR are the browser's own settings
    ["first-screen", () => benchFirstScreen(process.env)],
    ["cost", () => benchCost(usd, assumed)],
  ]);
  const unknown = values.only.find((name) => !benches.has(name));
  if (unknown !== undefined) {
    const names = [...benches.keys()].join(", ");
    throw new RangeError(`Cannot use --only: one of ${names} is wanted, current value is "${unknown}"`);
  }

  for (const [name, bench] of benches) {
    if (values.only.length > 0 && !values.only.includes(name)) continue;
    const report = await bench(); // one after the other: they are timed
    print(`\n${report}\n`);
    if (values.write) await writeDown(name, report);
  }
}

/** Replaces what stands between the markers of a bench. */
async function writeDown(name: string, report: string): Promise<void> {
  const page = await readFile(PAGE, "utf8");
  const [begin, end] = [`<!-- bench ${name} -->`, `<!-- /bench ${name} -->`];
  const [from, to] = [page.indexOf(begin), page.indexOf(end)];
  if (from < 0 || to < from) throw new Error(`Cannot write figures: ${begin} and ${end} are wanted in ${PAGE}`);
  const day = new Date().toISOString().slice(0, 10);
  await writeFile(PAGE, `${page.slice(0, from)}${begin}\n${report}\n\nMeasured on ${day}.\n${page.slice(to)}`);
}

function toNumber(text: string): number {
  if (/^\d+(\.\d+)?$/.test(text)) return Number(text);
  throw new RangeError(`Cannot read the command line: a number is wanted, current value is "${text}"`);
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}

await main(process.argv.slice(2));
