import type { ConnectionBody } from "../../src/http/contract/connections.ts";
import type { ConnectionRow } from "./connection-row.ts";
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
 * judged; else that all is well. Connections that are not judged are not counted.
 */
export function sayStandingOfAll(rows: readonly ConnectionRow[], nowMs: number): Headline {
  const judged = rows.filter(({ isOwn, connection }) => !isOwn && connection.verdict !== "not-judged");
  const own = rows.filter(({ isOwn, connection }) => isOwn && [...NEEDING, "unknown"].includes(connection.verdict));
  const needing = rows.filter(({ isOwn, connection }) => !isOwn && NEEDING.includes(connection.verdict));
  const unknown = judged.filter(({ connection }) => connection.verdict === "unknown");
  const verdict = worst([...needing, ...own, ...unknown]);
  const [first, ...rest] = [
    sayNeeding(needing, { total: judged.length, nowMs }),
    [sayUnknown(unknown), sayOwn(own)].filter((part) => part !== undefined).join("; "),
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

function worst(rows: readonly ConnectionRow[]): ConnectionBody["verdict"] {
  return VERDICTS.find((verdict) => rows.some(({ connection }) => connection.verdict === verdict)) ?? "ok";
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

/** The nearest date that something needing attention runs into, else what the gravest one says. */
function sayNext(needing: readonly ConnectionRow[], nowMs: number): string | undefined {
  const dated = needing
    .flatMap((row) => (row.deadline === undefined ? [] : [{ row, deadline: row.deadline }]))
    .map(({ row, deadline }) => ({ row, kind: deadline.kind, leftMs: Date.parse(deadline.dateTime) - nowMs }))
    .filter(({ leftMs }) => leftMs > 0)
    .toSorted((a, b) => a.leftMs - b.leftMs)[0];
  if (dated !== undefined) return `${sayDated(shortName(dated.row), dated.kind)} in ${sayLength(dated.leftMs)}`;
  const [gravest] = needing;
  if (gravest === undefined) return undefined;
  const { lastContactDateTime, alerts } = gravest.connection;
  const isSilent = alerts.some(({ ruleId }) => ruleId === "heartbeat-age" || ruleId === "sync-age");
  return isSilent && typeof lastContactDateTime === "string"
    ? `${shortName(gravest)} has been silent for ${sayLength(nowMs - Date.parse(lastContactDateTime))}`
    : `${shortName(gravest)}: ${lowerFirst(gravest.note ?? "look at it")}`;
}

function sayDated(name: string, kind: "noncompliance" | "removal" | "expiry"): string {
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
