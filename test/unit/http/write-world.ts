import { outboxKey } from "../../../src/adapters/tables/row-keys.ts";
import type { ConnectionState } from "../../../src/domain/poll/connection-state.ts";
import type { HttpInput } from "../../../src/http/http-types.ts";
import type { Clock } from "../../../src/ports/clock.ts";
import { digest } from "../../builders/a-policy.ts";
import { createFakeDeadLetters } from "../../fakes/fake-dead-letters.ts";
import { createFakeHistoryStore } from "../../fakes/fake-history-store.ts";
import { createFakeMonitorStore } from "../../fakes/fake-monitor-store.ts";
import { createFakeOperatorStore } from "../../fakes/fake-operator-store.ts";
import { createFakeOutbox } from "../../fakes/fake-outbox.ts";
import { createFakeOverviewStore } from "../../fakes/fake-overview-store.ts";
import { createFakeSuppressionStore } from "../../fakes/fake-suppression-store.ts";
import { createFakeWorkQueue } from "../../fakes/fake-work-queue.ts";
import { createMemoryStorage } from "../../fakes/memory-storage.ts";
import { aRequest, at, TENANT } from "./builders.ts";

/** What `MONITOR_WRITE_KEY` is in these tests. */
export const WRITE_KEY = "a-write-key-of-24-characters";

export const NOW = "2026-11-22T10:00:00Z";

/** What the write routes need, on fakes that see each other; the clock stands still. */
export async function aWriteWorld(states: readonly ConnectionState[] = []) {
  const storage = createMemoryStorage();
  const store = createFakeMonitorStore(storage);
  const writes = states.map((state) => ({ state: { op: "insert", state, returned: false } as const, outbox: [] }));
  if (writes.length > 0) await store.commit(TENANT.tenantId, { writes });
  const clock: Clock = { nowMs: () => at(NOW) };
  const access = { isKey: (given: string) => given === WRITE_KEY, trustsPlatform: false };
  return {
    suppressions: createFakeSuppressionStore(storage),
    store,
    clock,
    digest,
    access,
    tenants: [TENANT],
    storage,
    history: createFakeHistoryStore(storage),
    operators: createFakeOperatorStore(storage),
    outbox: createFakeOutbox(storage),
    overview: createFakeOverviewStore(storage),
    deadLetters: createFakeDeadLetters(storage),
    queue: createFakeWorkQueue(),
    outboxKeyOf: outboxKey,
    /** The audit entries, as stored. */
    audit: (partition = TENANT.tenantId) =>
      storage.rows(partition, "audit|").map(({ json }): unknown => JSON.parse(json)),
  };
}

/** A write as the host would pass it, with the right key. */
export function aWrite(
  method: "POST" | "PUT" | "DELETE",
  path: string,
  write: {
    readonly body?: unknown;
    readonly params?: Record<string, string>;
    readonly headers?: Record<string, string>;
  },
): HttpInput {
  const { body, params = {}, headers = { "x-monitor-write-key": WRITE_KEY } } = write;
  const text = typeof body === "string" ? body : JSON.stringify(body ?? {});
  return { ...aRequest(path, headers), method, params, text: async () => text };
}
