import { isOpen } from "../alerts/alert-state.ts";
import { contactOf } from "../connections/contact-of.ts";
import { instantOf, isPartner, type Reading, ROW_KINDS } from "../connections/reading.ts";
import { reportedStateOf } from "../connections/reported-state.ts";
import type { UnreadableReason } from "../connections/source.ts";
import { defined } from "../defined.ts";
import { compareSeverity, SEVERITIES, type Severity } from "../rules/rule.ts";
import type { ConnectionState } from "./connection-state.ts";
import { type JudgedConnection, judgeConnections } from "./judge-connections.ts";
import type { LivePartition } from "./live-partition.ts";
import type { Head } from "./poll-plan.ts";
import type { ConnectionLine, TenantOverview } from "./tenant-overview.ts";
import type { TenantPolicy } from "./tenant-policy.ts";

/** The most characters of the connections in one row, below the 32 Ki characters that a property may hold. */
const MAX_LINES_CHARACTERS = 30_000;

/** What the overview of a tenant is made of. */
export interface OverviewInput {
  readonly policy: TenantPolicy;
  readonly head: Head;
  readonly states: readonly ConnectionState[];
  /** As the poll found it. */
  readonly live: Pick<LivePartition, "unreadable" | "outbox">;
}

/** Projects a tenant's states on one line: a pure view, rebuilt by every poll. */
export function projectOverview({ policy, head, states, live }: OverviewInput): TenantOverview {
  const lines = judgeConnections(states).map(toLine).sort(worstFirst);
  const connections = fit(lines);
  const severities = states
    .flatMap((state) => Object.values(state.alerts))
    .flatMap((alert) => (isOpen(alert) ? [alert.severity ?? "info"] : []));
  const worstSeverity = severities.toSorted(compareSeverity).at(-1);
  const watched = lines.filter(({ kind }) => ROW_KINDS.includes(kind));
  const countStanding = (standing: ConnectionLine["standing"]) =>
    watched.filter((line) => line.standing === standing).length;
  return {
    tenantId: policy.tenantId,
    tenantName: policy.tenantName,
    lastSlotMs: head.lastSlotMs,
    observedAtMs: head.observedAtMs,
    periodMs: head.periodMs,
    openAlerts: countSeverities(severities),
    ...(worstSeverity === undefined ? {} : { worstSeverity }),
    standings: {
      active: countStanding("active"),
      "not-configured": countStanding("not-configured"),
      retired: countStanding("retired"),
      ignored: countStanding("ignored"),
    },
    blindSources: states.flatMap(({ reading }) =>
      reading.kind === "source" && reading.outcome === "unreadable"
        ? [`${reading.sourceId}: ${reading.reason ?? "unknown"}`]
        : [],
    ),
    ...defined({
      unreadableReason: unreadableReasonOf(states),
      resumedSlotMs: head.resumedSlotMs,
      counts: head.counts,
    }),
    unreadableRows: live.unreadable.length,
    outbox: countOutbox(live.outbox),
    connections,
    more: lines.length - connections.length,
  };
}

function unreadableReasonOf(states: readonly ConnectionState[]): UnreadableReason | undefined {
  const tenant = states.map(({ reading }) => reading).find((reading) => reading.kind === "tenant");
  return tenant === undefined || tenant.readable ? undefined : (tenant.reason ?? "unavailable");
}

function countOutbox(rows: LivePartition["outbox"]): NonNullable<TenantOverview["outbox"]> {
  const dead = rows.filter(({ value }) => value.dead === true).length;
  return { waiting: rows.length - dead, dead };
}

function countSeverities(severities: readonly Severity[]): Record<Severity, number> {
  const count = (wanted: Severity) => severities.filter((severity) => severity === wanted).length;
  return { info: count("info"), warning: count("warning"), error: count("error"), critical: count("critical") };
}

function toLine({ state, verdict }: JudgedConnection): ConnectionLine {
  const { connectionKey, reading, standing, alerts } = state;
  const lastContactMs = instantOf(contactOf(reading));
  const said = reportedStateOf(reading);
  return {
    connectionKey,
    kind: reading.kind,
    name: reading.displayName,
    standing: standing.standing,
    verdict,
    ...(said === undefined ? {} : { state: said }),
    ...(lastContactMs === undefined ? {} : { lastContactMs }),
    ...deadlines(reading),
    alerts: Object.values(alerts).flatMap(({ ruleId, phase, severity = "info", alertKey, sinceSlotMs }) =>
      phase === "inactive" ? [] : [{ ruleId, phase, severity, alertKey, sinceSlotMs }],
    ),
  };
}

function deadlines(reading: Reading): Partial<ConnectionLine> {
  if (reading.kind === "connector" && reading.meaning === "expiry") {
    const expiryMs = instantOf(reading.eventDate);
    return expiryMs === undefined ? {} : { expiryMs };
  }
  if (!isPartner(reading)) return {};
  const nonComplianceDeadlineMs = instantOf(reading.nonComplianceDeadline);
  const removalDeadlineMs = instantOf(reading.removalDeadline);
  return {
    ...(nonComplianceDeadlineMs === undefined ? {} : { nonComplianceDeadlineMs }),
    ...(removalDeadlineMs === undefined ? {} : { removalDeadlineMs }),
  };
}

function worstFirst(a: ConnectionLine, b: ConnectionLine): number {
  return rank(b) - rank(a) || a.name.localeCompare(b.name, "en") || (a.connectionKey < b.connectionKey ? -1 : 1);
}

/** Open alerts by severity outrank pending ones; 0 is calm. */
function rank({ alerts }: ConnectionLine): number {
  return Math.max(
    0,
    ...alerts.map(({ phase, severity }) => (phase === "pending" ? 0.5 : SEVERITIES.indexOf(severity) + 1)),
  );
}

function fit(lines: readonly ConnectionLine[]): readonly ConnectionLine[] {
  let characters = 2;
  const fitting = lines.findIndex((line) => {
    characters += JSON.stringify(line).length + 1;
    return characters > MAX_LINES_CHARACTERS;
  });
  return fitting === -1 ? lines : lines.slice(0, fitting);
}
