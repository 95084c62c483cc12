import type { RuleId } from "../rules/rule.ts";

/** Why an alert is quiet although it goes on: shown wherever the alert is. */
export type QuietReason =
  | {
      readonly kind: "silence";
      readonly id: string;
      readonly untilMs: number;
      readonly by: string;
      readonly reason: string;
    }
  | { readonly kind: "maintenance"; readonly name: string }
  /** Another alert says it already: one of the same connection, of its tenant or of the fleet. */
  | { readonly kind: "inhibited"; readonly by: RuleId }
  | { readonly kind: "acknowledged"; readonly untilMs: number; readonly by: string; readonly reason: string }
  | { readonly kind: "flapping" };

/** Gives a reason one name for as long as it lasts: an acknowledgement or a silence may be renewed without its ending in between. */
export function nameOfQuiet(reason: QuietReason): string {
  switch (reason.kind) {
    case "silence":
      return `silence ${reason.id}`;
    case "maintenance":
      return `maintenance ${reason.name}`;
    case "inhibited":
      return `inhibited ${reason.by}`;
    case "acknowledged":
    case "flapping":
      return reason.kind;
  }
}
