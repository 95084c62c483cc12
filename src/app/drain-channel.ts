import {
  type Admission,
  admitSend,
  type ChannelHealth,
  healthAfterFailure,
  healthAfterRefusal,
  healthAfterSuccess,
} from "../domain/delivery/channel-health.ts";
import {
  type AttemptOutcome,
  concludeUnsent,
  keptRowsOf,
  mustGoAlone,
  toSuperseded,
  type UnsentReason,
} from "../domain/delivery/conclude-attempt.ts";
import type { OutboxRow } from "../domain/delivery/notification.ts";
import {
  orderNotifications,
  pausedRows,
  type ReadyRow,
  type SendOrder,
  type SupersededRows,
} from "../domain/delivery/order-notifications.ts";
import { MAX_TRANSACTION_ROWS } from "../domain/poll/chunk-writes.ts";
import type { Stored } from "../ports/monitor-store.ts";
import type { Notifier } from "../ports/notifier.ts";
import type { OutboxView } from "../ports/outbox.ts";
import { changeHealth } from "./change-health.ts";
import type { Drain, RowResult } from "./drain.ts";
import { postponeAll, type Sent, sendMessage, settleAll, settlementsOf } from "./send-rows.ts";
import { idOf, rewriteRows, settleTogether } from "./write-outbox.ts";

/** What a drain found of one channel when it began. */
export interface ChannelStart extends OutboxView {
  /** The channel's name. */
  readonly channel: string;
  readonly health: ChannelHealth;
}

/** What a drain did to one channel. */
export interface ChannelResult {
  readonly rows: readonly RowResult[];
  /** What stays to be sent later, but for rows that this drain has tried. */
  readonly waiting: SendOrder["waiting"];
  readonly outOfTime: boolean;
  /** Rows that a delivery made due are left: they had their chance before it, or there was no time. */
  readonly leavesWoken: boolean;
}

/** The most notifications that one message tells of. */
const MAX_GROUP = 45;
/** After so many lost races the rows are left to those who win them. */
const MAX_CONFLICTS = 5;

/** Stands for a channel whose code cannot be loaded now. */
const NOT_LOADED: Notifier = { groups: false, targetDigest: "not-loaded", send: failToLoad, sendTest: failToLoad };

/** How far the drain of one channel has come. */
interface Channel extends ChannelStart {
  /** Undefined when no such channel is configured. */
  readonly notifier: Notifier | undefined;
  readonly targetDigest: string;
  /** Rows that a delivery of this drain made due. */
  readonly woken: ReadonlySet<string>;
  /** Rows that had their chance in this drain. */
  readonly tried: ReadonlySet<string>;
  readonly conflicts: number;
  readonly results: readonly RowResult[];
}

/**
 * Sends what is due of one tenant to one channel, message by message, until nothing is left that may go now.
 *
 * 1. Settle what is never to be sent.
 * 2. Ask whether the channel may be used: give everything up when its target is gone, put the rows off while the breaker is
 *    open, or claim its probe.
 * 3. Read the silences anew, so that no send begins after one was written, and choose the next message.
 * 4. Send it, write down what came of it, and remember how the channel did. A delivery makes due what was paused; what had
 *    its chance in this drain waits for the next one.
 */
export async function drainChannel(drain: Drain, start: ChannelStart): Promise<ChannelResult> {
  let channel = await begin(drain, start);
  for (;;) {
    const { superseded } = orderNow(drain, channel);
    const ready = untriedOf(drain, channel);
    const isOver = channel.conflicts >= MAX_CONFLICTS || superseded.length + ready.length === 0;
    if (isOver || drain.deps.clock.nowMs() >= drain.stopAtMs) return toResult(drain, channel, !isOver);

    channel = superseded.length > 0 ? await supersede(drain, channel, superseded) : await serve(drain, channel, ready);
  }
}

async function begin(drain: Drain, start: ChannelStart): Promise<Channel> {
  const notifier = await findNotifier(drain, start.channel);
  const targetDigest = notifier?.targetDigest ?? "";
  return { ...start, notifier, targetDigest, woken: new Set(), tried: new Set(), conflicts: 0, results: [] };
}

async function findNotifier({ deps, tenantId }: Drain, channel: string): Promise<Notifier | undefined> {
  try {
    return await deps.notifierOf(channel);
  } catch (error) {
    const known = error instanceof Error ? error : new TypeError("Cannot load a channel: what it threw is no Error");
    deps.telemetry.exception(known, { tenantId, channel });
    return NOT_LOADED;
  }
}

function failToLoad(): Promise<AttemptOutcome> {
  return Promise.resolve({ kind: "retry", reason: "notifier-not-loaded" });
}

function orderNow({ deps }: Drain, { rows, silences }: Channel): SendOrder {
  return orderNotifications(rows, deps.clock.nowMs(), { silences });
}

function untriedOf(drain: Drain, channel: Channel): readonly ReadyRow[] {
  return orderNow(drain, channel).ready.filter(({ row }) => !channel.tried.has(idOf(row.value)));
}

function toResult(drain: Drain, channel: Channel, outOfTime: boolean): ChannelResult {
  const order = orderNow(drain, channel);
  const waiting = order.waiting.filter(({ row }) => !channel.tried.has(idOf(row.value)));
  const leavesWoken = order.ready.some(({ row }) => channel.woken.has(idOf(row.value)));
  return { rows: channel.results, waiting, outOfTime, leavesWoken };
}

async function supersede(drain: Drain, channel: Channel, all: readonly SupersededRows[]): Promise<Channel> {
  const { outbox, clock } = drain.deps;
  const results: RowResult[] = [];
  for (const { rows, reason } of all) {
    const settlements = rows.map((row) => ({ row, delivery: toSuperseded(row.value, reason, clock.nowMs()) }));
    const isSettled = await settleTogether({ outbox, tenantId: drain.tenantId }, settlements);
    results.push(...rows.map((): RowResult => (isSettled ? "superseded" : "contended")));
  }
  return proceed(drain, channel, { results, gone: all.flatMap(({ rows }) => rows) });
}

/** Uses the channel for the next of the rows that are ready, if it may be used. */
async function serve(drain: Drain, channel: Channel, ready: readonly ReadyRow[]): Promise<Channel> {
  if (channel.notifier === undefined) return giveUp(drain, channel, { ready, reason: "channel-not-configured" });
  const passing = ready.filter(({ isFresh }) => admit(drain, channel, isFresh).kind !== "skip");
  const isFresh = passing.some((row) => row.isFresh);
  const admission = admit(drain, channel, isFresh);
  switch (admission.kind) {
    case "refuse":
      return giveUp(drain, channel, { ready, reason: admission.reason });
    case "skip":
      return putOff(drain, channel, ready);
    case "send":
      return sendNext(drain, channel, { ready: passing, notifier: channel.notifier });
    case "probe": {
      const claim = await changeHealth(drain.deps.channelHealth, channel.channel, (health) => {
        const now = admit(drain, { ...channel, health }, isFresh);
        return now.kind === "probe" ? now.next : undefined;
      });
      const probing = { ...channel, health: claim.health };
      return claim.isWritten
        ? sendNext(drain, probing, { ready: passing, notifier: channel.notifier })
        : { ...probing, conflicts: channel.conflicts + 1 };
    }
  }
}

function admit({ deps }: Drain, { health, targetDigest }: Channel, isFresh: boolean): Admission {
  return admitSend(health, { targetDigest, isFresh, nowMs: deps.clock.nowMs() });
}

interface Passing {
  readonly ready: readonly ReadyRow[];
  readonly notifier: Notifier;
}

async function sendNext(drain: Drain, channel: Channel, { ready, notifier }: Passing): Promise<Channel> {
  const silences = await drain.deps.outbox.loadSilences(drain.tenantId);
  const current = { ...channel, silences };
  const mayGo = new Set(ready.map(({ row }) => idOf(row.value)));
  const message = firstMessage(
    untriedOf(drain, current).filter(({ row }) => mayGo.has(idOf(row.value))),
    notifier,
  );
  if (message.length === 0) return current;

  const sent = await sendMessage(drain, { notifier, ready: message, rows: current.rows });

  const { outcome, results } = sent;
  const gone = message.flatMap(({ row, outdated }) => [row, ...outdated, ...keptRowsOf(row.value, current.rows)]);
  if (outcome === undefined) return proceed(drain, current, { results, gone });
  const health = await remember(drain, current, sent);
  const tried = new Set([...channel.tried, ...message.map(({ row }) => idOf(row.value))]);
  const next = await proceed(drain, { ...current, health, tried }, { results, gone });
  return outcome.kind === "delivered" ? wake(drain, next) : next;
}

/** Makes due in storage what was paused, so that it goes in a later drain where this one ends before its turn. */
async function wake(drain: Drain, channel: Channel): Promise<Channel> {
  const { outbox, clock } = drain.deps;
  const nextAttemptAtMs = clock.nowMs();
  const paused = pausedRows(channel.rows, nextAttemptAtMs).slice(0, MAX_TRANSACTION_ROWS);
  if (paused.length === 0 || channel.conflicts >= MAX_CONFLICTS) return channel;
  const rewrites = paused.map((row) => ({ row, next: { ...row.value, owner: drain.owner, nextAttemptAtMs } }));
  const written = await rewriteRows({ outbox, tenantId: drain.tenantId }, rewrites);
  if (written === undefined) return wake(drain, await proceed(drain, channel, { results: ["contended"], gone: [] }));
  const rows = channel.rows.map((row) => written[paused.indexOf(row)] ?? row);
  const woken = new Set([...channel.woken, ...paused.map((row) => idOf(row.value))]);
  return wake(drain, { ...channel, rows, woken });
}

function firstMessage(ready: readonly ReadyRow[], { groups }: Notifier): readonly ReadyRow[] {
  const [first] = ready;
  if (first === undefined) return [];
  if (!groups || mustGoAlone(first.row.value)) return [first];
  return ready.filter(({ row }) => !mustGoAlone(row.value)).slice(0, MAX_GROUP);
}

async function remember(drain: Drain, channel: Channel, { outcome, results }: Sent): Promise<ChannelHealth> {
  const { channelHealth: store, clock } = drain.deps;
  if (outcome === undefined) return channel.health;
  if (outcome.kind !== "delivered") {
    const failed = { reason: outcome.reason, isDead: results.includes("dead"), targetDigest: channel.targetDigest };
    const change = (health: ChannelHealth) => healthAfterFailure(health, { ...failed, nowMs: clock.nowMs() });
    return (await changeHealth(store, channel.channel, change)).health;
  }
  if (healthAfterSuccess(channel.health) === undefined) return channel.health;
  return (await changeHealth(store, channel.channel, healthAfterSuccess)).health;
}

async function putOff(drain: Drain, channel: Channel, ready: readonly ReadyRow[]): Promise<Channel> {
  const rewrites = ready.flatMap(({ row, isFresh }) => {
    const admission = admit(drain, channel, isFresh);
    if (admission.kind !== "skip" || admission.untilMs === row.value.nextAttemptAtMs) return [];
    // The owner tells our write from that of a drain beside us, which puts the row off until the same instant and rings.
    return [{ row, next: { ...row.value, owner: drain.owner, nextAttemptAtMs: admission.untilMs } }];
  });
  const results = await postponeAll(drain, rewrites, "skipped");
  const tried = new Set([...channel.tried, ...ready.map(({ row }) => idOf(row.value))]);
  return { ...channel, tried, results: [...channel.results, ...results] };
}

async function giveUp(
  drain: Drain,
  channel: Channel,
  { ready, reason }: { readonly ready: readonly ReadyRow[]; readonly reason: UnsentReason },
): Promise<Channel> {
  const { clock, channelHealth } = drain.deps;
  const settlements = ready.flatMap((each) =>
    settlementsOf(each, concludeUnsent(each.row.value, reason, clock.nowMs()), channel.rows),
  );
  const results = await settleAll(drain, settlements);
  if (reason === "target-gone") {
    await changeHealth(channelHealth, channel.channel, (health) => healthAfterRefusal(health, clock.nowMs()));
  }
  const tried = new Set([...channel.tried, ...ready.map(({ row }) => idOf(row.value))]);
  return proceed(drain, { ...channel, tried }, { results, gone: [] });
}

interface Progress {
  readonly results: readonly RowResult[];
  /** Rows that are no longer there if all went as planned. */
  readonly gone: readonly Stored<OutboxRow>[];
}

/** Goes on behind some results; the rows are read again only where they may have become other than planned. */
async function proceed(drain: Drain, channel: Channel, { results, gone }: Progress): Promise<Channel> {
  const next = { ...channel, results: [...channel.results, ...results] };
  if (results.every((result) => result === "sent" || result === "superseded")) {
    return { ...next, rows: channel.rows.filter((row) => !gone.includes(row)) };
  }
  const view = await drain.deps.outbox.load(drain.tenantId);
  const rows = view.rows.filter(({ value }) => value.channel === channel.channel);
  return { ...next, ...view, rows, conflicts: channel.conflicts + (results.includes("contended") ? 1 : 0) };
}
