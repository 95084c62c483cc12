import type { EndReason, Phase, StepReason } from "../alerts/alert-state.ts";
import type { NotificationKind, NotifyReason } from "../delivery/notification.ts";
import type { Evaluation, RuleId, Severity } from "../rules/rule.ts";
import type { WindowMark } from "../suppression/maintenance-window.ts";
import type { QuietReason } from "../suppression/quiet-reason.ts";

/** One change worth keeping. */
export type Change =
  | {
      readonly type: "alert";
      readonly ruleId: RuleId;
      readonly from: Phase;
      readonly to: Phase;
      readonly severity?: Severity;
      readonly reason: StepReason;
      readonly episode?: string;
      readonly evaluation?: Evaluation;
      /** The channels for which a notification was planned, with its kind. */
      readonly told: Readonly<Record<string, NotificationKind>>;
      /** Why, by the same channels; absent in events of the first version. */
      readonly why?: Readonly<Record<string, NotifyReason>>;
    }
  /** What began or ended to keep an alert quiet. */
  | {
      readonly type: "suppression";
      readonly ruleId: RuleId;
      readonly began: readonly QuietReason[];
      readonly ended: readonly QuietReason[];
    }
  /** Maintenance windows of a tenant. */
  | { readonly type: "maintenance"; readonly began: readonly WindowMark[]; readonly ended: readonly WindowMark[] }
  | { readonly type: "appeared"; readonly returned: boolean }
  | { readonly type: "disappeared"; readonly reason: "absent" | EndReason }
  | { readonly type: "configuration"; readonly severity: "info" | "warning"; readonly changes: readonly string[] }
  | { readonly type: "standing"; readonly from: string; readonly to: string; readonly reason?: string }
  | { readonly type: "state"; readonly from: string; readonly to: string }
  /** Half-open: from the last good read to the first good one after it. */
  | { readonly type: "gap"; readonly fromMs: number; readonly toMs: number; readonly reason: string };

/** All changes of one connection in one slot. */
export interface ConnectionEvent {
  readonly connectionKey: string;
  readonly connectionId: string;
  readonly displayName: string;
  readonly slotMs: number;
  readonly observedAtMs: number;
  /** When the connection was last in touch, so that "when did it go silent" has an answer too. */
  readonly lastContactMs?: number;
  /** At least one. */
  readonly changes: readonly Change[];
}
