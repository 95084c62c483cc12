import { z } from "zod";
import { AUDIT_ACTIONS, type AuditEntry } from "../../domain/history/audit-entry.ts";
import type { RowKind } from "./read-rows.ts";
import { createRowCodec, type RowCodec } from "./row-codec.ts";
import { AUDIT_PREFIX, auditKey } from "./row-keys.ts";
import { objectOf } from "./typed-schema.ts";

const text = z.string();

/** Stores the record that a person did something. */
export const auditRow: RowCodec<AuditEntry> = createRowCodec({
  instants: ["atMs"],
  parts: [],
  schema: objectOf<AuditEntry>({
    id: text,
    atMs: z.number(),
    by: text,
    byVerified: z.boolean(),
    action: z.enum(AUDIT_ACTIONS),
    target: text,
    reason: text,
  }),
});

/** The records of what people did. */
export const AUDITS: RowKind<AuditEntry> = { prefix: AUDIT_PREFIX, codec: auditRow, keyOf: auditKey };
