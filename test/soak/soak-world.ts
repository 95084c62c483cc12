import type { SourceId, SourceRead } from "../../src/domain/connections/source.ts";
import { SOURCE_IDS } from "../../src/domain/connections/source.ts";
import type { ChannelRoute, TenantPolicy } from "../../src/domain/poll/tenant-policy.ts";
import type { Preset } from "../../src/domain/rules/resolve-settings.ts";
import { type RuleId, SEVERITIES, type Severity } from "../../src/domain/rules/rule.ts";
import type { MaintenanceWindow } from "../../src/domain/suppression/maintenance-window.ts";
import type { Silence } from "../../src/domain/suppression/silence.ts";
import { aPolicy } from "../builders/a-policy.ts";
import type { OracleRule, OracleSlot, Seen } from "./naive-oracle.ts";
import { createRandom, type Random } from "./random.ts";
import { judgeNaively, limitsOf, liveOn, type SoakConnection, someConnections, TICK_MS } from "./soak-connections.ts";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
const A_DAY = DAY_MS / TICK_MS;

/** One poll as the app is given it. */
export interface SoakPoll {
  readonly slotMs: number;
  readonly nowMs: number;
  readonly policy: TenantPolicy;
  readonly reads: readonly SourceRead[];
  readonly silences: readonly Silence[];
}

/** One alert's life as the oracle is given it: what was seen of it in each poll that counts. */
export interface SoakAlert {
  readonly connection: SoakConnection;
  readonly rule: RuleId;
  readonly seen: Seen[];
}

/** A tenant whose luck a seed decides. */
export interface SoakWorld {
  readonly alerts: readonly SoakAlert[];
  /** Every poll that counts, oldest first; what was seen in it stands at the same place of each alert. */
  readonly counted: readonly SoakPoll[];
  /** Lets a tick pass and returns the polls made in it: none while the monitor is down, two when someone asks by hand. */
  readonly tick: () => readonly SoakPoll[];
}

/** What is as it is for a while; alike for all connections. */
interface Luck {
  nowMs: number;
  downUntilMs: number;
  periodMs: number;
  preset: Preset;
  channels: readonly ChannelRoute[];
  ignored: readonly { readonly id: string; readonly untilMs: number }[];
  off: readonly { readonly rule: RuleId; readonly untilMs: number }[];
  silences: readonly Silence[];
  readonly blindUntilMs: Record<SourceId, number>;
}

const CHANNELS: readonly [ChannelRoute, ...ChannelRoute[]] = [
  { name: "chat", minSeverity: "warning", keepsIncidents: false },
  { name: "pager", minSeverity: "error", keepsIncidents: true },
  { name: "siem", minSeverity: "info", keepsIncidents: true },
];

const WINDOWS: readonly MaintenanceWindow[] = [
  { name: "patch night", weekdays: ["sat"], startMinute: 22 * 60, durationMs: 4 * HOUR_MS, timeZone: "UTC", match: {} },
  {
    name: "connectors",
    weekdays: ["wed"],
    startMinute: 3 * 60,
    durationMs: 2 * HOUR_MS,
    timeZone: "UTC",
    match: { kind: "connector" },
  },
];

/** Starts a world in which all is well. */
export function createSoakWorld(seed: number, connectionCount: number, startMs: number): SoakWorld {
  const random = createRandom(seed);
  const connections = someConnections(connectionCount, startMs);
  const alerts: readonly SoakAlert[] = connections.flatMap((connection) =>
    connection.rules.map((rule) => ({ connection, rule, seen: [] })),
  );
  const counted: SoakPoll[] = [];
  const luck: Luck = {
    nowMs: startMs,
    downUntilMs: 0,
    periodMs: TICK_MS,
    preset: "recommended",
    channels: CHANNELS,
    ignored: [],
    off: [],
    silences: [],
    blindUntilMs: { deviceManagementPartners: 0, complianceManagementPartners: 0, connectorStatus: 0 },
  };

  return {
    alerts,
    counted,
    tick: () => {
      if (counted.length > 0) turn(luck, connections, random);
      luck.nowMs += TICK_MS;
      if (luck.nowMs < luck.downUntilMs || luck.nowMs % luck.periodMs !== 0) return [];
      const poll = aPoll(luck, connections, { slotMs: luck.nowMs, nowMs: luck.nowMs + random.between(0, MINUTE_MS) });
      look(luck, connections, true);
      for (const alert of alerts) alert.seen.push(seenOf(luck, alert, poll.nowMs));
      counted.push(poll);
      if (!random.onceIn(A_DAY)) return [poll];
      const askedMs = poll.slotMs + 5 * MINUTE_MS;
      look(luck, connections, false);
      return [poll, aPoll(luck, connections, { slotMs: askedMs, nowMs: askedMs })];
    },
  };
}

/** Lets everything change that can. */
function turn(luck: Luck, connections: readonly SoakConnection[], random: Random): void {
  const { nowMs } = luck;
  const soon = (most: number) => nowMs + random.between(1, most) * TICK_MS;
  for (const connection of connections) liveOn(connection, nowMs, random);
  for (const sourceId of SOURCE_IDS) if (random.onceIn(4 * A_DAY)) luck.blindUntilMs[sourceId] = soon(40);
  if (random.onceIn(6 * A_DAY)) luck.downUntilMs = soon(20);
  if (random.onceIn(10 * A_DAY)) luck.periodMs = random.pick([1, 2]) * TICK_MS;
  if (random.onceIn(15 * A_DAY)) luck.preset = random.pick(["recommended", "microsoft", "strict", "relaxed"]);
  if (random.onceIn(5 * A_DAY)) luck.channels = someChannels(random);
  const connection = connections[random.between(0, connections.length - 1)];
  if (connection !== undefined) giveOrders(luck, connection, random);
}

/** What people do about a connection: ignore it, switch a rule of it off, keep it quiet. */
function giveOrders(luck: Luck, { id, kind, rules }: SoakConnection, random: Random): void {
  const { nowMs } = luck;
  const rule = rules[random.between(0, rules.length - 1)] ?? "expiry";
  const untilMs = nowMs + random.between(1, A_DAY) * TICK_MS;
  const isOn = (order: { readonly untilMs: number }) => order.untilMs > nowMs;
  const ordered = <T>(times: number, order: T) => (random.onceIn(times) ? [order] : []);
  luck.ignored = [...luck.ignored.filter(isOn), ...ordered(3 * A_DAY, { id, untilMs })];
  luck.off = [...luck.off.filter(isOn), ...ordered(10 * A_DAY, { rule, untilMs })];
  luck.silences = [...luck.silences.filter(isOn), ...ordered(A_DAY / 3, aSilence({ id, kind, rule }, nowMs, random))];
}

function someChannels(random: Random): readonly ChannelRoute[] {
  return CHANNELS.filter(() => !random.onceIn(4)).map((channel) =>
    random.onceIn(3) ? { ...channel, minSeverity: random.pick<Severity>([...SEVERITIES]) } : channel,
  );
}

function aSilence(
  { id, kind, rule }: Pick<SoakConnection, "id" | "kind"> & { readonly rule: RuleId },
  nowMs: number,
  random: Random,
): Silence {
  const fromMs = nowMs + random.between(0, 24) * TICK_MS;
  return {
    id: `silence-${nowMs}`,
    match: {
      ...(random.onceIn(2) ? { connection: id } : {}),
      ...(random.onceIn(4) ? { kind } : {}),
      ...(random.onceIn(2) ? { rule } : {}),
      ...(random.onceIn(4) ? { severity: random.pick<Severity>([...SEVERITIES]) } : {}),
    },
    fromMs,
    untilMs: fromMs + random.between(2, 3 * A_DAY) * TICK_MS,
    by: "soak",
    reason: "by chance",
    writtenAtMs: nowMs,
  };
}

function aPoll(luck: Luck, connections: readonly SoakConnection[], time: Pick<SoakPoll, "slotMs" | "nowMs">): SoakPoll {
  return {
    ...time,
    policy: aPolicy({
      periodMs: luck.periodMs,
      channels: luck.channels,
      maintenance: WINDOWS,
      ignore: luck.ignored.map(({ id }) => ({ connection: id, reason: "by chance" })),
      rules: {
        preset: luck.preset,
        rules: Object.fromEntries(luck.off.map(({ rule }) => [rule, { enabled: false }])),
        overrides: [],
      },
    }),
    reads: SOURCE_IDS.map((sourceId) => {
      if (isBlind(luck, sourceId)) return { sourceId, outcome: "unreadable", reason: "throttled" };
      const present = connections.filter((one) => one.sourceId === sourceId && !isAbsent(luck, one));
      return { sourceId, outcome: "read", rows: present.map(({ rowOf, facts }) => rowOf(facts)) };
    }),
    silences: luck.silences,
  };
}

/** What a poll leaves known of each connection. */
function look(luck: Luck, connections: readonly SoakConnection[], isCounted: boolean): void {
  for (const connection of connections) {
    if (isBlind(luck, connection.sourceId)) continue;
    if (!isAbsent(luck, connection)) connection.known = connection.facts;
    if (isCounted) connection.absentPolls = isAbsent(luck, connection) ? connection.absentPolls + 1 : 0;
  }
}

function seenOf(luck: Luck, { connection, rule }: SoakAlert, nowMs: number): Seen {
  if (luck.off.some((off) => off.rule === rule)) return { verdict: "ended", reason: "rule-off" };
  if (luck.ignored.some(({ id }) => id === connection.id)) return { verdict: "ended", reason: "ignored" };
  if (connection.absentPolls >= 4) return { verdict: "ended", reason: "connection-gone" };
  const isUnseen = isBlind(luck, connection.sourceId) || connection.absentPolls > 0;
  const knowsDates = rule === "removal-deadline" || rule === "expiry";
  if (isUnseen && !knowsDates) return { verdict: "unknown" };
  return judgeNaively(rule, connection.known, { preset: luck.preset, nowMs });
}

function isBlind({ nowMs, blindUntilMs }: Luck, sourceId: SourceId): boolean {
  return nowMs < blindUntilMs[sourceId];
}

function isAbsent({ nowMs }: Luck, { absentUntilMs }: SoakConnection): boolean {
  return nowMs < absentUntilMs;
}

/** Says how a rule judges under a poll's policy. */
export function oracleRuleOf(rule: RuleId, { policy }: SoakPoll): OracleRule {
  const limits = limitsOf(rule, policy.rules.preset).join();
  const isDated = rule === "removal-deadline" || rule === "expiry";
  return isDated
    ? { limits, confirmPolls: 1, recoverPolls: 1, keepFiringMs: 0 }
    : { limits, confirmPolls: 2, recoverPolls: 3, keepFiringMs: 30 * MINUTE_MS };
}

/** Says whether a silence or a window lies over an alert. */
export function isOrderedQuiet({ connection, rule }: SoakAlert, poll: SoakPoll, severity: Severity): boolean {
  const isSilenced = poll.silences.some(
    ({ match, fromMs, untilMs }) =>
      fromMs <= poll.nowMs &&
      poll.nowMs < untilMs &&
      [undefined, connection.id].includes(match.connection) &&
      [undefined, connection.kind].includes(match.kind) &&
      (match.rule === undefined || match.rule === rule) &&
      [undefined, severity].includes(match.severity),
  );
  return isSilenced || isPatchNight(connection, poll.nowMs);
}

/** The windows of above, told by the clock of UTC. */
function isPatchNight({ kind }: SoakConnection, nowMs: number): boolean {
  const hours = new Date(nowMs).getUTCDay() * 24 + new Date(nowMs).getUTCHours();
  const [saturday, wednesday] = [6 * 24, 3 * 24];
  return (
    hours >= saturday + 22 || hours < 2 || (kind === "connector" && hours >= wednesday + 3 && hours < wednesday + 5)
  );
}

/** Which open alerts of the same connection speak for one already. */
export const INHIBITORS: Readonly<Partial<Record<RuleId, readonly RuleId[]>>> = {
  "heartbeat-age": ["partner-state"],
  "reported-health": ["sync-age", "heartbeat-age", "expiry"],
};

/** All that the oracle is told of one alert, slot by slot, but acknowledgements. */
export function oracleSlotsOf(
  world: SoakWorld,
  alert: SoakAlert,
  isInhibited: (index: number) => boolean,
): readonly Omit<OracleSlot, "acknowledgements">[] {
  return world.counted.map((poll, index) => ({
    slotMs: poll.slotMs,
    nowMs: poll.nowMs,
    periodMs: poll.policy.periodMs,
    seen: alert.seen[index] ?? { verdict: "unknown" },
    rule: oracleRuleOf(alert.rule, poll),
    channels: poll.policy.channels,
    isSuppressed: (severity) => isInhibited(index) || isOrderedQuiet(alert, poll, severity),
  }));
}
