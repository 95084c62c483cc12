import { healthAfterSuccess } from "../domain/delivery/channel-health.ts";
import type { AttemptOutcome } from "../domain/delivery/conclude-attempt.ts";
import type { Person } from "../domain/history/audit-entry.ts";
import { FLEET } from "../domain/poll/fleet.ts";
import type { ChannelHealthStore } from "../ports/channel-health-store.ts";
import type { Clock } from "../ports/clock.ts";
import type { NotifierOf } from "../ports/notifier.ts";
import type { OperatorStore } from "../ports/operator-store.ts";
import { changeHealth } from "./change-health.ts";

/** What a test of a channel works with. */
export interface TestChannelDeps {
  readonly notifierOf: NotifierOf;
  readonly channelHealth: ChannelHealthStore;
  readonly operators: Pick<OperatorStore, "record">;
  readonly clock: Clock;
}

/** Which channel is tested, and who wants it. */
export interface TestOrder {
  /** The channel's name. */
  readonly channel: string;
  readonly reason: string;
  readonly person: Person;
}

/** What came of a test message. */
export type ChannelTest = AttemptOutcome | { readonly kind: "not-configured" };

/**
 * Sends a test message to a channel, also to one that is switched off or whose breaker is open.
 *
 * 1. Find the channel.
 * 2. Write down who sends, among the rows of the fleet, to which the channels belong.
 * 3. Send it once. A good test switches the channel on and closes the breaker; a bad one changes nothing, as it says nothing
 *    new.
 * @throws {DependencyError} When storage fails.
 */
export async function testChannel(deps: TestChannelDeps, { channel, reason, person }: TestOrder): Promise<ChannelTest> {
  const notifier = await deps.notifierOf(channel);
  if (notifier === undefined) return { kind: "not-configured" };

  const nowMs = deps.clock.nowMs();
  const id = `test-channel-${channel}`;
  await deps.operators.record(FLEET, { id, atMs: nowMs, ...person, action: "test-channel", target: channel, reason });

  const outcome = await notifier.sendTest(nowMs);
  if (outcome.kind === "delivered") await changeHealth(deps.channelHealth, channel, healthAfterSuccess);
  return outcome;
}
