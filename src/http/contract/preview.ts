import type { StepReason } from "../../domain/alerts/alert-state.ts";
import type { ConnectionKind } from "../../domain/connections/reading.ts";
import type { RuleId, Severity } from "../../domain/rules/rule.ts";

/** Answer of POST v1/rules/preview. */
export interface PreviewBody {
  readonly tenantId: string;
  /** Inclusive. */
  readonly from: string;
  /** Exclusive. */
  readonly to: string;
  /** Stored readings that were replayed. */
  readonly snapshots: number;
  /** By name; those of which no rule that was given had anything to judge are left out. */
  readonly value: readonly ConnectionPreviewBody[];
}

/** What some settings would have made of one connection. */
export interface ConnectionPreviewBody {
  readonly connectionKey: string;
  readonly connectionKind: ConnectionKind;
  readonly connectionName: string;
  /** Since when readings are stored, not before `from`. */
  readonly sinceDateTime: string;
  readonly rules: readonly RulePreviewBody[];
}

/** What one rule would have made of it by the settings that are tried, beside those that hold. */
export interface RulePreviewBody {
  readonly ruleId: RuleId;
  readonly title: string;
  readonly current: PreviewOutcomeBody;
  readonly tried: PreviewOutcomeBody;
}

/** What a rule would have made of a connection by some settings. */
export interface PreviewOutcomeBody {
  readonly settings: {
    readonly enabled: boolean;
    /** In the names of the configuration; durations are ISO 8601 text. */
    readonly limits: Readonly<Record<string, string | number>>;
    readonly confirmPolls: number;
    readonly recoverPolls: number;
    readonly keepFiring: string;
  };
  /** How often it would have fired; what was open before `from` fires there anew. */
  readonly fired: number;
  /** How long episodes were open, in all. */
  readonly open: string;
  /** How long the rule could not judge, because the connection was not seen. */
  readonly unknown: string;
  /** Newest first, at most 100. */
  readonly episodes: readonly PreviewEpisodeBody[];
}

/** One episode that would have been. */
export interface PreviewEpisodeBody {
  readonly firedDateTime: string;
  /** Absent when it was still open at the end. */
  readonly resolvedDateTime?: string | undefined;
  /** To the end of the window when it was still open there. */
  readonly duration: string;
  /** The worst that it came to. */
  readonly severity: Severity;
  /** Why it ended. */
  readonly reason?: StepReason | undefined;
}
