import type { ConnectionsBody } from "../../src/http/contract/connections.ts";
import { parseDuration } from "./say-time.ts";

/** How fresh what we know of a tenant is. */
export interface Freshness {
  /** When something could be read at last; undefined when never. */
  readonly lastGoodMs: number | undefined;
  readonly periodMs: number;
  /** No good poll for more than 4 periods, as the rule `tenant-late` has it. */
  readonly isLate: boolean;
}

const LATE_PERIODS = 4;

/** Tells how fresh a tenant's answer is: a poll that read nothing is no good poll. */
export function freshnessOf({ lastPoll, value }: ConnectionsBody, nowMs: number): Freshness {
  if (lastPoll === undefined) return { lastGoodMs: undefined, periodMs: 0, isLate: false };
  const periodMs = parseDuration(lastPoll.period) ?? 0;
  const whole = value.find(({ reading }) => reading.kind === "tenant")?.reading;
  const lastGood = whole?.kind === "tenant" ? whole.lastGoodDateTime : lastPoll.observedDateTime;
  const lastGoodMs = lastGood === undefined ? undefined : Date.parse(lastGood);
  const isLate = lastGoodMs === undefined || nowMs - lastGoodMs > LATE_PERIODS * periodMs;
  return { lastGoodMs, periodMs, isLate };
}

/** Sums up several tenants by the one that is worst off. */
export function stalest(all: readonly Freshness[]): Freshness | undefined {
  return all.toSorted((a, b) => Number(b.isLate) - Number(a.isLate) || (a.lastGoodMs ?? 0) - (b.lastGoodMs ?? 0))[0];
}
