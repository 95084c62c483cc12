import type { ChangeBody } from "../../src/http/contract/history.ts";
import { sayInstant } from "./say-time.ts";
import { capital, sayQuiet, spaced } from "./words.ts";

const APPEARED = { true: "Is listed again", false: "Was seen for the first time" } as const;

/** Says one change of a connection as a line of its history. */
export function describeChange(change: ChangeBody): string {
  switch (change.type) {
    case "alert":
      return describeAlert(change);
    case "suppression":
      return describeSuppression(change);
    case "appeared":
      return APPEARED[`${change.returned}`];
    case "disappeared":
      return `Is no longer listed: ${spaced(change.reason)}`;
    case "configuration":
      return `Configuration changed: ${change.changes.join("; ")}`;
    case "standing":
      return `Standing: from ${spaced(change.from)} to ${spaced(change.to)}${because(change.reason)}`;
    case "state":
      return `Microsoft's state: from ${change.from} to ${change.to}`;
    case "maintenance":
      return describeMaintenance(change);
    case "gap":
      return `Not seen from ${sayInstant(Date.parse(change.fromDateTime))} to ${sayInstant(Date.parse(change.toDateTime))}: ${spaced(change.reason)}`;
  }
}

function describeSuppression({ ruleId, began, ended }: Extract<ChangeBody, { type: "suppression" }>): string {
  return [
    ...began.map((quiet) => `${capital(ruleId)} is quiet: ${sayQuiet(quiet)}`),
    ...ended.map((quiet) => `${capital(ruleId)} is no longer quiet (${spaced(quiet.kind)})`),
  ].join("; ");
}

function describeMaintenance({ began, ended }: Extract<ChangeBody, { type: "maintenance" }>): string {
  return [
    ...began.map(({ name }) => `Maintenance window ${name} began`),
    ...ended.map(({ name }) => `Maintenance window ${name} ended`),
  ].join("; ");
}

function because(reason: string | undefined): string {
  return reason === undefined ? "" : `, ${spaced(reason)}`;
}

function describeAlert(change: Extract<ChangeBody, { type: "alert" }>): string {
  const { ruleId, from, to, reason, severity } = change;
  const what = severity === undefined ? capital(ruleId) : `${capital(ruleId)} (${severity})`;
  if (from === to) return `${what}: ${spaced(reason)}`;
  return `${what}: from ${from} to ${to}, ${spaced(reason)}`;
}

/** Says who was told of a change: "inbox: fired; log: fired"; empty when nobody was. */
export function describeTold(change: ChangeBody): string {
  if (change.type !== "alert") return "";
  return change.told
    .map(({ channel, kind, reason }) => `${channel}: ${kind}${reason === undefined ? "" : ` (${spaced(reason)})`}`)
    .join("; ");
}

/** Says whether a change is worth a line beside the graver ones: an alert that merely goes on and told nobody is not. */
export function isNews(change: ChangeBody): boolean {
  return change.type !== "alert" || change.from !== change.to || change.told.length > 0;
}
