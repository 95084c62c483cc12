import type { ConnectionPreview } from "../app/preview-trial.ts";
import type { PreviewOutcome } from "../domain/history/preview-rules.ts";
import type { ReplayedEpisode } from "../domain/history/replay-rule.ts";
import { ruleOf } from "../domain/rules/catalogue.ts";
import { toSetting } from "../domain/rules/check-limits.ts";
import type { RuleSettings } from "../domain/rules/rule.ts";
import { toIso } from "../domain/time.ts";
import { formatDuration } from "../domain/units.ts";
import { toDateTime } from "../domain/wire.ts";
import type { ConnectionPreviewBody, PreviewEpisodeBody, PreviewOutcomeBody } from "./contract/preview.ts";

/** When a replay ended, and how far its steps were apart. */
export interface PreviewTime {
  readonly toMs: number;
  readonly periodMs: number;
}

/** So many episodes of one outcome are told. */
const MAX_EPISODES = 100;

/** Writes what some settings would have made of one connection. */
export function toConnectionPreview(
  { state, sinceMs, rules }: ConnectionPreview,
  time: PreviewTime,
): ConnectionPreviewBody {
  const { kind, displayName } = state.reading;
  return {
    connectionKey: state.connectionKey,
    connectionKind: kind,
    connectionName: displayName,
    sinceDateTime: toIso(sinceMs),
    rules: rules.map(({ ruleId, current, tried }) => ({
      ruleId,
      title: ruleOf(ruleId).title,
      current: toOutcome(current, time),
      tried: toOutcome(tried, time),
    })),
  };
}

function toOutcome(
  { settings, episodes, unknownSteps }: PreviewOutcome,
  { toMs, periodMs }: PreviewTime,
): PreviewOutcomeBody {
  let openMs = 0;
  for (const { firedMs, resolvedMs = toMs } of episodes) openMs += resolvedMs - firedMs;
  return {
    settings: toSettings(settings),
    fired: episodes.length,
    open: formatDuration(openMs),
    unknown: formatDuration(unknownSteps * periodMs),
    episodes: episodes
      .slice(-MAX_EPISODES)
      .toReversed()
      .map((episode) => toEpisode(episode, toMs)),
  };
}

function toSettings({ limits, keepFiringMs, ...settings }: RuleSettings): PreviewOutcomeBody["settings"] {
  const named = Object.entries(limits).map(([name, limit]) => [
    toSetting(name),
    name.endsWith("Ms") ? formatDuration(limit) : limit,
  ]);
  return { ...settings, limits: Object.fromEntries(named), keepFiring: formatDuration(keepFiringMs) };
}

function toEpisode({ firedMs, resolvedMs, severity, reason }: ReplayedEpisode, toMs: number): PreviewEpisodeBody {
  return {
    firedDateTime: toIso(firedMs),
    resolvedDateTime: toDateTime(resolvedMs),
    duration: formatDuration((resolvedMs ?? toMs) - firedMs),
    severity,
    reason,
  };
}
