import type { ConnectionKind } from "../../domain/connections/reading.ts";
import type { AlertBody } from "../contract.ts";

/** Answer of GET v1/alerts. */
export interface AlertsBody {
  /** Gravest first. */
  readonly value: readonly ListedAlertBody[];
  /** Connections, the calmest of their tenants, whose alerts a list over all tenants has no room for. */
  readonly connectionsLeftOut: number;
}

/** An alert that is not inactive; a list over all tenants has no more of it than where, what, phase and severity. */
export type ListedAlertBody = {
  readonly tenantId: string;
  readonly tenantName: string;
  readonly connectionKey: string;
  readonly connectionKind: ConnectionKind;
  readonly connectionName: string;
} & Pick<AlertBody, "ruleId" | "title" | "phase" | "severity"> &
  Partial<AlertBody>;
