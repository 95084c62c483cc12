import type { TenantPollBody } from "../../src/http/contract/tenants.ts";
import { parseDuration, sayDistance } from "./say-time.ts";

/** Says from when on polls heed what was ordered: "from the next poll on, due in 11 minutes"; without the time before the first. */
export function sayNextPoll(
  lastPoll: Pick<TenantPollBody, "observedDateTime" | "period"> | undefined,
  nowMs: number,
): string {
  if (lastPoll === undefined) return "from the next poll on";
  const dueMs = Date.parse(lastPoll.observedDateTime) + (parseDuration(lastPoll.period) ?? 0);
  return `from the next poll on, due ${dueMs > nowMs ? sayDistance(dueMs, nowMs) : "now"}`;
}
