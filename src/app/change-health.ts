import type { ChannelHealth } from "../domain/delivery/channel-health.ts";
import type { ChannelHealthStore } from "../ports/channel-health-store.ts";

/** How often a change is tried anew after a conflict; whoever keeps winning saw the same channel. */
const MAX_TRIES = 5;

/** The health of a channel after a change was tried. */
export interface HealthChange {
  readonly health: ChannelHealth;
  readonly isWritten: boolean;
}

/**
 * Changes what is remembered of a channel: reads it, and writes what `change` makes of it, unless that is undefined.
 *
 * Drains of many tenants write the same row, so a conflict begins anew. It costs 2 requests, and only when something failed
 * or had failed before.
 * @throws {DependencyError} When storage fails.
 */
export async function changeHealth(
  store: ChannelHealthStore,
  channel: string,
  change: (health: ChannelHealth) => ChannelHealth | undefined,
): Promise<HealthChange> {
  let health: ChannelHealth = healthyChannel(channel);
  for (let tries = 0; tries < MAX_TRIES; tries += 1) {
    const stored = (await store.load()).find(({ value }) => value.channel === channel);
    health = stored?.value ?? healthyChannel(channel);
    const next = change(health);
    if (next === undefined) return { health, isWritten: false };
    if ((await store.write(next, stored?.etag)) === "written") return { health: next, isWritten: true };
  }
  return { health, isWritten: false };
}

/** Returns the health of a channel that never failed. */
export function healthyChannel(channel: string): ChannelHealth {
  return { channel, failures: 0 };
}
