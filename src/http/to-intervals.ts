import type { Condition } from "../domain/history/connection-intervals.ts";
import type { Uptime } from "../domain/history/connection-uptime.ts";
import type { Interval } from "../domain/history/timeline.ts";
import { toIso } from "../domain/time.ts";
import { formatDuration, SECOND_MS } from "../domain/units.ts";
import type { IntervalBody, UptimeBody } from "./contract/history.ts";
import { toQuiet } from "./to-quiet.ts";

/** Writes how a connection or an alert stood for a while. */
export function toInterval({ fromMs, toMs, isOpen, value }: Interval<Condition>): IntervalBody {
  return {
    ...value,
    startDateTime: toIso(fromMs),
    endDateTime: isOpen ? undefined : toIso(toMs),
    duration: isOpen ? undefined : formatDuration(toMs - fromMs),
    quiet: value.quiet.map(toQuiet),
  };
}

/** Writes how long a connection was up and down. */
export function toUptime(uptime: Uptime): UptimeBody {
  const { meanTimeToRecoverMs } = uptime;
  return {
    ratio: uptime.ratio,
    upSeconds: uptime.upMs / SECOND_MS,
    downSeconds: uptime.downMs / SECOND_MS,
    unknownSeconds: uptime.unknownMs / SECOND_MS,
    maintenanceSeconds: uptime.maintenanceMs / SECOND_MS,
    coveredSeconds: uptime.coveredMs / SECOND_MS,
    incidents: uptime.incidents,
    meanTimeToRecover: meanTimeToRecoverMs === undefined ? undefined : formatDuration(meanTimeToRecoverMs),
  };
}
