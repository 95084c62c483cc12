import type { Outbox } from "../../ports/outbox.ts";
import { deliveryRow, OUTBOX, outboxRow } from "./delivery-rows.ts";
import { readRows } from "./read-rows.ts";
import { actionsIn } from "./row-actions.ts";
import { deliveryKey, OUTBOX_PREFIX, outboxKey, under } from "./row-keys.ts";
import type { TableCalls } from "./table-calls.ts";

/** Moves notifications from the outbox rows of the table `monitor` to its delivery rows. */
export function createTableOutbox(table: TableCalls): Outbox {
  return {
    load: async (tenantId) => {
      const rows = await table.readAll("load-outbox", { partitionKey: tenantId, ...under(OUTBOX_PREFIX) });
      return readRows(rows, OUTBOX).stored;
    },
    update: async (tenantId, { value, etag }, next) => {
      const action = actionsIn(tenantId).replace(outboxKey(value), outboxRow.toColumns(next), etag);
      const etags = await table.transact("update-outbox", [action]);
      return etags?.[0] === undefined ? undefined : { value: next, etag: etags[0] };
    },
    settle: async (tenantId, { row, delivery, keep, remove = [] }) => {
      const rows = actionsIn(tenantId);
      const etags = await table.transact("settle-notification", [
        keep === undefined
          ? rows.remove(outboxKey(row.value), row.etag)
          : rows.replace(outboxKey(row.value), outboxRow.toColumns(keep), row.etag),
        rows.put(deliveryKey(delivery), deliveryRow.toColumns(delivery)),
        ...remove.map((dead) => rows.remove(outboxKey(dead.value), dead.etag)),
      ]);
      return etags === undefined ? "conflict" : "settled";
    },
  };
}
