import type { AlertBody } from "../../src/http/contract/alerts.ts";
import type { ConnectionBody, ConnectionsBody, DeadlineBody } from "../../src/http/contract/connections.ts";
import { type ConnectionRow, sortRows } from "./connection-row.ts";
import { sayLength } from "./say-time.ts";
import { count, VERDICTS } from "./words.ts";

/** The first thing on the page: how things stand. */
export interface Headline {
  readonly verdict: ConnectionBody["verdict"];
  readonly text: string;
  /** What else there is to say, in a sentence of its own. */
  readonly also: string | undefined;
}

const NEEDING: readonly ConnectionBody["verdict"][] = ["critical", "error", "warning"];

/**
 * Says in one sentence how things stand: how many connections need attention, and what comes next of it; else what cannot be
 * judged; else that all is well. Connections that are not judged are not counted, and those whose stored rows cannot be read
 * are left out of the rows: they are as grave as the rule `state-unreadable` has them.
 */
export function sayStandingOfAll(
  rows: readonly ConnectionRow[],
  nowMs: number,
  unreadable: ConnectionsBody["unreadable"] = [],
): Headline {
  const judged = rows.filter(({ isOwn, connection }) => !isOwn && connection.verdict !== "not-judged");
  const own = rows.filter(({ isOwn, connection }) => isOwn && [...NEEDING, "unknown"].includes(connection.verdict));
  const needing = rows.filter(({ isOwn, connection }) => !isOwn && NEEDING.includes(connection.verdict));
  const unknown = judged.filter(({ connection }) => connection.verdict === "unknown");
  const leftOut = unreadable.length === 0 ? [] : (["error"] as const);
  const verdict = worst([...[...needing, ...own, ...unknown].map(({ connection }) => connection.verdict), ...leftOut]);
  const [first, ...rest] = [
    sayNeeding(needing, { total: judged.length, nowMs }),
    [sayUnknown(unknown), ...sayUnreadable(unreadable), sayOwn(own)].filter((part) => part !== undefined).join("; "),
  ].filter((part) => part !== undefined && part !== "");
  return first === undefined ? calm(judged) : { verdict, text: `${first}.`, also: rest[0] && `${rest[0]}.` };
}

/** Takes a calm headline back where nothing good was read of late: what cannot be seen is not green. */
export function doubtWhenLate(headline: Headline, isLate: boolean): Headline {
  if (!isLate || NEEDING.includes(headline.verdict)) return headline;
  return { verdict: "unknown", text: "How things stand cannot be seen now.", also: `When last seen: ${headline.text}` };
}

function calm(judged: readonly ConnectionRow[]): Headline {
  const also = undefined;
  if (judged.length === 0) return { verdict: "not-judged", text: "There is no connection to judge.", also };
  const settling = judged.some(({ connection }) => connection.verdict === "pending");
  const text = judged.length === 1 ? "The one connection is well" : `All ${judged.length} connections are well`;
  return settling
    ? { verdict: "pending", text: `${text}, one may be turning.`, also }
    : { verdict: "ok", text: `${text}.`, also };
}

function worst(verdicts: readonly ConnectionBody["verdict"][]): ConnectionBody["verdict"] {
  return VERDICTS.find((verdict) => verdicts.includes(verdict)) ?? "ok";
}

function sayNeeding(
  needing: readonly ConnectionRow[],
  { total, nowMs }: { readonly total: number; readonly nowMs: number },
): string | undefined {
  if (needing.length === 0) return undefined;
  const verb = needing.length === 1 ? "needs" : "need";
  const next = sayNext(needing, nowMs);
  return `${needing.length} of ${count(total, "connection")} ${verb} attention${next === undefined ? "" : `; ${next}`}`;
}

/** The rule that watches each date. */
const DATE_RULES: Readonly<Record<DeadlineBody["kind"], AlertBody["ruleId"]>> = {
  noncompliance: "noncompliance-deadline",
  removal: "removal-deadline",
  expiry: "expiry",
};

/** The nearest date that is why something needs attention, else what the gravest one says. */
function sayNext(needing: readonly ConnectionRow[], nowMs: number): string | undefined {
  const [gravest] = sortRows(needing, "state");
  if (gravest === undefined) return undefined;
  const [next] = needing
    .flatMap((row) => datesOf(row, gravest).map(({ kind, dateTime }) => ({ row, kind, atMs: Date.parse(dateTime) })))
    .filter(({ atMs }) => atMs > nowMs)
    .toSorted((a, b) => a.atMs - b.atMs);
  return next === undefined
    ? sayGravest(gravest, nowMs)
    : `${sayDated(shortName(next.row), next.kind)} in ${sayLength(next.atMs - nowMs)}`;
}

/** The dates that open alerts are about; that of a mere warning is left out where something graver is. */
function datesOf({ connection }: ConnectionRow, gravest: ConnectionRow): readonly DeadlineBody[] {
  const { alerts, deadlines } = connection;
  const open = alerts.filter(
    ({ phase, severity = "info" }) =>
      phase === "firing" && ["critical", "error", gravest.connection.verdict].includes(severity),
  );
  return deadlines.filter(({ kind }) => open.some(({ ruleId }) => ruleId === DATE_RULES[kind]));
}

function sayGravest(row: ConnectionRow, nowMs: number): string {
  const {
    lastContactDateTime,
    alerts: [alert],
  } = row.connection;
  const isSilent = alert?.phase === "firing" && ["heartbeat-age", "sync-age"].includes(alert.ruleId);
  return isSilent && typeof lastContactDateTime === "string"
    ? `${shortName(row)} has been silent for ${sayLength(nowMs - Date.parse(lastContactDateTime))}`
    : `${shortName(row)}: ${lowerFirst(row.note ?? "look at it")}`;
}

function sayDated(name: string, kind: DeadlineBody["kind"]): string {
  switch (kind) {
    case "noncompliance":
      return `${possessive(name)} devices become noncompliant`;
    case "removal":
      return `${possessive(name)} devices are removed from Intune`;
    case "expiry":
      return `${name.replace(/ expiry$/i, "")} expires`;
  }
}

function sayUnknown(unknown: readonly ConnectionRow[]): string | undefined {
  return unknown.length === 0 ? undefined : `${count(unknown.length, "connection")} cannot be judged now`;
}

function sayUnreadable(unreadable: ConnectionsBody["unreadable"]): readonly string[] {
  const states = unreadable.filter(({ connectionKey }) => connectionKey !== undefined).length;
  const others = unreadable.length - states;
  const leftOut = states === 1 ? "is left out: its" : "are left out: their";
  return [
    ...(states > 0 ? [`${count(states, "connection")} ${leftOut} stored state cannot be read`] : []),
    ...(others > 0 ? [`${count(others, "stored row")} cannot be read`] : []),
  ];
}

function sayOwn(own: readonly ConnectionRow[]): string | undefined {
  const sources = own.filter(({ connection }) => connection.reading.kind === "source").length;
  const channel = own.find(({ connection }) => connection.reading.kind === "channel");
  const [first] = own;
  const named = channel ?? (sources > 0 ? undefined : first);
  const parts = [
    sources > 0 ? `${count(sources, "source")} cannot be read` : undefined,
    named && `${shortName(named)}: ${lowerFirst(named.note ?? "look at it")}`,
  ].filter((part) => part !== undefined);
  return parts.length === 0 ? undefined : parts.join("; ");
}

const MAX_NAME_CHARS = 60;

function shortName({ name }: ConnectionRow): string {
  return name.length > MAX_NAME_CHARS ? `${name.slice(0, MAX_NAME_CHARS - 1)}…` : name;
}

function possessive(name: string): string {
  return name.endsWith("s") ? `${name}'` : `${name}'s`;
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
