import type { Change, ConnectionEvent } from "../../../src/domain/history/connection-event.ts";
import type { RuleId } from "../../../src/domain/rules/rule.ts";
import { formatSpan } from "./span.ts";

/** One row of the alert state machine, and where it is shown. */
export interface StateRow {
  /** Its number in the table of the design. */
  readonly row: number;
  readonly says: string;
  readonly scenario: string;
  readonly ruleId: RuleId;
  readonly connection: string;
  /** Moves of that alert in that scenario between which nothing else became of it. */
  readonly moves: readonly string[];
}

/** Every row of the state machine, shown by moves of an alert in the catalogue. */
export const STATE_ROWS: readonly StateRow[] = [
  {
    row: 1,
    says: "A rule whose breach needs no confirming fires at once",
    scenario: "expired-at-once",
    ruleId: "expiry",
    connection: "Apple enrollment program token expiry",
    moves: ["0d inactive > firing, confirmed"],
  },
  {
    row: 2,
    says: "Any other breach is pending first",
    scenario: "short-breach",
    ruleId: "heartbeat-age",
    connection: "Jamf",
    moves: ["1d12h15min inactive > pending, confirming"],
  },
  {
    row: 3,
    says: "It is forgotten when it goes before it is confirmed",
    scenario: "short-breach",
    ruleId: "heartbeat-age",
    connection: "Jamf",
    moves: ["1d12h15min inactive > pending, confirming", "1d12h30min pending > inactive, cleared-before-confirmed"],
  },
  {
    row: 4,
    says: "It fires when it is confirmed",
    scenario: "partner-goes-quiet",
    ruleId: "heartbeat-age",
    connection: "Jamf",
    moves: ["4d12h15min inactive > pending, confirming", "4d12h30min pending > firing, confirmed"],
  },
  {
    row: 5,
    says: "A graver breach counts at once and takes an acknowledgement back",
    scenario: "acknowledged",
    ruleId: "heartbeat-age",
    connection: "Jamf",
    moves: ["2d13h quiet: acknowledged", "4d firing > firing, severity-rose", "4d not quiet: acknowledged"],
  },
  {
    row: 6,
    says: "A calmer breach counts when it has held for half an hour",
    scenario: "calmer",
    ruleId: "partner-state",
    connection: "Jamf",
    moves: ["1d15min pending > firing, confirmed", "1d12h30min firing > firing, severity-fell"],
  },
  {
    row: 7,
    says: "The first ok ends nothing",
    scenario: "partner-goes-quiet",
    ruleId: "heartbeat-age",
    connection: "Jamf",
    moves: ["8d firing > recovering, recovering"],
  },
  {
    row: 8,
    says: "A relapse is the same episode; when it is graver, row 5 holds too",
    scenario: "relapse",
    ruleId: "partner-state",
    connection: "Jamf",
    moves: [
      "1d12h firing > recovering, recovering",
      "1d14h recovering > firing, relapsed",
      "1d18h firing > recovering, recovering",
      "1d20h recovering > firing, severity-rose",
    ],
  },
  {
    row: 9,
    says: "Enough oks over enough time end the episode",
    scenario: "partner-goes-quiet",
    ruleId: "heartbeat-age",
    connection: "Jamf",
    moves: ["8d firing > recovering, recovering", "8d30min recovering > inactive, recovered"],
  },
  {
    row: 10,
    says: "What cannot be read changes nothing: blind from 3d to 4d12h",
    scenario: "frozen-while-blind",
    ruleId: "heartbeat-age",
    connection: "Jamf",
    moves: ["2d12h30min pending > firing, confirmed", "4d12h firing > firing, severity-rose"],
  },
  {
    row: 11,
    says: "Four complete reads without the row end its alerts",
    scenario: "gone-while-firing",
    ruleId: "heartbeat-age",
    connection: "Jamf",
    moves: ["2d12h30min pending > firing, confirmed", "3d45min firing > inactive, connection-gone"],
  },
  {
    row: 12,
    says: "A read that failed is none of the four: absent from 1d, blind from 1d15min to 1d45min",
    scenario: "gone-while-blind",
    ruleId: "connection-missing",
    connection: "Jamf",
    moves: ["1d1h15min inactive > firing, confirmed"],
  },
  {
    row: 13,
    says: "Limits by which all is well end it as changed, not as recovered",
    scenario: "thresholds-raised",
    ruleId: "heartbeat-age",
    connection: "Jamf",
    moves: ["2d18h firing > inactive, rule-changed", "3d12h15min inactive > pending, confirming"],
  },
  {
    row: 14,
    says: "Time in which the monitor stood still is no time: down from 2d12h20min and from 3d5min, for 2h each",
    scenario: "monitor-down",
    ruleId: "heartbeat-age",
    connection: "Jamf",
    moves: [
      "2d12h15min inactive > pending, confirming",
      "2d14h30min pending > firing, confirmed",
      "3d firing > recovering, recovering",
      "3d2h45min recovering > inactive, recovered",
    ],
  },
  {
    row: 15,
    says: "An acknowledgement keeps it quiet to the end, which is told",
    scenario: "acknowledged",
    ruleId: "heartbeat-age",
    connection: "Jamf",
    moves: [
      "5d12h quiet: acknowledged",
      "8d firing > recovering, recovering",
      "8d30min recovering > inactive, recovered",
    ],
  },
  {
    row: 16,
    says: "What is no longer judged ends, and says why",
    scenario: "turned-off",
    ruleId: "heartbeat-age",
    connection: "Kandji",
    moves: ["2d12h30min pending > firing, confirmed", "3d firing > inactive, not-configured"],
  },
];

/**
 * Says what became of an alert over a play: moves of its phase and severity, and what began or ended to keep it quiet.
 *
 * @param zeroMs Epoch ms of time 0.
 */
export function movesOf(
  events: readonly ConnectionEvent[],
  { ruleId, connection }: Pick<StateRow, "ruleId" | "connection">,
  zeroMs: number,
): readonly string[] {
  return events
    .filter(({ displayName }) => displayName === connection)
    .flatMap(({ changes, slotMs }) =>
      changes
        .flatMap((change) => ("ruleId" in change && change.ruleId === ruleId ? wordsOf(change) : []))
        .map((words) => `${formatSpan(slotMs - zeroMs)} ${words}`),
    );
}

function wordsOf(change: Extract<Change, { readonly ruleId: RuleId }>): readonly string[] {
  if (change.type === "alert") {
    const { from, to, reason } = change;
    return reason === "still-firing" ? [] : [`${from} > ${to}, ${reason}`];
  }
  const began = change.began.map(({ kind }) => `quiet: ${kind}`);
  return [...began, ...change.ended.map(({ kind }) => `not quiet: ${kind}`)];
}
