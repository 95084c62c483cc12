import {
  ACKNOWLEDGEMENT_PREFIX,
  acknowledgementKey,
  auditKey,
  endedSilenceKey,
  SILENCE_PREFIX,
  silenceKey,
} from "../../src/adapters/tables/row-keys.ts";
import type { AuditEntry } from "../../src/domain/history/audit-entry.ts";
import type { Acknowledgement } from "../../src/domain/suppression/acknowledgement.ts";
import { endSilence } from "../../src/domain/suppression/end-silence.ts";
import { isSameSilence } from "../../src/domain/suppression/is-same-silence.ts";
import type { Silence } from "../../src/domain/suppression/silence.ts";
import type { SuppressionStore } from "../../src/ports/suppression-store.ts";
import { type MemoryRow, type MemoryStorage, type MemoryWrite, parseRow } from "./memory-storage.ts";

/** Keeps silences and acknowledgements in memory, where the fake monitor store on the same storage finds them. */
export function createFakeSuppressionStore(storage: MemoryStorage): SuppressionStore {
  return {
    listSilences: async (tenantId) =>
      storage.rows(tenantId, SILENCE_PREFIX).flatMap((row) => parseRow<Silence>(row) ?? []),
    writeSilence: async (tenantId, silence, audit) => {
      const rowKey = silenceKey(silence);
      const row = find(storage, tenantId, rowKey);
      if (row === undefined) {
        storage.transact(tenantId, [{ op: "insert", rowKey, value: silence }, toAudit(audit)]);
        return "written";
      }
      const stored = parseRow<Silence>(row);
      return stored !== undefined && isSameSilence(stored, silence) ? "written" : "conflict";
    },
    endSilence: async (tenantId, end, audit) => {
      const row = find(storage, tenantId, silenceKey(end));
      const silence = row === undefined ? undefined : parseRow<Silence>(row);
      if (silence === undefined) return find(storage, tenantId, auditKey(audit)) === undefined ? "not-found" : "ended";
      const ended = endSilence(silence, end.endedAtMs);
      if (ended !== undefined) {
        storage.transact(tenantId, [{ op: "put", rowKey: silenceKey(end), value: ended }, toAudit(audit)]);
      }
      return "ended";
    },
    writeAcknowledgement: async (tenantId, acknowledgement, audit) => {
      const rowKey = acknowledgementKey(acknowledgement);
      storage.transact(tenantId, [{ op: "put", rowKey, value: acknowledgement }, toAudit(audit)]);
    },
    removeAcknowledgement: async (tenantId, alertKey, audit) => {
      const rowKey = acknowledgementKey({ alertKey });
      if (find(storage, tenantId, rowKey) === undefined) {
        return find(storage, tenantId, auditKey(audit)) === undefined ? "not-found" : "removed";
      }
      storage.transact(tenantId, [{ op: "drop", rowKey }, toAudit(audit)]);
      return "removed";
    },
    retireEnded: async (tenantId, endedByMs) => {
      const retirements = [
        ...storage
          .rows(tenantId, SILENCE_PREFIX)
          .flatMap((row) => parseRow<Silence>(row) ?? [])
          .filter(({ untilMs }) => untilMs <= endedByMs)
          .map((silence): readonly MemoryWrite[] => [
            { op: "drop", rowKey: silenceKey(silence) },
            { op: "put", rowKey: endedSilenceKey(silence), value: silence },
          ]),
        ...storage
          .rows(tenantId, ACKNOWLEDGEMENT_PREFIX)
          .flatMap((row) => parseRow<Acknowledgement>(row) ?? [])
          .filter(({ untilMs }) => untilMs <= endedByMs)
          .map((ack): readonly MemoryWrite[] => [{ op: "drop", rowKey: acknowledgementKey(ack) }]),
      ];
      for (const writes of retirements) storage.transact(tenantId, writes);
      return retirements.length;
    },
  };
}

function find(storage: MemoryStorage, tenantId: string, rowKey: string): MemoryRow | undefined {
  return storage.rows(tenantId, rowKey).find((row) => row.rowKey === rowKey);
}

function toAudit(audit: AuditEntry): MemoryWrite {
  return { op: "put", rowKey: auditKey(audit), value: audit };
}
