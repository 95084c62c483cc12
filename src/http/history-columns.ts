import { VERDICTS } from "../domain/rules/verdict.ts";
import type { DailyBody } from "./contract/daily.ts";
import type { ChangeBody, EventBody, HistoryList, IntervalBody, SnapshotBody, UptimeBody } from "./contract/history.ts";
import type { Cell } from "./csv.ts";

/** The columns of a table by name, in their order. */
type Columns<Row> = Readonly<Record<string, (row: Row) => Cell>>;

type PartnerOrConnector = SnapshotBody["reading"];

interface EventLine {
  readonly event: EventBody;
  readonly change: ChangeBody;
}

const SNAPSHOT: Columns<SnapshotBody> = {
  slotDateTime: (row) => row.slotDateTime,
  observedDateTime: (row) => row.observedDateTime,
  connectionKey: (row) => row.connectionKey,
  connectionId: ({ reading }) => reading.connectionId,
  kind: ({ reading }) => reading.kind,
  displayName: ({ reading }) => reading.displayName,
  state: ({ reading }) => stateOf(reading),
  lastContactDateTime: ({ reading }) => ("lastContact" in reading ? reading.lastContact?.dateTime : undefined),
  nonComplianceDeadlineDateTime: ({ reading }) =>
    "nonComplianceDeadline" in reading ? reading.nonComplianceDeadline?.dateTime : undefined,
  removalDeadlineDateTime: ({ reading }) =>
    "removalDeadline" in reading ? reading.removalDeadline?.dateTime : undefined,
  eventMeaning: ({ reading }) => (reading.kind === "connector" ? reading.meaning : undefined),
  eventDateTime: ({ reading }) => ("eventDate" in reading ? reading.eventDate?.dateTime : undefined),
  isConfigured: ({ reading }) => ("isConfigured" in reading ? reading.isConfigured : undefined),
  problems: ({ reading }) => reading.problems.length,
};

const EVENT: Columns<EventLine> = {
  slotDateTime: ({ event }) => event.slotDateTime,
  observedDateTime: ({ event }) => event.observedDateTime,
  connectionKey: ({ event }) => event.connectionKey,
  connectionId: ({ event }) => event.connectionId,
  displayName: ({ event }) => event.displayName,
  lastContactDateTime: ({ event }) => event.lastContactDateTime,
  type: ({ change }) => change.type,
  ruleId: ({ change }) => ("ruleId" in change ? change.ruleId : undefined),
  severity: ({ change }) => ("severity" in change ? change.severity : undefined),
  from: ({ change }) => ("from" in change ? change.from : undefined),
  to: ({ change }) => ("to" in change ? change.to : undefined),
  reason: ({ change }) => ("reason" in change ? change.reason : undefined),
  episode: ({ change }) => ("episode" in change ? change.episode : undefined),
  measured: ({ change }) => ("evaluation" in change ? change.evaluation?.measured?.value : undefined),
  threshold: ({ change }) => ("evaluation" in change ? change.evaluation?.threshold?.value : undefined),
  told: ({ change }) =>
    "told" in change ? change.told.map(({ channel, kind }) => `${channel}: ${kind}`).join("; ") : undefined,
  detail: ({ change }) => detailOf(change),
};

const INTERVAL: Columns<IntervalBody> = {
  startDateTime: (row) => row.startDateTime,
  endDateTime: (row) => row.endDateTime,
  duration: (row) => row.duration,
  ruleId: (row) => row.ruleId,
  state: (row) => row.state,
  severity: (row) => row.severity,
  reason: (row) => row.reason,
  episode: (row) => row.episode,
  blind: (row) => row.blind,
  quiet: (row) => row.quiet.map(({ kind }) => kind).join("; "),
  maintenance: (row) => row.maintenance.join("; "),
};

const UPTIME: Columns<UptimeBody> = {
  ratio: (row) => row.ratio,
  upSeconds: (row) => row.upSeconds,
  downSeconds: (row) => row.downSeconds,
  unknownSeconds: (row) => row.unknownSeconds,
  maintenanceSeconds: (row) => row.maintenanceSeconds,
  coveredSeconds: (row) => row.coveredSeconds,
  incidents: (row) => row.incidents,
  meanTimeToRecover: (row) => row.meanTimeToRecover,
};

const DAILY: Columns<DailyBody> = {
  date: (row) => row.date,
  connectionKey: (row) => row.connectionKey,
  ratio: (row) => row.ratio,
  upSeconds: (row) => row.upSeconds,
  downSeconds: (row) => row.downSeconds,
  unknownSeconds: (row) => row.unknownSeconds,
  maintenanceSeconds: (row) => row.maintenanceSeconds,
  coveredSeconds: (row) => row.coveredSeconds,
  fired: (row) => row.fired,
  ...Object.fromEntries(
    VERDICTS.map((verdict) => [`verdictSeconds.${verdict}`, (row: DailyBody) => row.verdictSeconds[verdict] ?? 0]),
  ),
};

const COLUMNS = { snapshots: SNAPSHOT, events: EVENT, intervals: INTERVAL, uptime: UPTIME, daily: DAILY } as const;

/** Names the columns of a view's table. */
export function columnsOf(view: HistoryList["view"]): readonly string[] {
  return Object.keys(COLUMNS[view]);
}

/** Writes the rows of a page as lines of its view's table; of an event each change is a line. */
export function toLines(list: HistoryList): readonly (readonly Cell[])[] {
  switch (list.view) {
    case "snapshots":
      return list.value.map((row) => cellsOf(SNAPSHOT, row));
    case "events":
      return list.value.flatMap((event) => event.changes.map((change) => cellsOf(EVENT, { event, change })));
    case "intervals":
      return list.value.map((row) => cellsOf(INTERVAL, row));
    case "uptime":
      return list.value.map((row) => cellsOf(UPTIME, row));
    case "daily":
      return list.value.map((row) => cellsOf(DAILY, row));
  }
}

function cellsOf<Row>(columns: Columns<Row>, row: Row): readonly Cell[] {
  return Object.values(columns).map((cell) => cell(row));
}

function stateOf(reading: PartnerOrConnector): string {
  return reading.kind === "connector"
    ? (reading.reportedHealthAsSent ?? reading.reportedHealth)
    : (reading.stateAsSent ?? reading.state);
}

function detailOf(change: ChangeBody): string | undefined {
  switch (change.type) {
    case "configuration":
      return change.changes.join("; ");
    case "suppression":
      return sayEnds(change.began, change.ended, ({ kind }) => kind);
    case "maintenance":
      return sayEnds(change.began, change.ended, ({ name }) => name);
    case "gap":
      return `from ${change.fromDateTime} to ${change.toDateTime}`;
    case "appeared":
      return change.returned ? "returned" : undefined;
    default:
      return undefined;
  }
}

function sayEnds<T>(began: readonly T[], ended: readonly T[], say: (one: T) => string): string {
  const said = [...began.map((one) => `began: ${say(one)}`), ...ended.map((one) => `ended: ${say(one)}`)];
  return said.join("; ");
}
