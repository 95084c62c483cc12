import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { SourceRead } from "../../src/domain/connections/source.ts";
import type { AttemptOutcome } from "../../src/domain/delivery/conclude-attempt.ts";
import { type NotificationFacts, notificationId, type OutboxRow } from "../../src/domain/delivery/notification.ts";
import { ContentionError } from "../../src/domain/errors.ts";
import type { ConnectionState } from "../../src/domain/poll/connection-state.ts";
import type { ChannelRoute, TenantPolicy } from "../../src/domain/poll/tenant-policy.ts";
import { SEVERITIES } from "../../src/domain/rules/rule.ts";
import type { Silence, SilenceMatch } from "../../src/domain/suppression/silence.ts";
import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from "../../src/domain/units.ts";
import type { MonitorStore } from "../../src/ports/monitor-store.ts";
import type { OutgoingNotification } from "../../src/ports/notifier.ts";
import type { SuppressionStore } from "../../src/ports/suppression-store.ts";
import { aPolicy, goodReads, TENANT_ID } from "../builders/a-policy.ts";
import { aCompliancePartnerRow, aConnectorRow, aManagementPartnerRow } from "../builders/graph-rows.ts";
import { type AppWorld, anAppWorld, fakeStores } from "../fakes/app-world.ts";
import { createFakeSuppressionStore } from "../fakes/fake-suppression-store.ts";
import { PlannedStopError } from "../fakes/interruptible.ts";
import { createMemoryStorage, type MemoryStorage } from "../fakes/memory-storage.ts";

const PERIOD_MS = 15 * MINUTE_MS;
const START_MS = Date.UTC(2026, 10, 22);
/** How long the host hides a queue message whose handler failed. */
const HIDDEN_MS = 75 * SECOND_MS;
const CHANNELS = ["chat", "pager"] as const;
const DELIVERED: AttemptOutcome = { kind: "delivered" };

type Channel = (typeof CHANNELS)[number];

/** What the tenant and its surroundings are like: all that commands change. */
interface Surroundings {
  slotMs: number;
  ageMs: number;
  state: string;
  removalDays: number | undefined;
  isBlind: boolean;
  isThere: boolean;
  policy: TenantPolicy;
  readonly answers: Record<Channel, AttemptOutcome>;
}

/** The app over its storage, with everything it ever planned and sent. */
interface App {
  readonly storage: MemoryStorage;
  readonly suppression: SuppressionStore;
  readonly world: AppWorld;
  readonly planned: OutboxRow[];
  /** Bells that have not rung yet. */
  readonly bells: number[];
  nowMs: number;
  /** Port calls after which the next handling of a message stops. */
  stopAfter: number | undefined;
  /** What the receivers took, in order, duplicates included. */
  readonly heard: OutgoingNotification[];
  /** What went wrong at a send, found where it happened. */
  readonly faults: string[];
}

function startApp(surroundings: Surroundings): App {
  const storage = createMemoryStorage();
  const suppression = createFakeSuppressionStore(storage);
  const planned: OutboxRow[] = [];
  const stores = fakeStores(storage);
  const app: Omit<App, "world"> = {
    storage,
    suppression,
    planned,
    bells: [],
    nowMs: START_MS,
    stopAfter: undefined,
    faults: [],
    heard: [],
  };
  const answer = (notification: OutgoingNotification) => {
    app.faults.push(...faultsOf(app, notification));
    const outcome = surroundings.answers[channelOf(notification)];
    if (outcome.kind === "delivered") app.heard.push(notification);
    return outcome;
  };
  return Object.assign(app, {
    world: anAppWorld({ ...stores, store: recording(stores.store, planned) }, answer),
  });
}

/** Notes what a transaction plans once it is written. */
function recording(store: MonitorStore, planned: OutboxRow[]): MonitorStore {
  return {
    ...store,
    commit: async (tenantId, transaction) => {
      const result = await store.commit(tenantId, transaction);
      if (result === "committed") planned.push(...transaction.writes.flatMap(({ outbox }) => outbox));
      return result;
    },
  };
}

function channelOf({ id }: OutgoingNotification): Channel {
  return id.endsWith(".chat") ? "chat" : "pager";
}

/** I10, looked at as the send begins: which stored silence covers it. */
function faultsOf(
  { storage, nowMs }: Pick<App, "storage" | "nowMs">,
  { id, facts }: OutgoingNotification,
): readonly string[] {
  if (facts.kind === "resolved") return [];
  const silences = storage.rows(TENANT_ID, "live|silence|").map(({ json }) => JSON.parse(json) as Silence);
  return silences
    .filter(({ match, fromMs, untilMs }) => fromMs <= nowMs && nowMs < untilMs && covers(match, facts))
    .map((order) => `${id} was sent at ${nowMs} under ${JSON.stringify(order)}`);
}

function covers({ connection, kind, rule, severity }: SilenceMatch, facts: NotificationFacts): boolean {
  return (
    [undefined, facts.connectionId].includes(connection) &&
    [undefined, facts.connectionKind].includes(kind) &&
    (rule === undefined || rule === facts.ruleId) &&
    [undefined, facts.severity].includes(severity)
  );
}

function readsOf({ slotMs, ageMs, state, removalDays, isBlind, isThere }: Surroundings): readonly SourceRead[] {
  const beatMs = slotMs - ageMs;
  const reads = goodReads({
    complianceManagementPartners: [
      aCompliancePartnerRow({ id: "neighbour", beatMs: slotMs }),
      ...(isThere ? [aCompliancePartnerRow({ state, beatMs })] : []),
    ],
    deviceManagementPartners: [
      aManagementPartnerRow({
        beatMs,
        ...(removalDays === undefined ? {} : { removalMs: START_MS + removalDays * DAY_MS }),
      }),
    ],
    connectorStatus: [aConnectorRow({ atMs: START_MS + 400 * DAY_MS })],
  });
  return reads.map((read) =>
    isBlind && read.sourceId !== "connectorStatus"
      ? { sourceId: read.sourceId, outcome: "unreadable", reason: "throttled" }
      : read,
  );
}

/** Handles a message; where it is to stop, the queue brings it again after a while. */
async function handle(app: App, run: (stopAfter: number | undefined) => Promise<unknown>): Promise<void> {
  const { stopAfter } = app;
  app.stopAfter = undefined;
  try {
    await run(stopAfter);
  } catch (error) {
    if (!(error instanceof PlannedStopError) && !(error instanceof ContentionError)) throw error;
    app.nowMs += HIDDEN_MS;
    await run(undefined);
  }
}

async function poll(app: App, surroundings: Surroundings, slotMs: number): Promise<void> {
  const { policy } = surroundings;
  await handle(app, (stopAfter) =>
    app.world.poll({ slotMs, policy, reads: readsOf(surroundings), nowMs: app.nowMs }, { calls: [], stopAfter }),
  );
  hearBells(app);
}

async function drain(app: App): Promise<void> {
  await handle(app, (stopAfter) =>
    app.world.drain({ tenantId: TENANT_ID, nowMs: app.nowMs }, { calls: [], stopAfter }),
  );
  hearBells(app);
}

function hearBells(app: App): void {
  const rung = app.world.queue.takeDeliveries().map(({ delayMs }) => app.nowMs + delayMs);
  // Bells multiply only by repeats; one for each instant is enough.
  app.bells.push(...rung.filter((dueMs) => !app.bells.includes(dueMs)));
}

/** Lets time pass up to an instant, with every drain that is asked for on the way. */
async function passTime(app: App, untilMs: number): Promise<void> {
  for (;;) {
    const next = app.bells.toSorted((a, b) => a - b).at(0);
    if (next === undefined || next > untilMs) break;
    app.bells.splice(app.bells.indexOf(next), 1);
    app.nowMs = Math.max(app.nowMs, next);
    await drain(app);
  }
  app.nowMs = Math.max(app.nowMs, untilMs);
}

type Command = fc.AsyncCommand<Surroundings, App>;

/** Makes a command that can always run and after which everything must hold that holds at all times. */
function command(name: string, run: (surroundings: Surroundings, app: App) => void | Promise<void>): Command {
  return {
    check: () => true,
    run: async (surroundings, app) => {
      await run(surroundings, app);
      checkAlways(app);
    },
    toString: () => name,
  };
}

/** Lets the surroundings change between two polls. */
function change(changes: Partial<Surroundings>): Command {
  return command(JSON.stringify(changes), (surroundings) => void Object.assign(surroundings, changes));
}

function reconfigure(changes: Partial<TenantPolicy>): Command {
  return command(`configure ${JSON.stringify(changes)}`, (surroundings) => {
    surroundings.policy = { ...surroundings.policy, ...changes };
  });
}

function pollNext(polls: number, gapPolls: number): Command {
  return command(`poll ${polls} times after ${gapPolls} periods`, async (surroundings, app) => {
    for (let count = 0; count < polls; count += 1) {
      surroundings.slotMs += (count === 0 ? gapPolls : 1) * PERIOD_MS;
      await passTime(app, surroundings.slotMs);
      await poll(app, surroundings, surroundings.slotMs);
    }
  });
}

/** Trouble comes for some polls and goes again, several times: enough of it is flapping. */
function flicker(times: number, polls: number): Command {
  return command(`${times} times ${polls} polls of trouble`, async (surroundings, app) => {
    for (let time = 0; time < times; time += 1) {
      surroundings.state = "unavailable";
      await pollNext(polls, 1).run(surroundings, app);
      surroundings.state = "enabled";
      await pollNext(4, 1).run(surroundings, app);
    }
  });
}

/** Messages come again, late, or both: an older slot, the same slot, at the same time. */
function repeatPoll(slotsBack: number): Command {
  return command(`the message of ${slotsBack} slots before comes again, twice at once`, async (surroundings, app) => {
    const slotMs = surroundings.slotMs - slotsBack * PERIOD_MS;
    if (slotMs <= START_MS) return;
    await Promise.all([poll(app, surroundings, slotMs), poll(app, surroundings, slotMs)]);
    await Promise.all([drain(app), drain(app)]);
  });
}

function silence(match: SilenceMatch, hours: number): Command {
  return command(`silence ${JSON.stringify(match)} for ${hours} h`, async (_, { suppression, nowMs }) => {
    const id = `silence-${nowMs}`;
    const order = {
      match,
      fromMs: nowMs,
      untilMs: nowMs + hours * HOUR_MS,
      by: "anna",
      reason: "test",
      writtenAtMs: nowMs,
    };
    await suppression.writeSilence(TENANT_ID, { id, ...order }, anAudit(id, nowMs));
  });
}

const endSilences = command("end all silences", async (_, { suppression, nowMs }) => {
  for (const { id } of await suppression.listSilences(TENANT_ID)) {
    await suppression.endSilence(TENANT_ID, { id, endedAtMs: nowMs }, anAudit(`end-${id}-${nowMs}`, nowMs));
  }
});

function acknowledge(pick: number, hours: number): Command {
  return command(`acknowledge for ${hours} h`, async (_, { suppression, planned, nowMs }) => {
    const fired = planned.filter(({ facts }) => facts.kind === "fired");
    const facts = fired.at(-1 - (pick % Math.max(1, fired.length)))?.facts;
    if (facts === undefined) return;
    const { alertKey, episode } = facts;
    const acknowledgement = {
      alertKey,
      episode,
      writtenAtMs: nowMs,
      untilMs: nowMs + hours * HOUR_MS,
      by: "anna",
      reason: "test",
    };
    await suppression.writeAcknowledgement(TENANT_ID, acknowledgement, anAudit(`ack-${alertKey}-${nowMs}`, nowMs));
  });
}

function anAudit(id: string, atMs: number) {
  return { id, atMs, by: "anna", byVerified: true, action: "silence", target: "test", reason: "test" } as const;
}

function answerWith(channel: Channel, outcome: AttemptOutcome): Command {
  return command(`${channel} answers ${JSON.stringify(outcome)}`, ({ answers }) => {
    answers[channel] = outcome;
  });
}

function stopNext(calls: number): Command {
  return command(`stop behind call ${calls} of the next message`, (_, app) => {
    app.stopAfter = calls;
  });
}

const aMatch: fc.Arbitrary<SilenceMatch> = fc.constantFrom<SilenceMatch>(
  {},
  { rule: "heartbeat-age" },
  { rule: "partner-state", severity: "warning" },
  { kind: "device-management-partner" },
  { severity: "error" },
);

const aRoute = (name: Channel): fc.Arbitrary<ChannelRoute> =>
  fc.constantFrom(...SEVERITIES).map((minSeverity) => ({ name, minSeverity, keepsIncidents: name === "pager" }));

const someChannels = fc
  .tuple(aRoute("chat"), aRoute("pager"), fc.subarray([...CHANNELS]))
  .map(([chat, pager, kept]) => [chat, pager].filter(({ name }) => kept.some((one) => one === name)));

const anOutcome = fc.constantFrom<AttemptOutcome>(
  DELIVERED,
  DELIVERED,
  { kind: "retry", reason: "http-503" },
  { kind: "retry", reason: "http-429", retryAfterMs: 120_000 },
  { kind: "final", reason: "http-400" },
  { kind: "final", reason: "http-410" },
);

const EVERY_HOUR = { weekdays: ["sun", "mon", "tue", "wed", "thu", "fri", "sat"], timeZone: "Europe/Berlin" } as const;
const aWindow = { ...EVERY_HOUR, name: "nights", startMinute: 120, durationMs: 5 * HOUR_MS, match: {} };

const polls = fc.tuple(fc.integer({ min: 1, max: 6 }), fc.constantFrom(1, 1, 1, 2, 4, 20, 100));

const commands: fc.Arbitrary<Command>[] = [
  polls.map(([count, gap]) => pollNext(count, gap)),
  polls.map(([count, gap]) => pollNext(count, gap)),
  polls.map(([count, gap]) => pollNext(count, gap)),
  fc.constantFrom(HOUR_MS, 37 * HOUR_MS, 80 * HOUR_MS).map((ageMs) => change({ ageMs })),
  fc.constantFrom("enabled", "unavailable", "terminated", "unresponsive").map((state) => change({ state })),
  fc.option(fc.integer({ min: -2, max: 40 }), { nil: undefined }).map((removalDays) => change({ removalDays })),
  fc.boolean().map((isBlind) => change({ isBlind })),
  fc.boolean().map((isThere) => change({ isThere })),
  someChannels.map((channels) => reconfigure({ channels })),
  fc
    .constantFrom("recommended", "strict", "relaxed", "microsoft")
    .map((preset) => reconfigure({ rules: { preset, rules: {}, overrides: [] } })),
  fc.boolean().map((isOn) => reconfigure({ maintenance: isOn ? [aWindow] : [] })),
  fc.boolean().map((isOn) => reconfigure({ ignore: isOn ? [{ connection: "compliance*", reason: "test" }] : [] })),
  fc.tuple(aMatch, fc.integer({ min: 1, max: 60 })).map(([match, hours]) => silence(match, hours)),
  fc.constant(endSilences),
  fc.tuple(fc.nat(5), fc.integer({ min: 1, max: 100 })).map(([pick, hours]) => acknowledge(pick, hours)),
  fc.tuple(fc.constantFrom(...CHANNELS), anOutcome).map(([channel, outcome]) => answerWith(channel, outcome)),
  fc.integer({ min: 1, max: 14 }).map(stopNext),
  fc.nat(3).map(repeatPoll),
  fc
    .tuple(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 3 }))
    .map(([times, count]) => flicker(times, count)),
];

/** The episodes that are open, by the states as stored. */
function openEpisodes({ storage }: App): readonly { readonly alertKey: string; readonly episode: string }[] {
  const states = storage.rows(TENANT_ID, "live|state|").map(({ json }) => JSON.parse(json) as ConnectionState);
  return states.flatMap(({ alerts }) =>
    Object.values(alerts).flatMap(({ alertKey, episode }) =>
      episode === undefined ? [] : [{ alertKey, episode: episode.id }],
    ),
  );
}

/** What holds after every command, whatever it was. */
function checkAlways(app: App): void {
  const open = openEpisodes(app);

  expect(app.faults).toEqual([]);
  expect(new Set(open.map(({ alertKey }) => alertKey)).size).toBe(open.length);
  expect(new Set(app.planned.map(idOf)).size).toBe(app.planned.length);
  const episodes = app.planned.filter(({ facts }) => facts.kind !== "flapping");
  for (const rows of Map.groupBy(episodes, ({ facts, channel }) => `${facts.episode} ${channel}`).values()) {
    checkContract(
      rows,
      open.some(({ episode }) => episode === rows[0]?.facts.episode),
    );
  }
  checkHeard(app);
}

/** I4: `fired` first and once; `resolved` last and once, and at the latest when the episode is over. */
function checkContract(rows: readonly OutboxRow[], isOpen: boolean): void {
  const kinds = rows.map(({ facts }) => facts.kind);
  const between = kinds.slice(1, kinds.at(-1) === "resolved" ? -1 : undefined);

  expect({ first: kinds[0], isClosed: isOpen || kinds.at(-1) === "resolved", between }).toEqual({
    first: "fired",
    isClosed: true,
    between: between.filter((kind) => kind !== "fired" && kind !== "resolved"),
  });
}

/** What a channel took was planned, in the order of the slots; and when it has taken `resolved` it hears no more of that episode. */
function checkHeard({ heard, planned }: App): void {
  const plannedIds = new Set(planned.map(idOf));
  expect(heard.map(({ id }) => id).filter((id) => !plannedIds.has(id))).toEqual([]);

  const lines = Map.groupBy(heard, (notification) => `${notification.facts.alertKey} ${channelOf(notification)}`);
  for (const line of lines.values()) {
    const slots = line.map(({ facts }) => facts.slotMs);
    expect(slots).toEqual(slots.toSorted((a, b) => a - b));
  }
}

function idOf({ facts, channel }: OutboxRow): string {
  return notificationId(facts, channel);
}

/** Everything gets well, people take their orders back, and five days pass. */
async function heal(surroundings: Surroundings, app: App): Promise<void> {
  Object.assign(surroundings, {
    ageMs: HOUR_MS,
    state: "enabled",
    removalDays: undefined,
    isBlind: false,
    isThere: true,
  });
  surroundings.policy = { ...aPolicy(), channels: surroundings.policy.channels };
  for (const channel of CHANNELS) surroundings.answers[channel] = DELIVERED;
  app.stopAfter = undefined;
  await endSilences.run(surroundings, app);
  // Polls by the hour: periods of an hour keep this quick and are no gap.
  surroundings.policy = { ...surroundings.policy, periodMs: HOUR_MS };
  for (let hour = 0; hour < 5 * 24; hour += 1) {
    surroundings.slotMs += HOUR_MS;
    await passTime(app, surroundings.slotMs);
    await poll(app, surroundings, surroundings.slotMs);
  }
  await passTime(app, surroundings.slotMs + DAY_MS);
}

function someSurroundings(): Surroundings {
  return {
    slotMs: START_MS,
    ageMs: HOUR_MS,
    state: "enabled",
    removalDays: undefined,
    isBlind: false,
    isThere: true,
    policy: aPolicy({
      channels: CHANNELS.map((name) => ({ name, minSeverity: "warning", keepsIncidents: name === "pager" })),
    }),
    answers: { chat: DELIVERED, pager: DELIVERED },
  };
}

describe("the contract, over anything that can happen", () => {
  it("I3, I4, I10: holds after every command; I9: leaves nothing waiting once all is well", async () => {
    await fc.assert(
      fc.asyncProperty(fc.commands(commands, { maxCommands: 60, size: "max" }), async (story) => {
        const model = someSurroundings();
        const app = startApp(model);

        await fc.asyncModelRun(() => ({ model, real: app }), story);
        await heal(model, app);

        checkAlways(app);
        expect(openEpisodes(app)).toEqual([]);
        expect(app.storage.rows(TENANT_ID, "live|outbox|")).toEqual([]);
      }),
      { numRuns: 50 },
    );
  });
});
