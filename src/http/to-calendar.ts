import type { WatchedOverview } from "../app/load-overviews.ts";
import { toIso } from "../domain/time.ts";
import { type DeadlineKind, deadlinesOfLine } from "./deadlines-of-line.ts";
import type { CalendarEvent } from "./i-calendar.ts";
import { toLabel } from "./to-label.ts";

const SUMMARIES: Readonly<Record<DeadlineKind, (name: string) => string>> = {
  noncompliance: (name) => `Devices of ${name} become non-compliant`,
  removal: (name) => `Devices of ${name} are removed from Intune`,
  expiry: (name) => `${name} expires`,
};

const CONSEQUENCES: Readonly<Record<DeadlineKind, string>> = {
  noncompliance: "Intune marks the devices that the partner manages as non-compliant: people may lose mail and files.",
  removal: "Intune removes the records of the devices that the partner manages.",
  expiry:
    "From then on Intune and the service behind the connector no longer talk to each other, unless it is renewed before.",
};

/** Makes the calendar events of all deadlines that the overview knows, soonest first; of ignored connections there is none. */
export function toCalendarEvents(tenants: readonly WatchedOverview[]): readonly CalendarEvent[] {
  return tenants.flatMap(toEvents).sort((a, b) => a.atMs - b.atMs || (a.uid < b.uid ? -1 : 1));
}

/** Each poll may have moved each date. */
function toEvents({ tenantId, tenantName, overview }: WatchedOverview): readonly CalendarEvent[] {
  if (overview === undefined) return [];
  const lines = overview.connections.filter(({ standing }) => standing !== "ignored");
  return lines.flatMap((line) => {
    const [name, tenant] = [toLabel(line.name), toLabel(tenantName)];
    return deadlinesOfLine(line).map(({ kind, atMs }) => ({
      uid: `${kind}-${line.connectionKey}-${tenantId}@intune-partner-monitor`,
      revisedMs: overview.lastSlotMs,
      atMs,
      summary: `${SUMMARIES[kind](name)} (${tenant})`,
      description: `${toIso(atMs)}\nTenant: ${tenant}\n${CONSEQUENCES[kind]}`,
      category: "Microsoft Intune",
    }));
  });
}
