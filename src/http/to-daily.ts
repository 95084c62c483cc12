import type { DailyRollup } from "../domain/history/daily.ts";
import { uptimeRatio } from "../domain/history/uptime-part.ts";
import { VERDICTS } from "../domain/rules/verdict.ts";
import { toDate } from "../domain/time.ts";
import { SECOND_MS } from "../domain/units.ts";
import type { DailyBody } from "./contract/daily.ts";

/** Writes how a connection stood on one day. */
export function toDaily({ connectionKey, dayMs, verdictsMs, partsMs, fired }: DailyRollup): DailyBody {
  const { up = 0, down = 0, unknown = 0, maintenance = 0 } = partsMs;
  return {
    connectionKey,
    date: toDate(dayMs),
    verdictSeconds: Object.fromEntries(
      VERDICTS.flatMap((verdict) => {
        const ms = verdictsMs[verdict];
        return ms === undefined ? [] : [[verdict, ms / SECOND_MS]];
      }),
    ),
    ratio: uptimeRatio(up, down),
    upSeconds: up / SECOND_MS,
    downSeconds: down / SECOND_MS,
    unknownSeconds: unknown / SECOND_MS,
    maintenanceSeconds: maintenance / SECOND_MS,
    coveredSeconds: (up + down) / SECOND_MS,
    fired,
  };
}
