import type { ConnectionBody, ConnectionsBody, DeadlineBody } from "../../src/http/contract/connections.ts";
import { type Measured, measureOf } from "./measure.ts";
import { KIND_WORDS, sayQuiet, sayStanding, VERDICTS } from "./words.ts";

/** One connection as a line of the table. */
export interface ConnectionRow {
  readonly id: string;
  readonly tenantId: string;
  readonly tenantName: string;
  readonly connection: ConnectionBody;
  readonly name: string;
  readonly kind: string;
  /** What the gravest open alert watches for, or why nothing is judged. */
  readonly note: string | undefined;
  readonly sinceDateTime: string | undefined;
  readonly measured: Measured | undefined;
  /** The next date, or the last one when all have passed. */
  readonly deadline: DeadlineBody | undefined;
  /** Why the gravest open alert is quiet. */
  readonly quiet: readonly string[];
  /** Our own view of a source, tenant or channel, not a row of Intune. */
  readonly isOwn: boolean;
}

/** What a table can be sorted by. */
export type SortKey = "state" | "name" | "since" | "contact" | "deadline";

const ROW_KINDS: readonly string[] = ["device-management-partner", "compliance-management-partner", "connector"];

/** Makes the lines of one tenant's answer, in its order. */
export function toRows({ tenantId, tenantName, value }: ConnectionsBody, nowMs: number): readonly ConnectionRow[] {
  return value.map((connection) => {
    const { reading, alerts, connectionKey } = connection;
    return {
      id: `${tenantId}/${connectionKey}`,
      tenantId,
      tenantName,
      connection,
      name: nameOf(connection),
      kind: KIND_WORDS[reading.kind],
      note: alerts[0]?.title ?? sayStanding(connection) ?? sayUnknown(connection),
      sinceDateTime: sinceOf(connection),
      measured: measureOf(connection, nowMs),
      deadline: nextDeadline(connection, nowMs),
      quiet: alerts[0]?.quiet.map(sayQuiet) ?? [],
      isOwn: !ROW_KINDS.includes(reading.kind),
    };
  });
}

/** Names a connection; one whose name is not known by its id. */
export function nameOf({ reading }: ConnectionBody): string {
  return reading.displayName === "" ? reading.connectionId : reading.displayName;
}

function sinceOf({ alerts: [alert], absentSinceDateTime }: ConnectionBody): string | undefined {
  return alert?.episode?.firedDateTime ?? alert?.sinceDateTime ?? absentSinceDateTime;
}

function nextDeadline({ deadlines }: ConnectionBody, nowMs: number): DeadlineBody | undefined {
  return deadlines.find(({ dateTime }) => Date.parse(dateTime) > nowMs) ?? deadlines.at(-1);
}

function sayUnknown({ verdict, reading, absentSinceDateTime }: ConnectionBody): string | undefined {
  if (absentSinceDateTime !== undefined) return "Not in the last answer of Intune";
  if (verdict !== "unknown") return undefined;
  return reading.kind === "source" ? "Cannot be read" : "Cannot be judged now: its source was not read";
}

/** Sorts lines; equal ones stay worst first, then by name, and what is missing comes last. */
export function sortRows(rows: readonly ConnectionRow[], key: SortKey, isDescending = false): readonly ConnectionRow[] {
  const direction = isDescending ? -1 : 1;
  return rows.toSorted((a, b) => direction * compareBy(key, a, b) || compareBy("state", a, b) || compareNames(a, b));
}

function compareBy(key: SortKey, a: ConnectionRow, b: ConnectionRow): number {
  switch (key) {
    case "state":
      return gravity(a) - gravity(b);
    case "name":
      return compareNames(a, b);
    case "since":
      return compareInstants(a.sinceDateTime, b.sinceDateTime);
    case "contact":
      return compareInstants(a.connection.lastContactDateTime, b.connection.lastContactDateTime);
    case "deadline":
      return compareInstants(a.deadline?.dateTime, b.deadline?.dateTime);
  }
}

function gravity({ connection }: ConnectionRow): number {
  return VERDICTS.indexOf(connection.verdict);
}

function compareNames(a: ConnectionRow, b: ConnectionRow): number {
  return a.name.localeCompare(b.name, "en") || (a.id < b.id ? -1 : 1);
}

function compareInstants(a: string | null | undefined, b: string | null | undefined): number {
  const [first, second] = [a, b].map((text) => (typeof text === "string" ? Date.parse(text) : Infinity));
  return first === second ? 0 : (first ?? 0) - (second ?? 0);
}

/** Counts lines by verdict, worst first, without those that there are none of. */
export function countVerdicts(
  rows: readonly ConnectionRow[],
): readonly { readonly verdict: ConnectionBody["verdict"]; readonly count: number }[] {
  return VERDICTS.map((verdict) => ({
    verdict,
    count: rows.filter(({ connection }) => connection.verdict === verdict).length,
  })).filter(({ count }) => count > 0);
}

/** Which lines are wanted; an empty text and no verdict keep all. */
export interface RowFilter {
  readonly verdict: ConnectionBody["verdict"] | undefined;
  readonly text: string;
}

/** Keeps the lines of a verdict whose name, kind or tenant holds a text. */
export function filterRows(rows: readonly ConnectionRow[], filter: RowFilter): readonly ConnectionRow[] {
  const wanted = filter.text.trim().toLowerCase();
  return rows.filter(
    ({ connection, name, kind, tenantName }) =>
      (filter.verdict === undefined || connection.verdict === filter.verdict) &&
      [name, kind, tenantName, connection.reading.connectionId].some((text) => text.toLowerCase().includes(wanted)),
  );
}
