import { isOpen } from "../alerts/alert-state.ts";
import { byGravity, type Verdict } from "../rules/verdict.ts";
import type { ConnectionState } from "./connection-state.ts";

/** Sums up what we say of a connection; `isBlind` when its source could not be read by the last poll. */
export function verdictOf(state: ConnectionState, isBlind: boolean): Verdict {
  const { standing, absentPolls, unknownRules = [] } = state;
  const alerts = Object.values(state.alerts);
  const verdicts: Verdict[] = alerts.filter(isOpen).map(({ severity }) => severity ?? "info");
  if (standing.standing === "active") {
    verdicts.push("ok");
    if (isBlind || absentPolls > 0 || unknownRules.length > 0) verdicts.push("unknown");
    if (alerts.some(({ phase }) => phase === "pending")) verdicts.push("pending");
  }
  return verdicts.sort(byGravity)[0] ?? "not-judged";
}
