import type { ConnectionLine } from "../domain/poll/tenant-overview.ts";
import type { DeadlineBody } from "./contract/connections.ts";

/** What happens at a deadline. */
export type DeadlineKind = DeadlineBody["kind"];

/** Returns the dates of a connection that Intune or a connector acts on, ahead or passed. */
export function deadlinesOfLine(
  line: ConnectionLine,
): readonly { readonly kind: DeadlineKind; readonly atMs: number }[] {
  const dates = [
    { kind: "noncompliance", atMs: line.nonComplianceDeadlineMs },
    { kind: "removal", atMs: line.removalDeadlineMs },
    { kind: "expiry", atMs: line.expiryMs },
  ] as const;
  return dates.flatMap(({ kind, atMs }) => (atMs === undefined ? [] : [{ kind, atMs }]));
}
