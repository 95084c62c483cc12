import type { SourceRead } from "../../../src/domain/connections/source.ts";
import type { AttemptOutcome } from "../../../src/domain/delivery/conclude-attempt.ts";
import { describeNotification } from "../../../src/domain/delivery/describe-notification.ts";
import type { NotificationFacts } from "../../../src/domain/delivery/notification.ts";
import { ContentionError, DependencyError } from "../../../src/domain/errors.ts";
import type { ConnectionEvent } from "../../../src/domain/history/connection-event.ts";
import { FLEET } from "../../../src/domain/poll/fleet.ts";
import type { TenantPolicy } from "../../../src/domain/poll/tenant-policy.ts";
import { SECOND_MS } from "../../../src/domain/units.ts";
import type { OutgoingNotification } from "../../../src/ports/notifier.ts";
import type { SourceRequest } from "../../../src/ports/partner-source.ts";
import type { PollRequest } from "../../../src/ports/work-queue.ts";
import { createMemoryStorage } from "../../fakes/memory-storage.ts";
import { createRandom, type Random } from "../../soak/random.ts";
import { createAgenda } from "./agenda.ts";
import type { Deed, StorageFault, Stretch, TenantFault } from "./draft.ts";
import type { Fate } from "./faulty-calls.ts";
import { readDirectly } from "./read-directly.ts";
import { createScenarioApp, type SlotPolicies } from "./scenario-app.ts";
import type { Script } from "./script.ts";
import { ScriptError } from "./script-error.ts";
import { withoutHistory } from "./without-history.ts";

/** One notification that a channel took. */
export interface Told {
  /** When, in ms since the start. */
  readonly atMs: number;
  readonly channel: string;
  readonly facts: NotificationFacts;
  /** What its reader sees first. */
  readonly title: string;
}

/** What came of a script. */
export interface Play {
  readonly told: readonly Told[];
  readonly events: readonly ConnectionEvent[];
}

/** How a script is played. */
export interface PlayOptions {
  /** How the simulated tenants are read at a time. @default directly, without a request */
  readonly read?: (request: SourceRequest, nowMs: number) => Promise<readonly SourceRead[]>;
  /** Called after each slot. */
  readonly onProgress?: (doneMs: number, wholeMs: number) => void;
}

/** How often the host brings a message whose handling fails, and after how long (host.json). */
const MAX_DEQUEUES = 5;
const HIDDEN_MS = 75 * SECOND_MS;

/**
 * Plays a script against the whole app over virtual time: each slot runs the schedule, each message is taken at its own time.
 *
 * What happens at one time, and what people do, comes before the poll of that time. While the monitor stops no slot is
 * scheduled, and messages wait for its return. A message whose handling fails comes again, as often as the host brings it.
 */
export async function playScript(script: Script, options: PlayOptions = {}): Promise<Play> {
  const { zeroMs, periodMs, untilMs, stops, sendFailures } = script;
  const random = createRandom(1);
  const { read = async (request, nowMs) => readDirectly(script, request, nowMs), onProgress } = options;
  const told: Told[] = [];
  const sentIds = new Set<string>();
  const events: ConnectionEvent[] = [];
  const agenda = createAgenda();
  let nowMs = 0;
  /** What the monitor's clock says. */
  const clockMs = () => zeroMs + nowMs + aheadMs(script, nowMs);

  const answer = (notification: OutgoingNotification): AttemptOutcome => {
    const channel = channelOf(notification);
    const failure = sendFailures.find((known) => known.channel === channel && isWithin(known, nowMs));
    if (failure !== undefined) return failure.outcome;
    const isRepeat = sentIds.has(notification.id) && storageFaultAt(script, nowMs) !== undefined;
    if (!isRepeat) told.push(toTold(notification, channel, nowMs));
    sentIds.add(notification.id);
    return { kind: "delivered" };
  };
  const storage = withoutHistory(createMemoryStorage(), (event) => events.push(event));
  const app = createScenarioApp({
    storage,
    read: (request) => read(request, zeroMs + nowMs),
    answer,
    fateOf: (isWrite) => fateOf(storageFaultAt(script, nowMs), isWrite, random),
  });

  /** Takes a message once the monitor is there to take it, and what it rang for after it. */
  const addMessage = (delayMs: number, take: () => Promise<void>, dequeues = MAX_DEQUEUES) => {
    const dueMs = nowMs + delayMs;
    const atMs = stops.find((stop) => isWithin(stop, dueMs))?.toMs ?? dueMs;
    const run = async () => {
      const isDone = await succeeds(take);
      if (!isDone && dequeues > 1) addMessage(HIDDEN_MS, take, dequeues - 1);
      const bells = app.takeBells().map((bell) => [`${bell.request.tenantId} ${bell.delayMs}`, bell] as const);
      for (const { request, delayMs: bellMs } of new Map(bells).values()) {
        addMessage(bellMs, () => app.drain(request.tenantId, clockMs()));
      }
    };
    agenda.add({ atMs, run });
  };
  const poll = async (request: PollRequest) => {
    const { tenantId, closing } = request;
    if (isAmiss(script, "hangs", { tenantId, atMs: nowMs })) return;
    await app.poll(request, closing === true ? undefined : policyAt(script, tenantId, nowMs), clockMs());
  };
  const schedule = async () => {
    await succeeds(() => app.schedule(policiesAt(script, nowMs), clockMs())); // a timer is not brought again
    for (const { request, delayMs } of app.takePolls()) addMessage(delayMs, () => poll(request));
  };
  const addSlot = (slotMs: number) => {
    if (slotMs > untilMs) return;
    const run = async () => {
      if (!stops.some((stop) => isWithin(stop, slotMs))) addMessage(0, schedule);
      onProgress?.(slotMs, untilMs);
      addSlot(slotMs + periodMs);
    };
    agenda.add({ atMs: slotMs, run });
  };
  const act = async ({ line, tenantId, act: doIt }: Deed) => {
    const expected = await doIt(app.actions(tenantId, clockMs()), clockMs());
    if (expected !== undefined) throw new ScriptError(`${script.name} line ${line}: expected ${expected}, found none`);
  };

  for (const deed of script.deeds) agenda.add({ atMs: deed.atMs, run: () => act(deed) });
  addSlot(0);
  for (let task = agenda.take(); task !== undefined && task.atMs <= untilMs; task = agenda.take()) {
    nowMs = task.atMs;
    await task.run();
  }
  return { told, events };
}

function policiesAt(script: Script, atMs: number): SlotPolicies {
  const here = script.scenario.tenants.filter(({ id }) => !isAmiss(script, "has-left", { tenantId: id, atMs }));
  return { tenants: here.map(({ id }) => policyAt(script, id, atMs)), fleet: policyAt(script, FLEET, atMs) };
}

function policyAt({ phases }: Script, tenantId: string, atMs: number): TenantPolicy {
  const phase = phases.get(tenantId)?.findLast(({ fromMs }) => fromMs <= atMs);
  if (phase === undefined) {
    throw new RangeError(`Cannot find a policy: a tenant of the script is wanted, current value is ${tenantId}`);
  }
  return phase.policy;
}

function isAmiss(
  { tenantFaults }: Script,
  kind: TenantFault["kind"],
  { tenantId, atMs }: { readonly tenantId: string; readonly atMs: number },
): boolean {
  return tenantFaults.some((fault) => fault.kind === kind && fault.tenantId === tenantId && isWithin(fault, atMs));
}

function aheadMs({ clockFaults }: Script, atMs: number): number {
  return clockFaults.find((fault) => isWithin(fault, atMs))?.aheadMs ?? 0;
}

function storageFaultAt({ storageFaults }: Script, atMs: number): StorageFault | undefined {
  return storageFaults.find((fault) => isWithin(fault, atMs));
}

function fateOf(fault: StorageFault | undefined, isWrite: boolean, random: Random): Fate {
  if (fault === undefined) return "done";
  if (fault.kind === "read-only") return isWrite ? "refused" : "done";
  if (!random.onceIn(1 / fault.kind.failingRatio)) return "done";
  return random.onceIn(2) ? "refused" : "lost";
}

/** Says whether a trigger came to its end; what is no failure of something outside is a bug. */
async function succeeds(run: () => Promise<void>): Promise<boolean> {
  try {
    await run();
    return true;
  } catch (error) {
    if (isFailure(error)) return false;
    throw error;
  }
}

function isFailure(error: unknown): boolean {
  if (error instanceof AggregateError) return error.errors.every(isFailure);
  return error instanceof DependencyError || error instanceof ContentionError;
}

/** The id of a notification ends with its channel, whose name has no dot. */
function channelOf({ id }: OutgoingNotification): string {
  return id.slice(id.lastIndexOf(".") + 1);
}

function toTold({ facts, isFirstNotice, sentAtMs }: OutgoingNotification, channel: string, atMs: number): Told {
  return { atMs, channel, facts, title: describeNotification(facts, { isFirstNotice, sentAtMs, links: {} }).title };
}

function isWithin({ fromMs, toMs }: Stretch, atMs: number): boolean {
  return fromMs <= atMs && atMs < toMs;
}
