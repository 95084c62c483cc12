import type { ConnectionKind } from "../../src/domain/connections/reading.ts";
import type { SourceId } from "../../src/domain/connections/source.ts";
import type { Preset } from "../../src/domain/rules/resolve-settings.ts";
import type { RuleId, Severity } from "../../src/domain/rules/rule.ts";
import { aCompliancePartnerRow, aConnectorRow, aManagementPartnerRow } from "../builders/graph-rows.ts";
import type { Seen } from "./naive-oracle.ts";
import type { Random } from "./random.ts";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
/** How often lives go on. */
export const TICK_MS = 15 * MINUTE_MS;
const A_DAY = DAY_MS / TICK_MS;

/** What Graph would say of a connection. */
interface Facts {
  /** Partner state, or Microsoft's verdict on a connector. */
  readonly state: string;
  /** Last heartbeat or sync. */
  readonly contactMs: number;
  /** Removal date or expiry. */
  readonly dateMs: number | undefined;
}

/** A connection that lives through good times and bad ones, and what was last read of it. */
export interface SoakConnection {
  readonly id: string;
  readonly name: string;
  readonly kind: ConnectionKind;
  readonly sourceId: SourceId;
  readonly rules: readonly RuleId[];
  readonly rowOf: (facts: Facts) => object;
  facts: Facts;
  /** What the last poll that saw it read. */
  known: Facts;
  silentUntilMs: number;
  spellUntilMs: number;
  /** The states of a spell; more than one flicker. */
  spell: readonly [string, ...string[]];
  absentUntilMs: number;
  /** Counted complete reads without it, in a row. */
  absentPolls: number;
}

/** Makes connections of each kind in turn, all of them well. */
export function someConnections(count: number, startMs: number): readonly SoakConnection[] {
  const makers = [aManagement, aCompliance, anExpiry, aSync];
  return Array.from({ length: count }, (_, index) => {
    const made = (makers[index % makers.length] ?? aSync)(`0000${index}`.slice(-4), startMs);
    return {
      ...made,
      known: made.facts,
      silentUntilMs: 0,
      spellUntilMs: 0,
      spell: [made.facts.state] as const,
      absentUntilMs: 0,
      absentPolls: 0,
    };
  });
}

type Maker = (
  number: string,
  startMs: number,
) => Pick<SoakConnection, "id" | "name" | "kind" | "sourceId" | "rules" | "rowOf" | "facts">;

const aManagement: Maker = (number, startMs) => ({
  id: `device-management-partner:${number}`,
  name: `Management ${number}`,
  kind: "device-management-partner",
  sourceId: "deviceManagementPartners",
  rules: ["partner-state", "heartbeat-age", "removal-deadline"],
  rowOf: ({ state, contactMs, dateMs }) =>
    aManagementPartnerRow({
      id: number,
      name: `Management ${number}`,
      state,
      beatMs: contactMs,
      ...(dateMs === undefined ? {} : { removalMs: dateMs }),
    }),
  facts: { state: "enabled", contactMs: startMs - HOUR_MS, dateMs: undefined },
});

const aCompliance: Maker = (number, startMs) => ({
  id: `compliance-management-partner:${number}`,
  name: `Compliance ${number}`,
  kind: "compliance-management-partner",
  sourceId: "complianceManagementPartners",
  rules: ["partner-state", "heartbeat-age"],
  rowOf: ({ state, contactMs }) =>
    aCompliancePartnerRow({ id: number, name: `Compliance ${number}`, state, beatMs: contactMs }),
  facts: { state: "enabled", contactMs: startMs - HOUR_MS, dateMs: undefined },
});

const EXPIRY = "vppTokenExpirationDateTime";
const SYNC = "ndesConnectorLastConnectionDateTime";

const anExpiry: Maker = (number, startMs) => ({
  id: `connector:${EXPIRY}:${number}`,
  name: EXPIRY,
  kind: "connector",
  sourceId: "connectorStatus",
  rules: ["expiry", "reported-health"],
  rowOf: ({ state, dateMs = 0 }) => aConnectorRow({ name: EXPIRY, instanceId: number, status: state, atMs: dateMs }),
  facts: { state: "healthy", contactMs: startMs, dateMs: startMs + (20 + Number(number)) * DAY_MS },
});

const aSync: Maker = (number, startMs) => ({
  id: `connector:${SYNC}:${number}`,
  name: SYNC,
  kind: "connector",
  sourceId: "connectorStatus",
  rules: ["sync-age", "reported-health"],
  rowOf: ({ state, contactMs }) => aConnectorRow({ name: SYNC, instanceId: number, status: state, atMs: contactMs }),
  facts: { state: "healthy", contactMs: startMs - HOUR_MS, dateMs: undefined },
});

/** Lets a connection live one tick: silences, spells of bad states, dates that come, move and go, absences. */
export function liveOn(connection: SoakConnection, nowMs: number, random: Random): void {
  const { facts, kind } = connection;
  connection.facts = {
    state: nextState(connection, nowMs, random),
    contactMs: nextContact(connection, nowMs, random),
    dateMs: nextDate(connection, nowMs, random),
  };
  if (kind !== "connector" && nowMs >= connection.absentUntilMs && random.onceIn(15 * A_DAY)) {
    const ticks = random.onceIn(3) ? random.between(5 * A_DAY, 10 * A_DAY) : random.between(1, 6);
    connection.absentUntilMs = nowMs + ticks * TICK_MS;
  }
  // A partner that nobody lists cannot be heard of either; its date goes on, and is cleared before it makes it retired.
  if (nowMs < connection.absentUntilMs) connection.facts = { ...facts, dateMs: connection.facts.dateMs };
}

function nextContact(connection: SoakConnection, nowMs: number, random: Random): number {
  if (random.onceIn(4 * A_DAY)) {
    // Often just past the 36 hours of the warning: a contact then comes as the alert fires.
    const isEdgy = random.onceIn(2);
    connection.silentUntilMs =
      nowMs + (isEdgy ? random.between(35, 37) * HOUR_MS : random.between(1, 9 * A_DAY) * TICK_MS);
  }
  const isHeard = nowMs >= connection.silentUntilMs && random.onceIn(16);
  return isHeard ? nowMs - random.between(1, 10) * MINUTE_MS : connection.facts.contactMs;
}

const TROUBLES = {
  partner: ["unavailable", "rejected", "terminated", "unresponsive"],
  connector: ["warning", "unhealthy"],
} as const;

function nextState(connection: SoakConnection, nowMs: number, random: Random): string {
  const isConnector = connection.kind === "connector";
  const well = isConnector ? "healthy" : "enabled";
  if (random.onceIn(6 * A_DAY)) {
    const trouble = () => random.pick<string>(isConnector ? TROUBLES.connector : TROUBLES.partner);
    const isFlicker = random.onceIn(2);
    connection.spell = isFlicker ? [well, well, trouble()] : [trouble(), trouble()];
    if (!isFlicker && random.onceIn(2)) connection.spell = [trouble()];
    connection.spellUntilMs = nowMs + random.between(1, isFlicker ? A_DAY / 2 : 4 * A_DAY) * TICK_MS;
  }
  if (nowMs >= connection.spellUntilMs) return well;
  return random.onceIn(3) ? random.pick(connection.spell) : connection.facts.state;
}

function nextDate({ kind, rules, facts }: SoakConnection, nowMs: number, random: Random): number | undefined {
  if (rules.includes("expiry")) return nextExpiry(facts.dateMs ?? nowMs, nowMs, random);
  return kind === "device-management-partner" ? nextRemoval(facts.dateMs, nowMs, random) : undefined;
}

function nextExpiry(dateMs: number, nowMs: number, random: Random): number {
  const isRenewed = nowMs - dateMs > 3 * DAY_MS || random.onceIn(40 * A_DAY);
  return isRenewed ? nowMs + random.between(10, 120) * DAY_MS : move(dateMs, random);
}

function nextRemoval(dateMs: number | undefined, nowMs: number, random: Random): number | undefined {
  if (dateMs === undefined) return random.onceIn(15 * A_DAY) ? nowMs + random.between(1, 60 * 24) * HOUR_MS : undefined;
  const isCleared = nowMs - dateMs > 3 * DAY_MS || random.onceIn(25 * A_DAY);
  return isCleared ? undefined : move(dateMs, random);
}

/** Moves a date now and then, sometimes by less than an hour. */
function move(dateMs: number, random: Random): number {
  const hours = random.onceIn(10 * A_DAY) ? random.pick([-72, -20, -1, 1, 20, 400]) : 0;
  return dateMs + hours * (HOUR_MS - MINUTE_MS);
}

/** The limits of a rule under a preset, spelled out once more: hours of age, or days left. */
const LIMITS: Readonly<Record<"age" | "expiry" | "deadline", Readonly<Record<Preset, readonly number[]>>>> = {
  age: { recommended: [36, 72], microsoft: [24, 72], strict: [27, 54], relaxed: [72, 144] },
  expiry: {
    recommended: [30, 7, 1],
    microsoft: [7, 0, -Infinity],
    strict: [40, 28 / 3, 4 / 3],
    relaxed: [15, 3.5, 0.5],
  },
  deadline: {
    recommended: [Infinity, 14, 7],
    microsoft: [Infinity, 14, 7],
    strict: [Infinity, 56 / 3, 28 / 3],
    relaxed: [Infinity, 7, 3.5],
  },
};

const STATES: Readonly<Record<string, Severity>> = {
  unavailable: "warning",
  rejected: "error",
  terminated: "error",
  unresponsive: "critical",
  warning: "info",
  unhealthy: "warning",
};

const FAMILIES: Readonly<Partial<Record<RuleId, keyof typeof LIMITS>>> = {
  "heartbeat-age": "age",
  "sync-age": "age",
  expiry: "expiry",
  "removal-deadline": "deadline",
};

/** Says by which limits a rule judges under a preset. */
export function limitsOf(rule: RuleId, preset: Preset): readonly number[] {
  const family = FAMILIES[rule];
  return family === undefined ? [] : LIMITS[family][preset];
}

/** Judges by table what a rule sees in facts. */
export function judgeNaively(
  rule: RuleId,
  facts: Facts,
  { preset, nowMs }: { readonly preset: Preset; readonly nowMs: number },
): Seen {
  const family = FAMILIES[rule];
  if (family === undefined) return breach(STATES[facts.state]);
  const limits = limitsOf(rule, preset);
  if (family === "age") {
    const [warning = 0, error = 0] = limits.map((hours) => hours * HOUR_MS);
    const ageMs = nowMs - facts.contactMs;
    if (ageMs >= error) return breach("error");
    return breach(ageMs > warning ? "warning" : undefined);
  }
  if (facts.dateMs === undefined) return breach(undefined);
  const daysLeft = (facts.dateMs - nowMs) / DAY_MS;
  const reached = limits.findLastIndex((days) => daysLeft <= days);
  return breach((["warning", "error", "critical"] as const)[reached], facts.dateMs);
}

function breach(severity: Severity | undefined, dateMs?: number): Seen {
  if (severity === undefined) return { verdict: "ok" };
  return { verdict: "breach", severity, ...(dateMs === undefined ? {} : { dateMs }) };
}
