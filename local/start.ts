import { mkdirSync } from "node:fs";
import { createServer } from "node:net";
import { resolve } from "node:path";
import { styleText } from "node:util";
import { z } from "zod";
import { type AppSettings, realSettings, simulatedSettings } from "./app-settings.ts";
import { startSimulatedGraph } from "./graph/start-simulated-graph.ts";
import { playHistory } from "./history-player/play-history.ts";
import { startLocalHost } from "./host/start-local-host.ts";
import { startInbox } from "./inbox/start-inbox.ts";
import { HELP, parseOptions, type StartOptions } from "./parse-options.ts";
import { formatEntry } from "./print-log.ts";
import { createProgressBar } from "./progress-bar.ts";
import { readDocument } from "./read-document.ts";
import { loadScenario } from "./scenarios/load-scenario.ts";
import { lockFolder } from "./storage/lock-folder.ts";
import { startAzurite } from "./storage/start-azurite.ts";
import { openWorld, saveWorld, storageFolderOf, type World } from "./world-file.ts";

const APP_ROOT = resolve(import.meta.dirname, "..");
const HISTORY_MS = 14 * 86_400_000;
const [OLDEST_MAJOR, OLDEST_MINOR] = [22, 15];

/** The app checks the rest. */
const tenantsSchema = z.object({
  tenants: z.array(z.object({ id: z.string(), name: z.string() })).catch([]),
});

/** The part of GET v1/health that says why nothing can work. */
const healthSchema = z.object({
  settings: z.array(z.object({ setting: z.string(), expected: z.string() })).optional(),
});

/** What was started, to be stopped in the reverse order. */
type Stops = (() => Promise<void> | void)[];

/** The tenants that are watched: the app's settings for them, and where their alerts can be seen. */
interface Surroundings {
  readonly settings: AppSettings;
  readonly inboxUrl?: string;
  /** Moves the clock of simulated tenants; undefined lets it run. */
  readonly setNow: (nowMs: number | undefined) => void;
}

/**
 * Runs the whole program on this machine.
 *
 * 1. Settle the port, and open the data folder: the world of an earlier start, or a new one.
 * 2. Start the storage emulator.
 * 3. Start the simulated tenants and the inbox for their alerts, unless real tenants are watched.
 * 4. Play two weeks of history into a new world.
 * 5. Start the Functions host with the built app.
 * 6. Say where to look, and print alerts as they happen.
 *
 * @throws {Error} When a part cannot start; the message is one line for the person at the terminal.
 */
async function start(options: StartOptions, stops: Stops): Promise<void> {
  const port = await settlePort(options.port);
  const folder = resolve(APP_ROOT, options.data, options.scenario ?? "real");
  makeFolder(folder);
  stops.push(lockFolder(folder));
  const zeroMs = Math.floor(Date.now() / 60_000) * 60_000 - HISTORY_MS;
  const world = openWorld(folder, { zeroMs, fresh: options.fresh });

  const storage = await startAzurite({ dataFolder: storageFolderOf(folder) });
  stops.push(() => storage.stop());

  const surroundings = await startSurroundings(options, { world, storage, port }, stops);

  if (options.history && !world.isPlayed) await play(world, surroundings);
  saveWorld(folder, { ...world, isPlayed: true });

  const tenants = new Map(tenantsOf(surroundings.settings).map(({ id, name }) => [id, name]));
  const host = await startLocalHost({
    appRoot: APP_ROOT,
    port,
    storageConnectionString: storage.connectionString,
    settings: surroundings.settings,
    functionKey: world.functionKey,
    masterKey: world.masterKey,
    onLog: (entry) => {
      const time = new Date().toISOString().slice(11, 19);
      const line = options.verbose ? `${time}  ${entry.category}  ${entry.message}` : formatEntry(entry, time, tenants);
      if (line !== undefined) print(line);
    },
  });
  stops.push(() => host.stop());

  if (surroundings.inboxUrl === undefined) await beginRealWatch(host.url, world);
  sayWhereToLook(host.url, world, surroundings);
}

async function startSurroundings(
  { scenario: name, mail }: StartOptions,
  {
    world,
    storage,
    port,
  }: { readonly world: World; readonly storage: { readonly connectionString: string }; readonly port: number },
  stops: Stops,
): Promise<Surroundings> {
  const { connectionString } = storage;
  if (name === undefined) {
    const document = readDocument(APP_ROOT, process.env["MONITOR_CONFIG"]);
    return { settings: realSettings(process.env, { connectionString, document }), setNow: () => undefined };
  }
  const scenario = loadScenario(name);
  let playedMs: number | undefined;
  const nowMs = (): number => playedMs ?? Date.now();
  const inbox = await startInbox({ nowMs });
  stops.push(inbox.stop);
  const graph = await startSimulatedGraph({ scenario, zeroMs: world.zeroMs, nowMs, onMail: inbox.keep });
  stops.push(graph.stop);
  const addresses = {
    connectionString,
    graphUrl: graph.url,
    inboxUrl: inbox.url,
    publicUrl: `http://127.0.0.1:${port}`,
    writeKey: world.writeKey,
  };
  return {
    settings: simulatedSettings(scenario, addresses, { mail }),
    inboxUrl: inbox.url,
    setNow: (ms) => {
      playedMs = ms;
    },
  };
}

async function play({ zeroMs }: World, { settings, setNow }: Surroundings): Promise<void> {
  const bar = createProgressBar("Playing 14 days of history", process.stdout);
  await playHistory({ settings, fromMs: zeroMs, toMs: zeroMs + HISTORY_MS, setNow, onProgress: bar.update });
  setNow(undefined);
  bar.end();
}

function sayWhereToLook(
  url: string,
  { functionKey, writeKey, zeroMs }: World,
  { inboxUrl, settings }: Surroundings,
): void {
  const tenants = tenantsOf(settings);
  const key = `code=${functionKey}`;
  const from = new Date(zeroMs).toISOString().replace(".000", "");
  const lines = [
    "",
    styleText("bold", "The monitor is running.") +
      (inboxUrl === undefined ? "" : " Its tenants are simulated, their data is constructed."),
    "",
    `  page           ${url}/api/dashboard/`,
    `  function key   ${functionKey}`,
    ...(inboxUrl === undefined ? [] : [`  write key      ${writeKey}`]),
    `  health         ${url}/api/v1/health`,
    ...tenants.flatMap(({ id, name }) => [
      "",
      `  ${styleText("bold", name)}`,
      `    connections  ${url}/api/v1/connections?tenant=${id}&${key}`,
      `    history      ${url}/api/v1/history?tenant=${id}&from=${from}&${key}`,
    ]),
    ...(inboxUrl === undefined ? [] : ["", `  webhook inbox  ${inboxUrl}`]),
    "",
    "Polls run on schedule; alerts appear below. Ctrl-C stops everything, the next start goes on from here.",
    "",
  ];
  print(lines.join("\n"));
}

function tenantsOf({ MONITOR_CONFIG: config = "{}" }: AppSettings): z.output<typeof tenantsSchema>["tenants"] {
  return tenantsSchema.parse(JSON.parse(config)).tenants;
}

/**
 * Has real tenants polled at once instead of at the next quarter of an hour.
 *
 * @throws {Error} When the settings cannot be used: a line says so, and one each says which and what is wanted.
 */
async function beginRealWatch(url: string, { masterKey }: World): Promise<void> {
  const health = healthSchema.parse(await (await fetch(`${url}/api/v1/health`)).json());
  if (health.settings !== undefined) {
    const lines = health.settings.map(({ setting, expected }) => `\n  ${setting}: ${expected}`);
    throw new Error(`Cannot watch real tenants: settings cannot be used${lines.join("")}`);
  }
  const headers = { "x-functions-key": masterKey, "content-type": "application/json" };
  await fetch(`${url}/admin/functions/schedulePolls`, { method: "POST", headers, body: "{}" });
}

function makeFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true });
  } catch (cause) {
    throw new Error(`Cannot keep data in ${folder}: ${cause instanceof Error ? cause.message : "it cannot be made"}`, {
      cause,
    });
  }
}

/**
 * Settles the port before anything long begins: a free one for 0, because the app's links must name it.
 *
 * @throws {Error} When the port cannot be listened on.
 */
function settlePort(port: number): Promise<number> {
  return new Promise((settled, failed) => {
    const probe = createServer();
    probe.once("error", () =>
      failed(new Error(`Cannot use port ${port}: it is in use; --port NUMBER takes another one`)),
    );
    probe.listen(port, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() => settled(typeof address === "object" && address !== null ? address.port : port));
    });
  });
}

async function stopAll(stops: Stops): Promise<void> {
  for (const stop of stops.splice(0).reverse()) await stop();
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}

function assertNode(): void {
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  if (major > OLDEST_MAJOR || (major === OLDEST_MAJOR && minor >= OLDEST_MINOR)) return;
  const wanted = `Node ${OLDEST_MAJOR}.${OLDEST_MINOR} or newer is wanted`;
  throw new Error(`Cannot start: ${wanted}, current version is ${process.versions.node}`);
}

/** Runs until Ctrl-C; whatever goes wrong is one line and a non-zero exit. */
async function main(args: readonly string[]): Promise<void> {
  const stops: Stops = [];
  let stopping: Promise<void> | undefined;
  const stop = (): void => {
    stopping ??= stopAll(stops).then(() => process.exit());
  };
  process.on("SIGINT", stop).on("SIGTERM", stop);
  try {
    assertNode();
    const options = parseOptions(args);
    if (options.help) return print(HELP);
    await start(options, stops);
  } catch (error) {
    if (stopping !== undefined) return;
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
    await stopAll(stops);
  }
}

await main(process.argv.slice(2));
