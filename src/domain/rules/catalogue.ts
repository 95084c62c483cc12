import { channelFailing } from "./channel-failing.ts";
import { clockSkew } from "./clock-skew.ts";
import { configurationChanged } from "./configuration-changed.ts";
import { connectionMissing } from "./connection-missing.ts";
import { dataProblem } from "./data-problem.ts";
import { expiry } from "./expiry.ts";
import { firstHeartbeat } from "./first-heartbeat.ts";
import { graphUnavailable } from "./graph-unavailable.ts";
import { heartbeatAge } from "./heartbeat-age.ts";
import { noncomplianceDeadline } from "./noncompliance-deadline.ts";
import { partnerState } from "./partner-state.ts";
import { removalDeadline } from "./removal-deadline.ts";
import { reportedHealth } from "./reported-health.ts";
import { RULE_IDS, type Rule, type RuleId } from "./rule.ts";
import { sourceUnreadable } from "./source-unreadable.ts";
import { stateUnreadable } from "./state-unreadable.ts";
import { syncAge } from "./sync-age.ts";
import { tenantLate } from "./tenant-late.ts";
import { tenantUnreadable } from "./tenant-unreadable.ts";

const BY_ID: Readonly<Record<RuleId, Rule>> = {
  "graph-unavailable": graphUnavailable,
  "tenant-late": tenantLate,
  "channel-failing": channelFailing,
  "state-unreadable": stateUnreadable,
  "tenant-unreadable": tenantUnreadable,
  "source-unreadable": sourceUnreadable,
  "clock-skew": clockSkew,
  "partner-state": partnerState,
  "heartbeat-age": heartbeatAge,
  "first-heartbeat": firstHeartbeat,
  "noncompliance-deadline": noncomplianceDeadline,
  "removal-deadline": removalDeadline,
  "sync-age": syncAge,
  expiry,
  "reported-health": reportedHealth,
  "configuration-changed": configurationChanged,
  "connection-missing": connectionMissing,
  "data-problem": dataProblem,
};

/** Returns the rule of an id. */
export function ruleOf(id: RuleId): Rule {
  return BY_ID[id];
}

/** Every rule, in the order in which one inhibits the next. */
export const RULES: readonly Rule[] = RULE_IDS.map(ruleOf);
