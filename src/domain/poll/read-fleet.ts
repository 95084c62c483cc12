import { commonest } from "../commonest.ts";
import { connectionId } from "../connections/connection-id.ts";
import type { ChannelReading, FleetReading, Reading } from "../connections/reading.ts";
import { defined } from "../defined.ts";
import type { ChannelHealth } from "../delivery/channel-health.ts";
import { describeFailure } from "../delivery/describe-failure.ts";
import { GAP_PERIODS, MAX_AHEAD_MS } from "../time.ts";
import { capitalise } from "../words.ts";
import { FLEET, FLEET_NAME } from "./fleet.ts";
import type { FleetView } from "./observed.ts";
import type { PollContext } from "./poll-context.ts";
import type { Head } from "./poll-plan.ts";
import type { OverviewLine } from "./tenant-overview.ts";
import { watchTenant } from "./watch-tenant.ts";

/**
 * Reads the monitor's view of itself: the fleet first, then each tenant from outside, then the channels. The fleet has rows
 * of its own, so it is also seen as a tenant is, by what its last plan left behind; this plan is the poll it would wait for.
 *
 * @param resumedSlotMs When the monitor came back from its last gap: the wait for a poll begins no earlier.
 */
export function readFleet(view: FleetView, resumedSlotMs: number, nowMs: number): readonly Reading[] {
  const lines = new Map(view.lines.map((line) => [line.tenantId, line]));
  const health = new Map(view.channelHealth.map((row) => [row.channel, row]));
  const known = view.tenants.map((tenant) => ({
    tenant,
    line: lines.get(tenant.tenantId) ?? { configuredSinceMs: nowMs },
  }));
  const itself = { tenantId: FLEET, tenantName: FLEET_NAME, periodMs: 0 };
  const line = lines.get(FLEET) ?? { configuredSinceMs: nowMs };
  return [
    summariseFleet(known.map((watched) => watched.line)),
    watchTenant({ tenant: itself, line, resumedSlotMs: nowMs }, nowMs),
    ...known.map((watched) => watchTenant({ ...watched, resumedSlotMs }, nowMs)),
    ...view.channels.map((channel) => readChannel(channel, health.get(channel))),
  ];
}

/**
 * Says in which slot the monitor came back from its last gap: the present one when the fleet was not planned for more than
 * 3 periods, or never. A slot of the future counts as one period ago.
 */
export function resumedSlotOf(
  head: Head | undefined,
  { slotMs, nowMs, periodMs }: Pick<PollContext, "slotMs" | "nowMs" | "periodMs">,
): number {
  const { lastSlotMs = 0, resumedSlotMs = slotMs } = head ?? {};
  const lastMs = lastSlotMs > nowMs + MAX_AHEAD_MS ? nowMs - periodMs : lastSlotMs;
  return slotMs - lastMs > GAP_PERIODS * periodMs ? slotMs : Math.min(resumedSlotMs, slotMs);
}

function summariseFleet(lines: readonly Omit<OverviewLine, "tenantId">[]): FleetReading {
  const overviews = lines.flatMap(({ overview }) => overview ?? []);
  const reasons = overviews.flatMap(({ unreadableReason }) => unreadableReason ?? []);
  const polledAtMs = overviews.map(({ observedAtMs }) => observedAtMs);
  return {
    kind: "fleet",
    connectionId: FLEET,
    displayName: "Microsoft Graph",
    tenantCount: lines.length,
    unreadableCount: reasons.length,
    ...defined({
      reason: commonest(reasons),
      lastGoodAtMs: polledAtMs.length === 0 ? undefined : Math.max(...polledAtMs),
    }),
    problems: [],
  };
}

function readChannel(channel: string, health: Partial<ChannelHealth> = {}): ChannelReading {
  const { failures = 0, lastFailure, openUntilMs, deadAtMs, deadReason, off } = health;
  const reason = off?.reason ?? lastFailure ?? deadReason;
  const detail = describeFailure(reason ?? "");
  return {
    kind: "channel",
    connectionId: connectionId("channel", channel),
    displayName: channel,
    failures,
    isOpen: openUntilMs !== undefined,
    ...defined({ deadAtMs, offSinceMs: off?.sinceMs, reason, detail: detail && capitalise(detail) }),
    problems: [],
  };
}
