import type { TransactionAction } from "@azure/data-tables";
import type { Outbox, Settlement } from "../../ports/outbox.ts";
import { deliveryRow, OUTBOX, outboxRow } from "./delivery-rows.ts";
import { readRows } from "./read-rows.ts";
import { actionsIn } from "./row-actions.ts";
import { deliveryKey, outboxAndSilences, outboxKey, SILENCE_PREFIX, under } from "./row-keys.ts";
import { SILENCES } from "./suppression-rows.ts";
import type { TableCalls } from "./table-calls.ts";

/** Moves notifications from the outbox rows of the table `monitor` to its delivery rows. */
export function createTableOutbox(table: TableCalls): Outbox {
  return {
    load: async (tenantId) => {
      const rows = await table.readAll("load-outbox", { partitionKey: tenantId, ...outboxAndSilences() });
      const silences = readRows(rows, SILENCES).stored.map(({ value }) => value);
      return { rows: readRows(rows, OUTBOX).stored, silences };
    },
    loadSilences: async (tenantId) => {
      const rows = await table.readAll("load-silences", { partitionKey: tenantId, ...under(SILENCE_PREFIX) });
      return readRows(rows, SILENCES).stored.map(({ value }) => value);
    },
    update: async (tenantId, rewrites) => {
      const rows = actionsIn(tenantId);
      const actions = rewrites.map(({ row, next }) =>
        rows.replace(outboxKey(row.value), outboxRow.toColumns(next), row.etag),
      );
      const etags = await table.transact("update-outbox", actions);
      return etags?.flatMap((etag, index) => {
        const value = rewrites[index]?.next;
        return value === undefined ? [] : [{ value, etag }];
      });
    },
    settle: async (tenantId, settlements) => {
      const actions = settlements.flatMap((settlement) => settle(tenantId, settlement));
      return (await table.transact("settle-notifications", actions)) === undefined ? "conflict" : "settled";
    },
  };
}

function settle(tenantId: string, { row, delivery, keep, remove = [] }: Settlement): readonly TransactionAction[] {
  const rows = actionsIn(tenantId);
  return [
    keep === undefined
      ? rows.remove(outboxKey(row.value), row.etag)
      : rows.replace(outboxKey(row.value), outboxRow.toColumns(keep), row.etag),
    rows.put(deliveryKey(delivery), deliveryRow.toColumns(delivery)),
    ...remove.map((dead) => rows.remove(outboxKey(dead.value), dead.etag)),
  ];
}
