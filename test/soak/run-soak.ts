import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { parseArgs } from "node:util";
import { createProgressBar } from "../../local/progress-bar.ts";
import type { OutboxRow } from "../../src/domain/delivery/notification.ts";
import type { PollPlan } from "../../src/domain/poll/poll-plan.ts";
import type { RuleId } from "../../src/domain/rules/rule.ts";
import type { Acknowledgement } from "../../src/domain/suppression/acknowledgement.ts";
import { aPlanWorld } from "../builders/plan-world.ts";
import { type Moment, type OracleAcknowledgement, type OracleSlot, playNaively } from "./naive-oracle.ts";
import { createRandom, type Random } from "./random.ts";
import {
  createSoakWorld,
  INHIBITORS,
  oracleSlotsOf,
  type SoakAlert,
  type SoakPoll,
  type SoakWorld,
} from "./soak-world.ts";

const MINUTE_MS = 60_000;
const DAY_MS = 1_440 * MINUTE_MS;
const TICKS_A_DAY = 96;
const START_MS = Date.UTC(2026, 10, 22);
const DEFAULT_DAYS = 90;
const DEFAULT_CONNECTIONS = 200;
const PAGE = path.resolve(import.meta.dirname, "../../docs/testing.md");

interface SoakOptions {
  readonly seed: number;
  readonly days: number;
  readonly connections: number;
}

/** What the app planned, by alert, in few words. */
type Planned = ReadonlyMap<string, readonly string[]>;

interface Played {
  readonly world: SoakWorld;
  readonly planned: Planned;
  /** Every acknowledgement ever written, by alert, oldest first. */
  readonly acknowledged: ReadonlyMap<string, readonly Acknowledgement[]>;
  readonly polls: number;
  readonly peakRows: number;
}

/** A place where app and oracle say different things. */
export interface Mismatch {
  readonly alert: string;
  /** The first line that differs. */
  readonly wanted: string | undefined;
  readonly got: string | undefined;
  /** What was seen around it, one line a slot. */
  readonly around: readonly string[];
}

/** What a soak run came to. */
export interface SoakReport {
  readonly polls: number;
  readonly observations: number;
  readonly notifications: number;
  readonly alerts: number;
  readonly mismatches: readonly Mismatch[];
  readonly peakRows: number;
}

/** Polls a random tenant for as many days and compares all that was planned with what the naive oracle wants. */
export function soak(options: SoakOptions, update: (done: number, total: number) => void = () => {}): SoakReport {
  const played = play(options, update);
  const mismatches = compare(played);
  const { world, planned, polls, peakRows } = played;
  return {
    polls,
    observations: world.counted.length * options.connections,
    notifications: [...planned.values()].reduce((sum, lines) => sum + lines.length, 0),
    alerts: world.alerts.length,
    mismatches,
    peakRows,
  };
}

function play({ seed, days, connections }: SoakOptions, update: (done: number, total: number) => void): Played {
  const world = createSoakWorld(seed, connections, START_MS);
  const random = createRandom(seed ^ 0x5eed);
  const app = aPlanWorld();
  const planned = new Map<string, string[]>();
  const acknowledged = new Map<string, Acknowledgement[]>();
  let [polls, peakRows] = [0, 0];
  for (let tick = 0; tick < days * TICKS_A_DAY; tick += 1) {
    for (const poll of world.tick()) {
      const acknowledgements = [...acknowledged.values()].flatMap((written) => written.slice(-1));
      const rows = rowsOf(app.poll({ ...poll, acknowledgements }));
      for (const row of rows) push(planned, nameOf(row), lineOf(row));
      const seen = rows.filter(({ facts }) => facts.kind === "fired" && random.onceIn(4));
      for (const row of seen) push(acknowledged, nameOf(row), anAcknowledgement(row, poll, random));
      polls += 1;
      peakRows = Math.max(peakRows, app.live().states.length + app.gone().length);
    }
    update(tick + 1, days * TICKS_A_DAY);
  }
  return { world, planned, acknowledged, polls, peakRows };
}

function rowsOf({ transactions }: PollPlan): readonly OutboxRow[] {
  return transactions.flatMap(({ writes }) => writes.flatMap(({ outbox }) => outbox));
}

function anAcknowledgement({ facts }: OutboxRow, { nowMs }: SoakPoll, random: Random): Acknowledgement {
  const { alertKey, episode } = facts;
  const untilMs = nowMs + random.between(1, 7 * TICKS_A_DAY) * 15 * MINUTE_MS;
  return { alertKey, episode, writtenAtMs: nowMs + MINUTE_MS, untilMs, by: "soak", reason: "by chance" };
}

function push<T>(lists: Map<string, T[]>, key: string, value: T): void {
  lists.set(key, [...(lists.get(key) ?? []), value]);
}

function alertName(connectionId: string, rule: RuleId): string {
  return `${rule} of ${connectionId}`;
}

function nameOf({ facts }: OutboxRow): string {
  return alertName(facts.connectionId, facts.ruleId);
}

function lineOf({ facts, channel }: OutboxRow): string {
  const { slotMs, kind, severity, reason } = facts;
  return `${timeOf(slotMs)} ${channel} ${kind} ${severity} ${reason}`;
}

function timeOf(slotMs: number): string {
  const dayMs = slotMs - START_MS;
  return `day ${String(Math.floor(dayMs / DAY_MS)).padStart(2, "0")} ${new Date(slotMs).toISOString().slice(11, 16)}`;
}

/** Asks the oracle alert by alert; inhibitors stand before what they keep quiet. */
function compare({ world, planned, acknowledged }: Played): readonly Mismatch[] {
  const mismatches: Mismatch[] = [];
  let [connectionId, open] = ["", new Map<RuleId, readonly Moment[]>()];
  for (const alert of world.alerts) {
    if (alert.connection.id !== connectionId) [connectionId, open] = [alert.connection.id, new Map()];
    const name = alertName(connectionId, alert.rule);
    const inhibitors = (INHIBITORS[alert.rule] ?? []).flatMap((rule) => [open.get(rule) ?? []]);
    const isInhibited = (index: number) => inhibitors.some((moments) => moments[index]?.episodeSlotMs !== undefined);
    const slots = withAcknowledgements(oracleSlotsOf(world, alert, isInhibited), acknowledged.get(name) ?? []);
    const moments = playNaively(slots);
    open.set(alert.rule, moments);
    mismatches.push(...differences(alert, moments, planned.get(name) ?? []));
  }
  return mismatches;
}

function withAcknowledgements(
  slots: readonly Omit<OracleSlot, "acknowledgements">[],
  written: readonly Acknowledgement[],
): readonly OracleSlot[] {
  const known = written.map(
    (one): OracleAcknowledgement => ({ ...one, episodeSlotMs: Number(one.episode.slice(-13)) }),
  );
  return slots.map((slot) => ({
    ...slot,
    acknowledgements: known.filter(({ writtenAtMs }) => writtenAtMs <= slot.nowMs).slice(-1),
  }));
}

function differences(alert: SoakAlert, moments: readonly Moment[], planned: readonly string[]): readonly Mismatch[] {
  const wanted = moments.flatMap(({ told }) =>
    told.map((row) => `${timeOf(row.slotMs)} ${row.channel} ${row.kind} ${row.severity} ${row.reason}`),
  );
  const [ours, theirs] = [[...wanted].sort(), [...planned].sort()];
  const index = ours.findIndex((line, at) => line !== theirs[at]);
  if (index < 0 && ours.length === theirs.length) return [];
  const at = index < 0 ? ours.length : index;
  const first = [ours[at], theirs[at]].filter((line) => line !== undefined).sort()[0] ?? "";
  const around = moments.findIndex(({ slot }) => timeOf(slot.slotMs) === first.slice(0, 12));
  return [
    {
      alert: alertName(alert.connection.id, alert.rule),
      wanted: ours[at],
      got: theirs[at],
      around: moments.slice(Math.max(0, around - 12), around + 3).map(showMoment),
    },
  ];
}

function showMoment({ slot, phase, severity, isFlapping, told }: Moment): string {
  const { seen } = slot;
  const date = seen.verdict === "breach" && seen.dateMs !== undefined ? ` ${new Date(seen.dateMs).toISOString()}` : "";
  const detail = seen.verdict === "breach" ? `${seen.severity}${date}` : seen.verdict;
  const quiet = slot.isSuppressed(severity) ? " suppressed" : "";
  const acknowledged = slot.acknowledgements.length > 0 ? " acknowledgement" : "";
  const kinds = told.map(({ channel, kind }) => ` ${channel}:${kind}`).join("");
  return `${timeOf(slot.slotMs)} ${detail} -> ${phase} ${severity}${isFlapping ? " flapping" : ""}${quiet}${acknowledged}${kinds}`;
}

function figuresOf({ seed, days, connections }: SoakOptions, report: SoakReport, wallMs: number): string {
  const rows = [
    ["seed", seed],
    ["days x connections", `${days} x ${connections}`],
    ["polls", report.polls],
    ["observations", report.observations],
    ["alerts compared", report.alerts],
    ["notifications planned", report.notifications],
    ["alerts that differ from the oracle", report.mismatches.length],
    ["most state rows at a time", report.peakRows],
    ["wall time", `${Math.round(wallMs / 1_000)} s`],
  ].map(
    ([name, value]) =>
      `| ${name} | ${typeof value === "number" && name !== "seed" ? value.toLocaleString("en") : value} |`,
  );
  return ["| figure | last run |", "|---|---|", ...rows].join("\n");
}

async function writeFigures(figures: string): Promise<void> {
  const page = await readFile(PAGE, "utf8");
  await writeFile(
    PAGE,
    page.replace(/(<!-- soak -->\n)[^]*?(?=<!-- \/soak -->)/, (_, mark: string) => `${mark}${figures}\n`),
  );
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { seed: { type: "string" }, days: { type: "string" }, connections: { type: "string" } },
  });
  const seed = Number(values.seed ?? Date.now() % 2 ** 31);
  const options = {
    seed,
    days: Number(values.days ?? DEFAULT_DAYS),
    connections: Number(values.connections ?? DEFAULT_CONNECTIONS),
  };
  process.stdout.write(`seed ${seed}\n`);
  const startedMs = performance.now();
  const bar = createProgressBar("soak", process.stdout);
  const report = soak(options, bar.update);
  bar.end();
  const figures = figuresOf(options, report, performance.now() - startedMs);
  process.stdout.write(`${figures}\n`);
  for (const { alert, wanted, got, around } of report.mismatches.slice(0, 5)) {
    process.stdout.write(`\n${alert}\n  wanted ${wanted}\n  got    ${got}\n  ${around.join("\n  ")}\n`);
  }
  const isFull = options.days >= DEFAULT_DAYS && options.connections >= DEFAULT_CONNECTIONS;
  if (isFull && report.mismatches.length === 0) await writeFigures(figures);
  if (report.mismatches.length > 0) process.exitCode = 1;
}

if (import.meta.main) await main();
