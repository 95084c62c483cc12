import { matchesGlob } from "../glob.ts";
import { DAY_MS } from "../units.ts";
import { connectorType } from "./connector-catalogue.ts";
import { newestContactMs } from "./contact-of.ts";
import {
  type ConnectionKind,
  instantOf,
  isPartner,
  type PartnerReading,
  type Reading,
  type Standing,
} from "./reading.ts";

/** Connections that the configuration leaves out. */
export interface IgnoreEntry {
  /** A glob (`*`) over connection id or display name. */
  readonly connection: string;
  readonly kind?: ConnectionKind;
  readonly reason: string;
}

/** What decides about a standing besides the reading. */
export interface StandingContext {
  readonly ignore: readonly IgnoreEntry[];
  /** Connector names that the catalogue leaves out by default and that are wanted here. */
  readonly watchedConnectors: readonly string[];
  /** Dates that Intune has set are judged here. */
  readonly nowMs: number;
  /** When the reading was taken: silence is measured here, so that our blindness is no part of it. */
  readonly observedAtMs: number;
  /** Whether the partner ever had a state other than `unknown`. */
  readonly wasKnown: boolean;
}

/** How long a severed partner must be silent before it counts as left over (ours). */
const SILENT_AFTER_MS = 120 * DAY_MS;

/** How long after its removal date a partner is still told about (ours). */
const REMOVED_AFTER_MS = 7 * DAY_MS;

/**
 * Judges whether a connection is alerted on at all. The first that holds: ignored, not configured, retired, active.
 *
 * - Not configured: no deadline ahead, and `isConfigured` false or a compliance partner that was never known nor heard of
 *   (IntuneCD drops the same two from its backups); a source that the tenant does not have.
 * - Retired: terminated or unresponsive, no deadline ahead and silent for over 120 days; or the removal date passed over
 *   7 days ago, unless the partner was heard of since and not over 120 days ago. The old Jamf row beside the new healthy one
 *   is the commonest false alarm.
 */
export function judgeStanding(reading: Reading, context: StandingContext): Standing {
  const ignored = ignoredBecause(reading, context);
  if (ignored !== undefined) return { standing: "ignored", reason: ignored };
  if (reading.kind === "source" && reading.outcome === "not-available") {
    return { standing: "not-configured", reason: "not-available" };
  }
  return isPartner(reading) ? judgePartner(reading, context) : { standing: "active" };
}

function ignoredBecause(reading: Reading, { ignore, watchedConnectors }: StandingContext): string | undefined {
  const entry = ignore.find(
    ({ connection, kind }) =>
      (kind === undefined || kind === reading.kind) &&
      (matchesGlob(connection, reading.connectionId) || matchesGlob(connection, reading.displayName)),
  );
  if (entry !== undefined) return entry.reason;
  if (reading.kind !== "connector" || watchedConnectors.includes(reading.connectorName)) return undefined;
  return connectorType(reading.connectorName)?.offReason;
}

function judgePartner(reading: PartnerReading, context: StandingContext): Standing {
  const { nowMs } = context;
  const deadlines = [reading.nonComplianceDeadline, reading.removalDeadline].map(instantOf);
  const hasDeadlineAhead = deadlines.some((deadlineMs) => deadlineMs !== undefined && deadlineMs > nowMs);
  const resting = hasDeadlineAhead ? undefined : judgeWithoutDeadline(reading, context);
  if (resting !== undefined) return resting;
  return isLongRemoved(reading, context)
    ? { standing: "retired", reason: "removal-date-passed" }
    : { standing: "active" };
}

function judgeWithoutDeadline(reading: PartnerReading, context: StandingContext): Standing | undefined {
  if (reading.isConfigured === false) return { standing: "not-configured", reason: "is-configured-false" };
  if (!context.wasKnown && isNeverOnboarded(reading)) return { standing: "not-configured", reason: "never-onboarded" };
  const isSevered = reading.state === "terminated" || reading.state === "unresponsive";
  return isSevered && isSilent(reading, context) ? { standing: "retired", reason: "severed-and-silent" } : undefined;
}

/** A row that could not be read says nothing of the kind. */
function isNeverOnboarded(reading: PartnerReading): boolean {
  const { kind, state, problems } = reading;
  const isLegible = !problems.some(({ code }) => code === "unreadable-row" || code === "bad-date");
  const neverBeat = newestContactMs(reading) === undefined;
  return kind === "compliance-management-partner" && state === "unknown" && neverBeat && isLegible;
}

function isLongRemoved(reading: PartnerReading, context: StandingContext): boolean {
  const removalMs = instantOf(reading.removalDeadline);
  if (removalMs === undefined || context.nowMs - removalMs <= REMOVED_AFTER_MS) return false;
  return (newestContactMs(reading) ?? removalMs) <= removalMs || isSilent(reading, context);
}

function isSilent(reading: PartnerReading, { observedAtMs }: StandingContext): boolean {
  return observedAtMs - (newestContactMs(reading) ?? observedAtMs) > SILENT_AFTER_MS;
}
