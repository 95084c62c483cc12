import type { DeadLetters } from "../../ports/dead-letters.ts";
import { auditRow } from "./audit-row.ts";
import { DEAD, DELIVERED, outboxRow } from "./delivery-rows.ts";
import { readRows } from "./read-rows.ts";
import { actionsIn } from "./row-actions.ts";
import {
  auditKey,
  DEAD_PREFIX,
  DELIVERY_PREFIX,
  deliveryKey,
  outboxKey,
  settledIdOf,
  settledSince,
  stateKey,
  under,
} from "./row-keys.ts";
import type { TableCalls } from "./table-calls.ts";

/** Keeps the notifications that were given up in the table `monitor`. */
export function createTableDeadLetters(table: TableCalls): DeadLetters {
  const keysIn = async (operation: string, query: { readonly partitionKey: string; after: string; before: string }) =>
    (await table.readAll(operation, { ...query, columns: ["RowKey"] })).map(({ rowKey }) => rowKey);
  return {
    find: async (partitionKey, id) => {
      const keys = await keysIn("list-dead", { partitionKey, ...under(DEAD_PREFIX) });
      const key = keys.find((rowKey) => settledIdOf(rowKey) === id);
      const row = key === undefined ? undefined : await table.find("find-dead", partitionKey, key);
      return row === undefined ? undefined : readRows([row], DEAD).stored[0];
    },
    deliveredSince: async (partitionKey, { facts, channel }) => {
      const range = settledSince(DELIVERY_PREFIX, facts.slotMs);
      const keys = await keysIn("list-delivered", { partitionKey, ...range });
      const wanted = keys.filter((rowKey) => {
        const id = settledIdOf(rowKey);
        return id?.startsWith(`${facts.episode}.`) === true && id.endsWith(`.${channel}`);
      });
      const rows = await Promise.all(wanted.map((rowKey) => table.find("find-delivered", partitionKey, rowKey)));
      const { stored } = readRows(
        rows.filter((row) => row !== undefined),
        DELIVERED,
      );
      return stored.map(({ value }) => value).filter(({ outcome }) => outcome === "delivered");
    },
    replay: async (tenantId, { dead, row, kept, state, audit }) => {
      const rows = actionsIn(tenantId);
      const [key, columns] = [outboxKey(row), outboxRow.toColumns(row)];
      const etags = await table.transact("replay-delivery", [
        rows.remove(deliveryKey(dead.value), dead.etag),
        kept === undefined ? rows.insert(key, columns) : rows.replace(key, columns, kept.etag),
        rows.put(auditKey(audit), auditRow.toColumns(audit)),
        ...(state === undefined ? [] : [rows.touch(stateKey(state.value.connectionKey), state.etag)]),
      ]);
      return etags === undefined ? "conflict" : "replayed";
    },
  };
}
