import { z } from "zod";
import type { Acknowledgement } from "../../domain/suppression/acknowledgement.ts";
import type { Silence, SilenceMatch } from "../../domain/suppression/silence.ts";
import { severity } from "./alert.schema.ts";
import type { RowKind } from "./read-rows.ts";
import { connectionKind } from "./reading.schema.ts";
import { createRowCodec, type RowCodec } from "./row-codec.ts";
import { ACKNOWLEDGEMENT_PREFIX, acknowledgementKey, SILENCE_PREFIX, silenceKey } from "./row-keys.ts";
import { objectOf } from "./typed-schema.ts";

const number = z.number();
const text = z.string();

/** Stores a silence, in force or over. */
export const silenceRow: RowCodec<Silence> = createRowCodec({
  instants: ["fromMs", "untilMs", "writtenAtMs"],
  parts: [],
  schema: objectOf<Silence>({
    id: text,
    match: objectOf<SilenceMatch>({
      connection: text.optional(),
      kind: connectionKind.optional(),
      rule: text.optional(),
      severity: severity.optional(),
    }),
    fromMs: number,
    untilMs: number,
    by: text,
    reason: text,
    writtenAtMs: number,
    endedAtMs: number.optional(),
  }),
});

/** The silences that polls read. */
export const SILENCES: RowKind<Silence> = { prefix: SILENCE_PREFIX, codec: silenceRow, keyOf: silenceKey };

/** Stores the acknowledgement of an alert. */
export const acknowledgementRow: RowCodec<Acknowledgement> = createRowCodec({
  instants: ["untilMs", "writtenAtMs"],
  parts: [],
  schema: objectOf<Acknowledgement>({
    alertKey: text,
    episode: text,
    writtenAtMs: number,
    untilMs: number,
    by: text,
    reason: text,
  }),
});

/** The acknowledgements, one an alert at most. */
export const ACKNOWLEDGEMENTS: RowKind<Acknowledgement> = {
  prefix: ACKNOWLEDGEMENT_PREFIX,
  codec: acknowledgementRow,
  keyOf: acknowledgementKey,
};
