import type { AlertState, Phase, StepReason } from "../alerts/alert-state.ts";
import { defined } from "../defined.ts";
import type { Severity } from "../rules/rule.ts";
import type { ChangeOf, Dated } from "./dated-changes.ts";
import type { Timeline, Turn } from "./timeline.ts";

type AlertChange = ChangeOf<"alert">;

/** How an alert stood at one time. */
export interface PastAlert {
  readonly phase: Phase;
  /** Absent while inactive, and where no kept event tells it. */
  readonly severity?: Severity;
  /** Set while an episode was open. */
  readonly episode?: string;
  /** Why it came to stand so; absent where the event that brought it is not kept. */
  readonly reason?: StepReason;
}

/**
 * Tells how one alert stood, by its changes, oldest first, and as it stands now.
 *
 * Before the oldest kept change it stood as that one says it did; without any it always stood as it does now.
 */
export function alertTimeline(
  changes: readonly Dated<AlertChange>[],
  current: AlertState | undefined,
): Timeline<PastAlert> {
  const [oldest] = changes;
  const first = oldest === undefined ? standingNow(current) : standingBefore(oldest.change);
  let last = first;
  const turns = changes.flatMap(({ atMs, change }): readonly Turn<PastAlert>[] => {
    const value = standingAfter(change);
    if (isSame(last, value)) return [];
    last = value;
    return [{ atMs, value }];
  });
  return { first, turns };
}

/** Says whether a change tells all of how the alert stood before it: it names the severity after it, which may be a new one. */
export function tellsWhatWas({ from, reason }: AlertChange): boolean {
  return from === "inactive" || (hasEpisode(from) && reason !== "severity-rose" && reason !== "severity-fell");
}

function standingNow(alert: AlertState | undefined): PastAlert {
  const { phase = "inactive", severity, episode } = alert ?? {};
  return { phase, ...defined({ severity, episode: episode?.id }) };
}

function standingBefore(change: AlertChange): PastAlert {
  const { from: phase, severity, episode } = change;
  return {
    phase,
    ...defined({
      severity: phase !== "inactive" && tellsWhatWas(change) ? severity : undefined,
      episode: hasEpisode(phase) ? episode : undefined,
    }),
  };
}

function standingAfter({ to: phase, severity, episode, reason }: AlertChange): PastAlert {
  return {
    phase,
    reason,
    ...defined({
      severity: phase === "inactive" ? undefined : severity,
      episode: hasEpisode(phase) ? episode : undefined,
    }),
  };
}

function hasEpisode(phase: Phase): boolean {
  return phase === "firing" || phase === "recovering";
}

function isSame(a: PastAlert, b: PastAlert): boolean {
  return a.phase === b.phase && a.severity === b.severity && a.episode === b.episode;
}
