import type { Phase } from "../alerts/alert-state.ts";
import { canonicalJson } from "../connections/canonical-json.ts";
import { defined } from "../defined.ts";
import { ruleOf } from "../rules/catalogue.ts";
import type { RuleId, Severity } from "../rules/rule.ts";
import { byGravity, type Verdict } from "../rules/verdict.ts";
import type { QuietReason } from "../suppression/quiet-reason.ts";
import type { PastAlert } from "./alert-timeline.ts";
import type { ConnectionPast, RememberedAlert, Sight } from "./recall-connection.ts";
import { combine, cutWindow, type Interval, type Span, type Timeline } from "./timeline.ts";

/** How a connection as a whole, or one of its alerts, stood at one time. */
export interface Condition {
  /** Absent for the connection as a whole. */
  readonly ruleId?: RuleId;
  /** The phase of the alert or our verdict on the whole; `unknown` and `not-judged` where nobody could say. */
  readonly state: Phase | Verdict;
  readonly severity?: Severity;
  /** Why the alert came to that phase; of the whole the rule that decides; where nobody could say, why not. */
  readonly reason?: string;
  readonly episode?: string;
  /** Why the source could not be seen although the alert went on. */
  readonly blind?: string;
  /** Of an alert: why it was quiet although it went on. */
  readonly quiet: readonly QuietReason[];
  /** Of the whole: names of the maintenance windows it was in. */
  readonly maintenance: readonly string[];
}

/** Tells how a connection stood in a window, as a whole first and then by each rule; each tells all of the window, oldest first. */
export function connectionIntervals(past: ConnectionPast, window: Span): readonly Interval<Condition>[] {
  const timelines = [wholeTimeline(past), ...past.alerts.map((alert) => ruleTimeline(past, alert))];
  return timelines.flatMap((timeline) => cutWindow(timeline, window, canonicalJson));
}

interface NamedAlert extends PastAlert {
  readonly ruleId: RuleId;
}

function ruleTimeline({ sight }: ConnectionPast, { ruleId, standing, quiet }: RememberedAlert): Timeline<Condition> {
  const judged = combine(sight, standing, (seen, past) => judgeRule({ ruleId, ...past }, seen));
  return combine(judged, quiet, (condition, reasons) => ({ ...condition, quiet: reasons }));
}

function judgeRule({ ruleId, phase, ...past }: NamedAlert, { isWatched, standing, blind }: Sight): Condition {
  const { judgesWhileBlind = false, judgesEveryStanding } = ruleOf(ruleId);
  const none = { ruleId, quiet: [], maintenance: [] };
  const overlay = defined({ blind });
  if (!isWatched) return { ...none, state: "unknown", reason: standing };
  if (phase === "inactive") {
    if (standing !== "active" && judgesEveryStanding !== true) {
      return { ...none, ...overlay, state: "not-judged", reason: standing };
    }
    if (blind !== undefined && !judgesWhileBlind) return { ...none, ...overlay, state: "unknown", reason: blind };
  }
  return { ...none, ...past, ...overlay, state: phase };
}

function wholeTimeline({ sight, maintenance, alerts }: ConnectionPast): Timeline<Condition> {
  const none: Timeline<readonly NamedAlert[]> = { first: [], turns: [] };
  const all = alerts.reduce(
    (list, { ruleId, standing }) => combine(list, standing, (others, past) => [...others, { ruleId, ...past }]),
    none,
  );
  const judged = combine(all, sight, judgeWhole);
  return combine(judged, maintenance, (condition, names) => ({ ...condition, maintenance: names }));
}

/** Says of the past what `verdictOf` says of the present, as far as events tell. */
function judgeWhole(alerts: readonly NamedAlert[], { isWatched, standing, blind }: Sight): Condition {
  const none = { quiet: [], maintenance: [] };
  if (!isWatched) return { ...none, state: "unknown", reason: standing };
  const verdicts: WholeVerdict[] = alerts.flatMap(openVerdict);
  if (standing === "active") {
    verdicts.push({ state: "ok" });
    if (blind !== undefined) verdicts.push({ state: "unknown", reason: blind });
    verdicts.push(...alerts.flatMap(pendingVerdict));
  }
  const [gravest] = verdicts.sort((a, b) => byGravity(a.state, b.state));
  return { ...none, ...(gravest ?? { state: "not-judged", reason: standing }), ...defined({ blind }) };
}

type WholeVerdict = Pick<Condition, "severity" | "reason" | "episode"> & { readonly state: Verdict };

function openVerdict({ ruleId, phase, severity, episode }: NamedAlert): readonly WholeVerdict[] {
  const isOpen = phase === "firing" || phase === "recovering";
  return isOpen ? [{ state: severity ?? "info", reason: ruleId, ...defined({ severity, episode }) }] : [];
}

function pendingVerdict({ ruleId, phase }: NamedAlert): readonly WholeVerdict[] {
  return phase === "pending" ? [{ state: "pending", reason: ruleId }] : [];
}
