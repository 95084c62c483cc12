import { defined } from "../defined.ts";
import { cleanText } from "../text.ts";
import { connectionId } from "./connection-id.ts";
import { CONNECTOR_NAMES, connectorType } from "./connector-catalogue.ts";
import { describeValue } from "./describe-value.ts";
import { mergeProblems } from "./merge-problems.ts";
import {
  type ConnectorMeaning,
  type ConnectorReading,
  instantOf,
  REPORTED_HEALTHS,
  type ReadDate,
  type ReportedHealth,
} from "./reading.ts";
import {
  openRows,
  type ParseContext,
  type Row,
  readContact,
  readDate,
  readMember,
  readText,
  requireProperties,
  toStableId,
} from "./row.ts";

/** Calmest first, for rows that share one reading: not knowing is worse than healthy. */
const HEALTHS_BY_GRAVITY: readonly ReportedHealth[] = ["healthy", "unknown", "warning", "unhealthy"];

/**
 * Reads rows of connectorStatus.
 *
 * Rows of one connectorName with distinct instance ids stay apart, and then carry the instance in their name; those that
 * share one, or have none, become one reading with the worst verdict, the earliest expiry or oldest contact, and the
 * information `several-rows`.
 */
export function parseConnectors(rows: readonly unknown[], context: ParseContext): readonly ConnectorReading[] {
  const opened = openRows(rows, (fields) => readId(fields["connectorName"], context), "connectorName");
  const readings = opened.map((row) => parseConnector(row, context));
  const groups = Map.groupBy(readings, ({ connectionId: id }) => id);
  return nameInstances([...groups.values()].flatMap(mergeRows));
}

function readId(sent: unknown, context: ParseContext): string | undefined {
  return toStableId(typeof sent === "number" ? CONNECTOR_NAMES[sent] : sent, context);
}

function parseConnector(row: Row, context: ParseContext): ConnectorReading {
  const connectorName = row.id;
  const { meaning, displayName } = readType(row);
  const health = readMember(row, "status", REPORTED_HEALTHS);
  const eventDate = readEventDate(row, meaning, context);
  const isExpired = meaning === "expiry" && (instantOf(eventDate) ?? Infinity) <= context.observedAtMs;
  if (isExpired && health.known === "healthy") {
    row.problems.push({ code: "inconsistent", property: "status", asSent: "healthy" });
  }
  const instance = toStableId(row.fields["connectorInstanceId"], context) ?? "default";
  return {
    kind: "connector",
    connectionId: connectionId("connector", connectorName, instance),
    displayName,
    connectorName,
    meaning,
    reportedHealth: health.known ?? "unknown",
    ...defined({ reportedHealthAsSent: health.asSent, instanceId: readText(row, "connectorInstanceId") }),
    eventDate,
    problems: mergeProblems(row.problems),
  };
}

function readType(row: Row): Pick<ConnectorReading, "displayName" | "meaning"> {
  const type = connectorType(row.id);
  if (type !== undefined) return type;
  const isNamed = row.problems.length === 0;
  if (isNamed) row.problems.push({ code: "unknown-enum", property: "connectorName", asSent: describeValue(row.id) });
  return { displayName: row.id, meaning: "none" };
}

function readEventDate(row: Row, meaning: ConnectorMeaning, { observedAtMs }: ParseContext): ReadDate {
  requireProperties(row, meaning === "none" ? ["status"] : ["status", "eventDateTime"]);
  return meaning === "none" || meaning === "expiry"
    ? readDate(row, "eventDateTime")
    : readContact(row, "eventDateTime", observedAtMs);
}

function mergeRows(rows: readonly ConnectorReading[]): readonly ConnectorReading[] {
  const worst = rows.toSorted((a, b) => gravity(b) - gravity(a))[0];
  if (worst === undefined || rows.length === 1) return rows;
  const severalRows = { code: "several-rows", property: "connectorName", asSent: String(rows.length) } as const;
  const problems = mergeProblems([severalRows, ...rows.flatMap((row) => row.problems)]);
  return [{ ...worst, eventDate: earliest(rows.map(({ eventDate }) => eventDate)), problems }];
}

function gravity({ reportedHealth }: ConnectorReading): number {
  return HEALTHS_BY_GRAVITY.indexOf(reportedHealth);
}

function earliest(dates: readonly ReadDate[]): ReadDate {
  const instants = dates.filter((date) => date !== undefined && date !== "never");
  return instants.toSorted((a, b) => a.atMs - b.atMs)[0] ?? dates.find((date) => date === "never");
}

function nameInstances(readings: readonly ConnectorReading[]): readonly ConnectorReading[] {
  const byName = Map.groupBy(readings, ({ connectorName }) => connectorName);
  return readings.map((reading) => {
    if (byName.get(reading.connectorName)?.length === 1) return reading;
    const instance = cleanText(reading.instanceId ?? "default", 64);
    return { ...reading, displayName: cleanText(`${reading.displayName} (${instance})`) };
  });
}
