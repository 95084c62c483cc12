import { stateKey } from "../../../src/adapters/tables/row-keys.ts";
import { acceptRemoval } from "../../../src/app/accept-removal.ts";
import { acknowledgeAlert } from "../../../src/app/acknowledge-alert.ts";
import { orderSilence } from "../../../src/app/order-silence.ts";
import { resetConnection } from "../../../src/app/reset-connection.ts";
import { takeBack } from "../../../src/app/take-back.ts";
import type { ConnectionEvent } from "../../../src/domain/history/connection-event.ts";
import type { RulePolicy } from "../../../src/domain/rules/resolve-settings.ts";
import type { RuleId } from "../../../src/domain/rules/rule.ts";
import type { SilenceMatch } from "../../../src/domain/suppression/silence.ts";
import type { MonitorStore } from "../../../src/ports/monitor-store.ts";
import type { SuppressionStore } from "../../../src/ports/suppression-store.ts";
import type { WorkQueue } from "../../../src/ports/work-queue.ts";
import { digest } from "../../builders/a-policy.ts";
import { createFakeHistoryStore } from "../../fakes/fake-history-store.ts";
import { createFakeOperatorStore } from "../../fakes/fake-operator-store.ts";
import { type MemoryStorage, parseRow } from "../../fakes/memory-storage.ts";

/** What people can do to the monitor of one tenant; times are epoch ms. */
export interface WorldActions {
  readonly silence: (match: SilenceMatch, untilMs: number) => Promise<void>;
  /** Ends every silence that was ordered. */
  readonly endSilences: () => Promise<void>;
  /** Makes what is remembered of a connection unreadable. */
  readonly damage: (connection: string) => Promise<boolean>;
  /** @returns false when there is no open alert of that rule and connection. */
  readonly acknowledge: (ruleId: RuleId, connection: string, untilMs: number) => Promise<boolean>;
  /** @returns false when that alert is not acknowledged. */
  readonly takeBack: (ruleId: RuleId, connection: string) => Promise<boolean>;
  /** @returns false when the connection is not missing. */
  readonly acceptRemoval: (connection: string) => Promise<boolean>;
  /** @returns false when what is remembered of the connection can be read, or nothing is. */
  readonly reset: (connection: string) => Promise<boolean>;
}

/** What the actions work on. */
export interface ActionDeps {
  readonly store: MonitorStore;
  readonly suppressions: SuppressionStore;
  readonly storage: MemoryStorage;
  readonly queue: WorkQueue;
  readonly tenantId: string;
  /** Epoch ms. */
  readonly nowMs: number;
}

/** By which a connection is missing; thresholds of the scenario do not count. */
const RULES: RulePolicy = { preset: "recommended", rules: {}, overrides: [] };

const person = { by: "anna", byVerified: true };
const reason = "the scenario says so";

/** Lets people act at one time, through the same use cases as the API. */
export function worldActions({ store, suppressions, storage, queue, tenantId, nowMs }: ActionDeps): WorldActions {
  const clock = { nowMs: () => nowMs };
  const history = createFakeHistoryStore(storage);
  const operators = createFakeOperatorStore(storage);
  const stateOf = async (connection: string) => {
    const { states } = await store.loadLive(tenantId);
    return states.find(({ value }) => value.reading.displayName === connection)?.value;
  };
  const alertKeyOf = async (ruleId: RuleId, connection: string) =>
    (await stateOf(connection))?.alerts[ruleId]?.alertKey;
  return {
    silence: async (match, untilMs) => {
      await orderSilence({ suppressions, clock, digest }, { tenantId, match, untilMs, reason, person });
    },
    endSilences: async () => {
      for (const { id } of await suppressions.listSilences(tenantId)) {
        await takeBack({ suppressions, clock }, { tenantId, what: "silence", target: id, reason, person });
      }
    },
    damage: async (connection) => {
      const state = await stateOf(connection);
      if (state !== undefined) storage.corrupt(tenantId, stateKey(state.connectionKey));
      return state !== undefined;
    },
    acknowledge: async (ruleId, connection, untilMs) => {
      const alertKey = await alertKeyOf(ruleId, connection);
      if (alertKey === undefined) return false;
      const order = { tenantId, alertKey, untilMs, reason, person };
      return (await acknowledgeAlert({ store, suppressions, clock }, order)) !== undefined;
    },
    takeBack: async (ruleId, connection) => {
      const target = await alertKeyOf(ruleId, connection);
      if (target === undefined) return false;
      const order = { tenantId, what: "acknowledgement", target, reason, person } as const;
      return (await takeBack({ suppressions, clock }, order)) === "done";
    },
    acceptRemoval: async (connection) => {
      const connectionKey = (await stateOf(connection))?.connectionKey;
      if (connectionKey === undefined) return false;
      const order = { tenantId, rules: RULES, connectionKey, reason, person };
      return (await acceptRemoval({ store, history, operators, clock }, order)) === "accepted";
    },
    reset: async (connection) => {
      const events = storage.rows(tenantId, "event|").flatMap((row) => parseRow<ConnectionEvent>(row) ?? []);
      const connectionKey = events.find(({ displayName }) => displayName === connection)?.connectionKey;
      if (connectionKey === undefined) return false;
      const { states } = await store.loadLive(tenantId);
      const tenant = states.find(({ value }) => value.reading.kind === "tenant")?.value.reading;
      const tenantName = tenant?.displayName ?? tenantId;
      const order = { tenantId, tenantName, connectionKey, reason, person };
      return (await resetConnection({ store, history, operators, queue, clock }, order)) === "reset";
    },
  };
}
