import type { AlertState, Phase } from "../../../../src/domain/alerts/alert-state.ts";
import { quietAlert, type StepContext } from "../../../../src/domain/alerts/step-alert.ts";
import type { Evaluation } from "../../../../src/domain/rules/rule.ts";
import { DAY_MS, MINUTE_MS } from "../../../../src/domain/units.ts";

/** How often the alerts of these tests are judged. */
export const PERIOD_MS = 15 * MINUTE_MS;

/** The key of the alert of these tests. */
export const ALERT_KEY = "a".repeat(32);

/** An alert on a silent partner that was never anything but ok. */
export const quiet: AlertState = quietAlert({ ruleId: "heartbeat-age", alertKey: ALERT_KEY, sinceSlotMs: 0 });

/** A breach of two days' silence; a warning unless told otherwise. */
export function aBreach(
  overrides: Partial<Extract<Evaluation, { verdict: "breach" }>> = {},
): Extract<Evaluation, { verdict: "breach" }> {
  const measured = { unit: "duration", ms: 2 * DAY_MS } as const;
  return { verdict: "breach", severity: "warning", reason: "late", measured, ...overrides };
}

/** An alert in a phase; a warning, and with an episode that began in slot 0 where the phase has one. */
export function anAlert(phase: Phase, overrides: Partial<AlertState> = {}): AlertState {
  const severity = phase === "inactive" ? {} : { severity: "warning" as const };
  const isOpen = phase === "firing" || phase === "recovering";
  const episode = isOpen ? { episode: { id: `${ALERT_KEY}-0`, firedSlotMs: 0 } } : {};
  return { ...quiet, phase, ...severity, ...episode, ...overrides };
}

/** How the rules of these tests confirm and recover, unless told otherwise. */
export const settings: StepContext["settings"] = { confirmPolls: 2, recoverPolls: 3, keepFiringMs: 2 * PERIOD_MS };

/** One poll of a row of them that come in time, a second after its slot. */
export function aContext(poll: number, overrides: Partial<StepContext> = {}): StepContext {
  const slotMs = poll * PERIOD_MS;
  const times = { slotMs, nowMs: slotMs + 1_000, sinceLastMs: PERIOD_MS, periodMs: PERIOD_MS };
  return { settings, judgedBy: "limits", mayFlap: true, isFirstReading: false, ...times, ...overrides };
}
