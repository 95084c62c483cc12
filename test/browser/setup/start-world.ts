import { randomUUID } from "node:crypto";
import { QueueClient } from "@azure/storage-queue";
import { simulatedSettings } from "../../../local/app-settings.ts";
import { startSimulatedGraph } from "../../../local/graph/start-simulated-graph.ts";
import { playHistory } from "../../../local/history-player/play-history.ts";
import { startInbox } from "../../../local/inbox/start-inbox.ts";
import type { Scenario } from "../../../local/scenarios/scenario.schema.ts";
import { startAzurite } from "../../../local/storage/start-azurite.ts";
import { WEEKDAYS } from "../../../src/domain/suppression/maintenance-window.ts";
import { FUNCTION_KEY, startBuiltApp } from "../../functions/built-app-host.ts";
import { watchFleet } from "./watch-fleet.ts";

/** Where the page is, and what opens it; plain data, so that it can be handed to the workers. */
export interface World {
  /** Of the page, with the slash at its end. */
  readonly pageUrl: string;
  /** Of the API, without one. */
  readonly apiUrl: string;
  readonly functionKey: string;
  readonly writeKey: string;
  readonly storageConnectionString: string;
}

/** A world that can be stopped. */
export interface RunningWorld extends World {
  readonly stop: () => Promise<void>;
}

/** What is played before the app starts. */
interface Past {
  readonly historyMs: number;
  /** Between its end and now. */
  readonly idleMs: number;
  /** The maintenance window that is on. @default one of a name and a match like any */
  readonly windowOn?: WindowOn;
}

interface WindowOn {
  readonly name: string;
  readonly match: { readonly connection: string };
}

const ANY_WINDOW: WindowOn = { name: "Move to the new site", match: { connection: "Jamf*" } };

/** What a channel that is given up posts to. */
const LOST_PATH = "/lost";

/**
 * Starts what `npm start` starts: storage, simulated tenants, inbox, a played past and the built app in the local host.
 *
 * Only its timers stand still: a test asks for the polls that it wants to see. One channel's receiver answers 404, one
 * maintenance window is on, and one is to come.
 */
export async function startWorld(scenario: Scenario, past: Past): Promise<RunningWorld> {
  const { historyMs, idleMs, windowOn = ANY_WINDOW } = past;
  const stops: (() => Promise<void>)[] = [];
  const zeroMs = Math.floor(Date.now() / 60_000) * 60_000 - idleMs - historyMs;
  let playedMs: number | undefined = zeroMs;
  const nowMs = (): number => playedMs ?? Date.now();

  const azurite = await startAzurite();
  stops.push(() => azurite.stop());
  const graph = await startSimulatedGraph({ scenario, zeroMs, nowMs });
  stops.push(graph.stop);
  const inbox = await startInbox({ nowMs });
  inbox.respondWith(({ path }) => ({ status: path === LOST_PATH ? 404 : 202 }));
  stops.push(inbox.stop);

  const writeKey = randomUUID();
  const { connectionString } = azurite;
  const addresses = {
    connectionString,
    graphUrl: graph.url,
    inboxUrl: inbox.url,
    publicUrl: "http://127.0.0.1",
    writeKey,
  };
  const settings = withTroubles(simulatedSettings(scenario, addresses), {
    lostUrl: `${inbox.url}${LOST_PATH}`,
    windowOn,
  });
  const toMs = zeroMs + historyMs;
  await playHistory({
    settings,
    fromMs: zeroMs,
    toMs,
    setNow: (ms) => {
      playedMs = ms;
    },
    onProgress: () => undefined,
  });
  await watchFleet(settings, toMs);
  playedMs = undefined;

  const { PUBLIC_URL: _, ...appSettings } = settings;
  const app = await startBuiltApp({ storageConnectionString: connectionString, settings: appSettings });
  stops.push(() => app.stop());
  return {
    pageUrl: `${app.url}/api/dashboard/`,
    apiUrl: `${app.url}/api`,
    functionKey: FUNCTION_KEY,
    writeKey,
    storageConnectionString: connectionString,
    stop: async () => {
      for (const stop of stops.toReversed()) await stop();
    },
  };
}

/** Polls come each quarter of an hour, so that a minute without one is not late. */
function withTroubles(
  settings: Readonly<Record<string, string>>,
  { lostUrl, windowOn }: { readonly lostUrl: string; readonly windowOn: WindowOn },
): Record<string, string> {
  const config: { readonly channels: readonly object[] } = JSON.parse(settings["MONITOR_CONFIG"] ?? "{}");
  const lost = { name: "old-desk", type: "webhook", urlFrom: "LOST_URL", allowPrivate: true };
  const troubled = {
    ...config,
    channels: [...config.channels, lost],
    maintenance: windowsAround(Date.now(), windowOn),
  };
  return {
    ...settings,
    POLL_SCHEDULE: "0 */15 * * * *",
    MONITOR_CONFIG: JSON.stringify(troubled),
    LOST_URL: lostUrl,
  };
}

/** One window is on at an instant and for hours around it; one begins two days after. */
function windowsAround(nowMs: number, windowOn: WindowOn): readonly object[] {
  const [onSince, inTwoDays] = [new Date(nowMs - 2 * 3_600_000), new Date(nowMs + 2 * 86_400_000)];
  return [
    {
      ...windowOn,
      weekdays: WEEKDAYS,
      start: `${onSince.toISOString().slice(11, 13)}:00`,
      duration: "PT12H",
      timeZone: "Etc/UTC",
    },
    {
      name: "Patch night",
      weekdays: [WEEKDAYS[inTwoDays.getUTCDay()]],
      start: "22:30",
      duration: "PT2H",
      timeZone: "Europe/Berlin",
    },
  ];
}

/** Has a tenant polled now, by the message that the timer would send. */
export async function requestPoll({ storageConnectionString }: World, tenantId: string): Promise<void> {
  const queue = new QueueClient(storageConnectionString, "poll-requests");
  await queue.createIfNotExists();
  await queue.sendMessage(Buffer.from(JSON.stringify({ tenantId, slotMs: Date.now() })).toString("base64"));
}
