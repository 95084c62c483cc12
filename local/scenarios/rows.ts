import { type ConnectorHealth, expiryHealth, syncHealth } from "./connector-health.ts";
import { durationMs, momentMs } from "./duration.ts";
import type { CompliancePartner, Connector, DevicePartner, TimelineEvent } from "./scenario.schema.ts";
import { eventsUntil, lastBeatMs } from "./timeline.ts";

/** What is wrong with a row on the wire: fields laid over it, and fields left out. */
export type Corruption = Extract<TimelineEvent, { readonly do: "corrupt" }>;

interface PartnerRow {
  readonly id: string;
  readonly name: string;
  readonly state: DevicePartner["state"];
  /** In ms since the scenario's zero, undefined when it never beat. */
  readonly lastBeatMs: number | undefined;
  readonly assignments: readonly string[];
  readonly corruption: Corruption | undefined;
}

/** A device management partner as listed at one time; times in ms since the scenario's zero. */
export interface DevicePartnerRow extends PartnerRow {
  readonly appId: string | undefined;
  readonly isConfigured: boolean;
  readonly removalMs: number | undefined;
  readonly noncomplianceMs: number | undefined;
}

/** A compliance management partner as listed at one time; times in ms since the scenario's zero. */
export interface CompliancePartnerRow extends PartnerRow {
  readonly platforms: CompliancePartner["platforms"];
}

/** A connector as listed at one time. */
export interface ConnectorRow {
  readonly connectorName: string;
  readonly instanceId: string | undefined;
  readonly status: ConnectorHealth;
  /** Expiry, last sync or last beat in ms since the scenario's zero, undefined when it never synced. */
  readonly eventMs: number | undefined;
  readonly corruption: Corruption | undefined;
}

/** Returns the row of a device management partner so many ms after the scenario's zero. */
export function devicePartnerRow(partner: DevicePartner, elapsedMs: number): DevicePartnerRow {
  const changes = changesOf(eventsUntil(partner.timeline, elapsedMs));
  return {
    ...partnerRow(partner, changes, elapsedMs),
    appId: partner.appId,
    isConfigured: newest(changes, "isConfigured") ?? partner.isConfigured,
    removalMs: deadlineMs(changes, "removal"),
    noncomplianceMs: deadlineMs(changes, "noncompliance"),
  };
}

/** Returns the row of a compliance management partner so many ms after the scenario's zero. */
export function compliancePartnerRow(partner: CompliancePartner, elapsedMs: number): CompliancePartnerRow {
  const changes = changesOf(eventsUntil(partner.timeline, elapsedMs));
  return {
    ...partnerRow(partner, changes, elapsedMs),
    platforms: newest(changes, "platforms") ?? partner.platforms,
  };
}

/** Returns the row of a connector so many ms after the scenario's zero. */
export function connectorRow(connector: Connector, elapsedMs: number): ConnectorRow {
  const past = eventsUntil(connector.timeline, elapsedMs);
  const status = past.findLast((event) => event.do === "set")?.status ?? connector.status;
  const beatMs = lastBeatMs(past, elapsedMs);
  const expiresMs = expiryMs(connector, past);
  const automatic = expiresMs === undefined ? syncHealth(beatMs, elapsedMs) : expiryHealth(expiresMs, elapsedMs);
  return {
    connectorName: connector.connectorName,
    instanceId: connector.instanceId,
    status: status === "automatic" ? automatic : status,
    eventMs: expiresMs ?? beatMs,
    corruption: corruptionOf(connector.timeline, elapsedMs),
  };
}

function expiryMs(connector: Connector, past: Connector["timeline"]): number | undefined {
  const renewal = past.findLast((event) => event.do === "renew");
  if (renewal !== undefined) {
    return momentMs(renewal.expires, durationMs(renewal.at));
  }
  return connector.expires === undefined ? undefined : momentMs(connector.expires, 0);
}

/** What one event of a partner's timeline sets. */
interface Change {
  readonly at: string;
  readonly state?: DevicePartner["state"] | undefined;
  readonly name?: string | undefined;
  readonly isConfigured?: boolean | undefined;
  readonly platforms?: CompliancePartner["platforms"] | undefined;
  readonly assignments?: readonly string[] | undefined;
  readonly removal?: string | undefined;
  readonly noncompliance?: string | undefined;
}

type PartnerEvent = DevicePartner["timeline"][number] | CompliancePartner["timeline"][number];

function changesOf(events: readonly PartnerEvent[]): readonly Change[] {
  return events.flatMap((event): readonly Change[] => {
    if (event.do === "terminate") {
      return [{ ...event, state: "terminated" }];
    }
    return event.do === "set" ? [event] : [];
  });
}

function newest<K extends keyof Change>(changes: readonly Change[], key: K): Change[K] | undefined {
  return changes.findLast((change) => change[key] !== undefined)?.[key];
}

function deadlineMs(changes: readonly Change[], key: "removal" | "noncompliance"): number | undefined {
  const { at = "PT0S", [key]: moment = "none" } = changes.findLast((change) => change[key] !== undefined) ?? {};
  return moment === "none" ? undefined : momentMs(moment, durationMs(at));
}

function partnerRow(
  partner: DevicePartner | CompliancePartner,
  changes: readonly Change[],
  elapsedMs: number,
): PartnerRow {
  const beatMs = lastBeatMs(partner.timeline, elapsedMs);
  const state = newest(changes, "state") ?? partner.state;
  const flipsAfter = partner.simulatedUnresponsiveAfter;
  const hasFlipped =
    state === "enabled" &&
    flipsAfter !== undefined &&
    beatMs !== undefined &&
    elapsedMs - beatMs >= durationMs(flipsAfter);
  return {
    id: partner.id,
    name: newest(changes, "name") ?? partner.name,
    state: hasFlipped ? "unresponsive" : state,
    lastBeatMs: beatMs,
    assignments: newest(changes, "assignments") ?? partner.assignments,
    corruption: corruptionOf(partner.timeline, elapsedMs),
  };
}

function corruptionOf(timeline: readonly TimelineEvent[], elapsedMs: number): Corruption | undefined {
  return eventsUntil(timeline, elapsedMs).findLast((event) => event.do === "corrupt");
}
