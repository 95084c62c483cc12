import type { Head } from "../domain/poll/poll-plan.ts";
import { toIso } from "../domain/time.ts";
import { formatDuration } from "../domain/units.ts";
import type { LastPollBody } from "./contract/connections.ts";

/** Writes what the last poll of a tenant was. */
export function toLastPoll({ lastSlotMs, observedAtMs, periodMs, sources }: Head): LastPollBody {
  return {
    slotDateTime: toIso(lastSlotMs),
    observedDateTime: toIso(observedAtMs),
    period: formatDuration(periodMs),
    sources,
  };
}
