import { judgeContactAhead } from "../connections/contact-date.ts";
import { type ConnectorReading, isCarriedOver } from "../connections/reading.ts";
import { findAgeStep } from "./find-step.ts";
import type { Evaluation, Limits } from "./rule.ts";

/** A contact to be judged by its age. */
export interface AgedContact {
  readonly contactAtMs: number;
  readonly observedAtMs: number;
}

/** The stable words of a rule for a contact that is recent enough, and for one that is not. */
export interface AgeReasons {
  readonly ok: string;
  readonly breach: string;
}

/**
 * Judges a contact by its age when it was read, so that our own blindness is no part of it.
 *
 * A contact up to 1 hour ahead is a wrong clock and has age 0; further ahead it has no age.
 */
export function judgeAge(contact: AgedContact, reasons: AgeReasons, limits: Limits): Evaluation {
  const { contactAtMs, observedAtMs } = contact;
  if (judgeContactAhead(contactAtMs, observedAtMs) === "inconsistent") {
    return { verdict: "unknown", reason: "date-in-future" };
  }
  const ageMs = Math.max(0, observedAtMs - contactAtMs);
  const measured = { unit: "duration", ms: ageMs } as const;
  const step = findAgeStep(ageMs, limits);
  if (step === undefined) return { verdict: "ok", reason: reasons.ok, measured };
  const { warnAfterMs = 0 } = limits;
  return { verdict: "breach", reason: reasons.breach, ...step, measured, breachedSinceMs: contactAtMs + warnAfterMs };
}

/** Judges a connector by the age of its eventDate; a connector that never was in contact has no age. */
export function judgeConnectorAge(
  { reading, observedAtMs }: { readonly reading: ConnectorReading; readonly observedAtMs: number },
  reasons: AgeReasons,
  limits: Limits,
): Evaluation {
  const { eventDate } = reading;
  if (eventDate === undefined || isCarriedOver(reading, "eventDate")) return { verdict: "unknown", reason: "not-read" };
  if (eventDate === "never") return { verdict: "unknown", reason: "never-in-contact" };
  return judgeAge({ contactAtMs: eventDate.atMs, observedAtMs }, reasons, limits);
}
