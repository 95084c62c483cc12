import type { ConnectionsBody } from "../../src/http/contract/connections.ts";
import type { TenantBody } from "../../src/http/contract/tenants.ts";
import { parseDuration } from "./say-time.ts";

/** How fresh what we know of a tenant is. */
export interface Freshness {
  /** When something could be read at last; undefined when never. */
  readonly lastGoodMs: number | undefined;
  readonly periodMs: number;
  /** No good poll for longer than the rule `tenant-late` waits for one. */
  readonly isLate: boolean;
}

/** What a tenant's line says of its polls. */
type Polls = Pick<TenantBody, "lateAfterDateTime" | "lastPoll">;

/** Tells how fresh a tenant's answer is: a poll that read nothing is no good poll. */
export function freshnessOf({ lastPoll, value }: ConnectionsBody, polls: Polls, nowMs: number): Freshness {
  const lateAfterMs = toMs(polls.lateAfterDateTime) ?? Infinity;
  if (lastPoll === undefined) return { lastGoodMs: undefined, periodMs: 0, isLate: nowMs > lateAfterMs };
  const periodMs = parseDuration(lastPoll.period) ?? 0;
  const whole = value.find(({ reading }) => reading.kind === "tenant")?.reading;
  const lastGood = whole?.kind === "tenant" ? whole.lastGoodDateTime : lastPoll.observedDateTime;
  const lastGoodMs = toMs(lastGood);
  if (lastGoodMs === undefined) return { lastGoodMs, periodMs, isLate: true };
  const patienceMs = lateAfterMs - (toMs(polls.lastPoll?.observedDateTime) ?? lastGoodMs);
  return { lastGoodMs, periodMs, isLate: nowMs - lastGoodMs > patienceMs };
}

function toMs(dateTime: string | undefined): number | undefined {
  return dateTime === undefined ? undefined : Date.parse(dateTime);
}

/** Sums up several tenants by the one that is worst off. */
export function stalest(all: readonly Freshness[]): Freshness | undefined {
  return all.toSorted((a, b) => Number(b.isLate) - Number(a.isLate) || (a.lastGoodMs ?? 0) - (b.lastGoodMs ?? 0))[0];
}
