import { z } from "zod";
import { type ConnectorStatusForm, SOURCE_IDS } from "../../domain/connections/source.ts";
import type { ConnectionState } from "../../domain/poll/connection-state.ts";
import type { Head } from "../../domain/poll/poll-plan.ts";
import type { PollCounts } from "../../domain/poll/tenant-overview.ts";
import type { ConfigurationChange } from "../../domain/rules/rule.ts";
import { alertState, ruleId, windowMark } from "./alert.schema.ts";
import { dayTally } from "./history-rows.ts";
import type { RowKind } from "./read-rows.ts";
import { reading, standing } from "./reading.schema.ts";
import { createRowCodec, type RowCodec } from "./row-codec.ts";
import { GONE_PREFIX, goneKey, STATE_PREFIX, stateKey } from "./row-keys.ts";
import { objectOf, oneOf } from "./typed-schema.ts";

const number = z.number();
const text = z.string();

/** Checks what the polls of a tenant counted. */
export const pollCounts: z.ZodType<PollCounts> = objectOf<PollCounts>({
  polls: number,
  failedPolls: number,
  notifications: number,
});

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
    graphUnavailable: z.boolean().optional(),
    resumedSlotMs: number.optional(),
    counts: pollCounts.optional(),
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
    activeWindows: z.array(windowMark).optional(),
    alerts: z.partialRecord(ruleId, alertState),
    unknownRules: z.array(ruleId).optional(),
    lastSlotMs: number,
    lastCountedSlotMs: number,
    firstSeenAtMs: number,
    activeSinceMs: number.optional(),
    lastSeenAtMs: number,
    absentPolls: number,
    absentSinceMs: number.optional(),
    removalAcceptedAtMs: number.optional(),
    configurationChange: objectOf<ConfigurationChange>({
      slotMs: number,
      severity: oneOf<ConfigurationChange["severity"]>({ info: true, warning: true }),
      changes: z.array(text),
    }).optional(),
    lastKnownState: text.optional(),
    stateSinceMs: number.optional(),
    snapshot: z.looseObject({ slotMs: number, digest: text }).optional(),
    today: dayTally.optional(),
    bar90: text.optional(),
  }),
});

/** The states of watched connections. */
export const STATES: RowKind<ConnectionState> = {
  prefix: STATE_PREFIX,
  codec: stateRow,
  keyOf: ({ connectionKey }) => stateKey(connectionKey),
};

/** The states of connections that are no longer watched. */
export const GONE: RowKind<ConnectionState> = {
  prefix: GONE_PREFIX,
  codec: stateRow,
  keyOf: ({ connectionKey }) => goneKey(connectionKey),
};
