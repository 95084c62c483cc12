import type { Silence, SilenceSubject } from "../../../../src/domain/suppression/silence.ts";
import { HOUR_MS } from "../../../../src/domain/units.ts";

/** When the silences of these tests begin. */
export const BEGIN_MS = Date.UTC(2026, 10, 22, 12);

/** A silence of one hour over every alert of its tenant. */
export function aSilence(overrides: Partial<Silence> = {}): Silence {
  return {
    id: "s-1",
    match: {},
    fromMs: BEGIN_MS,
    untilMs: BEGIN_MS + HOUR_MS,
    by: "anna@contoso.example",
    reason: "firewall change",
    writtenAtMs: BEGIN_MS,
    ...overrides,
  };
}

/** A quiet compliance partner. */
export function aSubject(overrides: Partial<SilenceSubject> = {}): SilenceSubject {
  return {
    connectionId: "compliance-management-partner:1",
    connectionName: "Jamf Device Compliance",
    connectionKind: "compliance-management-partner",
    ruleId: "heartbeat-age",
    severity: "warning",
    ...overrides,
  };
}
