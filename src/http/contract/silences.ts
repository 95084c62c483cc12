import type { Silence } from "../../domain/suppression/silence.ts";
import type { WindowBody } from "./windows.ts";

/** An order to keep quiet about some alerts. */
export type SilenceBody = Omit<Silence, "fromMs" | "untilMs" | "writtenAtMs" | "endedAtMs"> & {
  /** Inclusive. */
  readonly fromDateTime: string;
  /** Exclusive. */
  readonly untilDateTime: string;
  readonly writtenDateTime: string;
  /** When a person ended it. */
  readonly endedDateTime?: string | undefined;
};

/** Answer of GET v1/silences: those that are on, to come, or just over. */
export interface SilencesBody {
  readonly tenantId: string;
  /** Latest beginning first. */
  readonly value: readonly SilenceBody[];
  /** Maintenance windows of the configuration, in which nothing is told either. */
  readonly windows: readonly WindowBody[];
}
