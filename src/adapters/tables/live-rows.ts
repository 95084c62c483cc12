import { z } from "zod";
import { type ConnectorStatusForm, SOURCE_IDS } from "../../domain/connections/source.ts";
import type { ConnectionState } from "../../domain/poll/connection-state.ts";
import type { Head } from "../../domain/poll/poll-plan.ts";
import type { ConfigurationChange } from "../../domain/rules/rule.ts";
import { alertState, ruleId } from "./alert.schema.ts";
import { reading, standing } from "./reading.schema.ts";
import { createRowCodec, type RowCodec } from "./row-codec.ts";
import { objectOf, oneOf } from "./typed-schema.ts";

const number = z.number();
const text = z.string();

/** Stores what a tenant's last poll left behind. */
export const headRow: RowCodec<Head> = createRowCodec({
  instants: ["lastSlotMs", "observedAtMs"],
  parts: [],
  schema: objectOf<Head>({
    lastSlotMs: number,
    observedAtMs: number,
    periodMs: number,
    sources: z.partialRecord(z.enum(SOURCE_IDS), text),
    connectorStatusForm: oneOf<ConnectorStatusForm>({ property: true, select: true, root: true }).optional(),
  }),
});

/** Stores what is remembered of a connection, watched or gone. */
export const stateRow: RowCodec<ConnectionState> = createRowCodec({
  instants: ["lastSlotMs", "observedAtMs", "firstSeenAtMs", "lastSeenAtMs"],
  parts: ["reading", "alerts"],
  schema: objectOf<ConnectionState>({
    connectionKey: text,
    reading,
    observedAtMs: number,
    standing,
    alerts: z.partialRecord(ruleId, alertState),
    unknownRules: z.array(ruleId).optional(),
    lastSlotMs: number,
    lastCountedSlotMs: number,
    firstSeenAtMs: number,
    activeSinceMs: number.optional(),
    lastSeenAtMs: number,
    absentPolls: number,
    absentSinceMs: number.optional(),
    configurationChange: objectOf<ConfigurationChange>({
      slotMs: number,
      severity: oneOf<ConfigurationChange["severity"]>({ info: true, warning: true }),
      changes: z.array(text),
    }).optional(),
    lastKnownState: text.optional(),
    snapshot: z.looseObject({ slotMs: number, digest: text }).optional(),
  }),
});
