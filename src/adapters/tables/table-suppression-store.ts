import type { TransactionAction } from "@azure/data-tables";
import type { AuditEntry } from "../../domain/history/audit-entry.ts";
import { endSilence } from "../../domain/suppression/end-silence.ts";
import { isSameSilence } from "../../domain/suppression/is-same-silence.ts";
import type { Silence } from "../../domain/suppression/silence.ts";
import type { Stored } from "../../ports/monitor-store.ts";
import type { SuppressionStore } from "../../ports/suppression-store.ts";
import { auditRow } from "./audit-row.ts";
import { type RowKind, readRows } from "./read-rows.ts";
import { actionsIn } from "./row-actions.ts";
import { acknowledgementKey, auditKey, endedSilenceKey, silenceKey, under } from "./row-keys.ts";
import { ACKNOWLEDGEMENTS, acknowledgementRow, SILENCES, silenceRow } from "./suppression-rows.ts";
import type { TableCalls } from "./table-calls.ts";

/** Keeps silences and acknowledgements in the table `monitor`, where the polls of their tenant find them. */
export function createTableSuppressionStore(table: TableCalls): SuppressionStore {
  return {
    listSilences: async (tenantId) => (await load(table, tenantId, SILENCES)).map(({ value }) => value),
    writeSilence: async (tenantId, silence, audit) => {
      const insert = actionsIn(tenantId).insert(silenceKey(silence), silenceRow.toColumns(silence));
      const etags = await table.transact("write-silence", [insert, toAudit(tenantId, audit)]);
      if (etags !== undefined) return "written";
      const stored = await findSilence(table, tenantId, silence.id);
      return stored !== undefined && isSameSilence(stored.value, silence) ? "written" : "conflict";
    },
    endSilence: async (tenantId, { id, endedAtMs }, audit) => {
      const stored = await findSilence(table, tenantId, id);
      if (stored === undefined) return (await isDone(table, tenantId, audit)) ? "ended" : "not-found";
      const ended = endSilence(stored.value, endedAtMs);
      if (ended === undefined) return "ended";
      const replace = actionsIn(tenantId).replace(silenceKey(ended), silenceRow.toColumns(ended), stored.etag);
      // A conflict is no failure: nothing is ever done to a silence but to end it, or to set it aside when it is over.
      await table.transact("end-silence", [replace, toAudit(tenantId, audit)]);
      return "ended";
    },
    writeAcknowledgement: async (tenantId, acknowledgement, audit) => {
      const columns = acknowledgementRow.toColumns(acknowledgement);
      const put = actionsIn(tenantId).put(acknowledgementKey(acknowledgement), columns);
      await table.transact("write-acknowledgement", [put, toAudit(tenantId, audit)]);
    },
    removeAcknowledgement: async (tenantId, alertKey, audit) => {
      const remove = actionsIn(tenantId).removeAny(acknowledgementKey({ alertKey }));
      const etags = await table.transact("remove-acknowledgement", [remove, toAudit(tenantId, audit)]);
      return etags !== undefined || (await isDone(table, tenantId, audit)) ? "removed" : "not-found";
    },
    retireEnded: (tenantId, endedByMs) => retireEnded(table, tenantId, endedByMs),
  };
}

async function load<T>(table: TableCalls, tenantId: string, kind: RowKind<T>): Promise<readonly Stored<T>[]> {
  const query = { partitionKey: tenantId, ...under(kind.prefix) };
  return readRows(await table.readAll("load-suppression", query), kind).stored;
}

async function findSilence(table: TableCalls, tenantId: string, id: string): Promise<Stored<Silence> | undefined> {
  const row = await table.find("find-silence", tenantId, silenceKey({ id }));
  return row === undefined ? undefined : readRows([row], SILENCES).stored[0];
}

/** One transaction a row: so a row that is being changed keeps no other from going. */
async function retireEnded(table: TableCalls, tenantId: string, endedByMs: number): Promise<number> {
  const rows = actionsIn(tenantId);
  const silences = await load(table, tenantId, SILENCES);
  const acknowledgements = await load(table, tenantId, ACKNOWLEDGEMENTS);
  const retirements = [
    ...silences
      .filter(({ value }) => value.untilMs <= endedByMs)
      .map(({ value, etag }) => [
        rows.remove(silenceKey(value), etag),
        rows.put(endedSilenceKey(value), silenceRow.toColumns(value)),
      ]),
    ...acknowledgements
      .filter(({ value }) => value.untilMs <= endedByMs)
      .map(({ value, etag }) => [rows.remove(acknowledgementKey(value), etag)]),
  ];
  let count = 0;
  for (const actions of retirements) {
    if ((await table.transact("retire-ended", actions)) !== undefined) count += 1;
  }
  return count;
}

function toAudit(tenantId: string, audit: AuditEntry): TransactionAction {
  return actionsIn(tenantId).put(auditKey(audit), auditRow.toColumns(audit));
}

/** The client tries again by itself: what is not there may be what a first try, whose answer was lost, has taken away. */
function isDone(table: TableCalls, tenantId: string, audit: AuditEntry): Promise<boolean> {
  return table.exists("find-audit", tenantId, auditKey(audit));
}
