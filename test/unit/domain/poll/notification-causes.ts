import { type AlertState, isFlapping, isOpen } from "../../../../src/domain/alerts/alert-state.ts";
import { bucketOf } from "../../../../src/domain/alerts/days-left.ts";
import { dateOf, isSuppressed } from "../../../../src/domain/alerts/decide-notification.ts";
import type { NotifyReason, OutboxRow } from "../../../../src/domain/delivery/notification.ts";
import type { ChannelRoute, TenantPolicy } from "../../../../src/domain/poll/tenant-policy.ts";
import { SEVERITIES, type Severity } from "../../../../src/domain/rules/rule.ts";
import { HOUR_MS } from "../../../../src/domain/units.ts";

/** A notification, and its alert and the policy around the poll that planned it. */
export interface PlannedAround {
  readonly row: OutboxRow;
  readonly before: AlertState;
  readonly after: AlertState;
  readonly policyBefore: TenantPolicy | undefined;
  readonly policy: TenantPolicy;
}

/** Says whether what a notification names as its cause has happened, and its channel may be told at all. */
export function hasCause(planned: PlannedAround): boolean {
  const { kind, reason } = planned.row.facts;
  return CAUSES[reason](planned) && (kind === "resolved" || routeOf(planned.policy, planned) !== undefined);
}

const CAUSES: Readonly<Record<NotifyReason, (planned: PlannedAround) => boolean>> = {
  "first-firing": ({ before, after }) => !isOpen(before) && after.phase === "firing",
  "suppression-ended": ({ before, after }) => isSuppressed(before.quiet) && !isSuppressed(after.quiet),
  "newly-routed": (planned) => isNewlyRouted(planned) || planned.before.phase === "recovering",
  "critical-while-flapping": ({ after }) => isFlapping(after) && after.severity === "critical",
  "changed-again": (planned) => {
    const { evaluation, ruleId } = planned.after;
    const heardMs = toldBefore(planned)?.slotMs ?? planned.before.episode?.firedSlotMs ?? Infinity;
    return (
      ruleId === "configuration-changed" &&
      evaluation?.verdict === "breach" &&
      (evaluation.breachedSinceMs ?? 0) > heardMs
    );
  },
  "severity-rose": ({ row: { channel }, before, after }) =>
    rank(after.severity) > rank((before.told[channel] ?? before).severity),
  "severity-fell": (planned) =>
    rank(planned.after.severity) < rank(toldBefore(planned)?.severity) &&
    routeOf(planned.policy, planned)?.keepsIncidents === true,
  "date-moved-later": (planned) => movedMs(planned) > HOUR_MS,
  "date-moved-earlier": (planned) => movedMs(planned) < -HOUR_MS,
  "bucket-crossed": (planned) => {
    const bucket = bucketOf(dateOf(planned.after) ?? Infinity, planned.row.facts.slotMs) ?? Infinity;
    return bucket < (toldBefore(planned)?.bucketDays ?? Infinity);
  },
  "repeat-due": ({ row: { facts, channel }, before, policy }) => {
    const repeatMs = policy.repeatMs[facts.severity] ?? Infinity;
    return facts.slotMs - (before.told[channel]?.slotMs ?? Infinity) >= repeatMs;
  },
  "flapping-began": ({ row, before, after }) =>
    before.phase === "pending" && after.flaps?.sinceSlotMs === row.facts.slotMs,
  "flapping-ended": ({ before, after }) => isFlapping(before) && !isFlapping(after),
  ended: ({ before, after }) => isOpen(before) && !isOpen(after),
  "channel-left": (planned) => isOpen(planned.after) && routeOf(planned.policy, planned) === undefined,
};

function toldBefore({ row: { channel }, before }: PlannedAround) {
  return before.told[channel];
}

function routeOf(policy: TenantPolicy | undefined, { row: { channel } }: PlannedAround): ChannelRoute | undefined {
  return policy?.channels.find(({ name }) => name === channel);
}

function isNewlyRouted(planned: PlannedAround): boolean {
  const { before, after, policyBefore } = planned;
  const route = routeOf(policyBefore, planned);
  return isOpen(before) && (route === undefined || rank(route.minSeverity) > rank(after.severity));
}

function movedMs(planned: PlannedAround): number {
  return (dateOf(planned.after) ?? 0) - (toldBefore(planned)?.dateMs ?? 0);
}

function rank(severity: Severity = "info"): number {
  return SEVERITIES.indexOf(severity);
}
