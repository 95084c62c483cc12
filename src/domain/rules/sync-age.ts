import { type ConnectorReading, instantOf, type Reading } from "../connections/reading.ts";
import { DAY_MS, HOUR_MS } from "../units.ts";
import { sayDate } from "../words.ts";
import { defineRule } from "./define-rule.ts";
import { judgeConnectorAge } from "./judge-age.ts";
import type { Rule } from "./rule.ts";

/**
 * Judges a connector by the age of its last sync or connection: a warning when it was "more than one day ago", unhealthy at
 * "three or more days ago". Ours warns after 36 hours, since a sync that runs every 24 hours would flap at one day.
 *
 * Source: Intune tenant status page (graph.md 6.5 and 6.6).
 */
export const syncAge: Rule = defineRule({
  id: "sync-age",
  title: "Sync is late",
  appliesTo: ["connector"],
  watches: isSync,
  limits: { warnAfterMs: 36 * HOUR_MS, errorFromMs: 72 * HOUR_MS },
  microsoftLimits: { warnAfterMs: DAY_MS, errorFromMs: 3 * DAY_MS },
  confirmPolls: 2,
  recoverPolls: 3,
  judge: (input, limits) => judgeConnectorAge(input, { ok: "synced", breach: "sync-late" }, limits),
  consequence: ({ reading }) => {
    const syncedAtMs = instantOf(reading.eventDate);
    const since = syncedAtMs === undefined ? "" : ` since ${sayDate(syncedAtMs)}`;
    return `Nothing has come through this connector${since}: apps, devices or certificates that depend on it stay as they were.`;
  },
  remedy:
    "Open the connector from Tenant administration > Tenant status > Connector status in the Intune admin center and start a " +
    "sync there; for one that runs on a server of yours (NDES, Exchange), check its service first.",
});

function isSync(reading: Reading): reading is ConnectorReading {
  return reading.kind === "connector" && (reading.meaning === "sync" || reading.meaning === "connection");
}
