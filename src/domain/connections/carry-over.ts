import { defined } from "../defined.ts";
import { type ConnectorReading, hasOwnIdentity, isPartner, type PartnerReading, type Reading } from "./reading.ts";

/**
 * Fills what was not read this time with what the previous reading of the same connection holds, and names it: a property
 * that was not sent is never a change, and never fresh either.
 *
 * A row without an id of its own takes nothing over: the one before it may have been another row.
 */
export function carryOver(previous: Reading, current: Reading): Reading {
  if (!hasOwnIdentity(current) || !hasOwnIdentity(previous)) return current;
  if (isPartner(current) && isPartner(previous)) return carryPartner(previous, current);
  if (current.kind === "connector" && previous.kind === "connector") return carryConnector(previous, current);
  return current;
}

function carryPartner(previous: PartnerReading, current: PartnerReading): PartnerReading {
  const hasState = wasSent(current, "partnerState");
  const { state, stateAsSent, isConfigured, appType, appId } = previous;
  const lastContact = current.lastContact ?? previous.lastContact;
  const filled: PartnerReading = {
    ...defined({ isConfigured }),
    ...(current.appType === undefined ? defined({ appType, appId }) : {}),
    ...current,
    ...(hasState ? {} : { state, ...defined({ stateAsSent }) }),
    displayName: hasNoName(current) ? previous.displayName : current.displayName,
    lastContact,
    ...defined({ lastBeat: lastContact === "never" ? newestBeat(previous) : undefined }),
    nonComplianceDeadline: current.nonComplianceDeadline ?? previous.nonComplianceDeadline,
    removalDeadline: current.removalDeadline ?? previous.removalDeadline,
    onboarded: { ...previous.onboarded, ...current.onboarded },
    assignments: { ...previous.assignments, ...current.assignments },
  };
  return nameCarried(filled, [
    ...(hasState ? [] : ["state"]),
    ...newKeys(current, filled).filter((key) => key !== "lastBeat"),
    ...newKeys(current.onboarded, filled.onboarded).map((platform) => `onboarded.${platform}`),
    ...newKeys(current.assignments, filled.assignments).map((platform) => `assignments.${platform}`),
  ]);
}

function carryConnector(previous: ConnectorReading, current: ConnectorReading): ConnectorReading {
  const hasHealth = wasSent(current, "status");
  const { reportedHealth, reportedHealthAsSent } = previous;
  const filled: ConnectorReading = {
    ...current,
    ...(hasHealth ? {} : { reportedHealth, ...defined({ reportedHealthAsSent }) }),
    eventDate: current.eventDate ?? previous.eventDate,
  };
  return nameCarried(filled, [...(hasHealth ? [] : ["reportedHealth"]), ...newKeys(current, filled)]);
}

/** Says whether an enum came with a value; the reading itself cannot tell, as it always has a member. */
function wasSent({ problems }: Reading, property: string): boolean {
  return !problems.some((problem) => problem.code === "bad-value" && problem.property === property);
}

function newestBeat({ lastContact, lastBeat }: PartnerReading): PartnerReading["lastBeat"] {
  return lastContact === undefined || lastContact === "never" ? lastBeat : lastContact;
}

/** A row without displayName is called by its id. */
function hasNoName({ connectionId, displayName }: PartnerReading): boolean {
  return connectionId.endsWith(`:${displayName}`);
}

function newKeys(before: object, after: object): readonly string[] {
  const known = new Map<string, unknown>(Object.entries(before));
  return Object.entries(after).flatMap(([key, value]) =>
    value !== undefined && known.get(key) === undefined ? [key] : [],
  );
}

function nameCarried<T extends Reading>(reading: T, carriedOver: readonly string[]): T {
  return carriedOver.length === 0 ? reading : { ...reading, carriedOver };
}
