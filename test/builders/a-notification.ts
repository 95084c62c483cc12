import { type NotificationFacts, notificationId, type OutboxRow } from "../../src/domain/delivery/notification.ts";
import type { Stored } from "../../src/ports/monitor-store.ts";
import type { OutgoingNotification } from "../../src/ports/notifier.ts";

/** 2026-11-22T04:00:00Z, the slot of every notification built here unless told otherwise. */
export const SLOT_MS = Date.UTC(2026, 10, 22, 4);

const HOUR_MS = 3_600_000;

/** Builds the facts of a compliance partner that went quiet three days and four hours ago. */
export function aNotification(overrides: Partial<NotificationFacts> = {}): NotificationFacts {
  const contactAtMs = SLOT_MS - 76 * HOUR_MS;
  return {
    tenantId: "11111111-2222-3333-4444-555555555555",
    tenantName: "Contoso",
    connectionKey: "0123456789abcdef0123456789abcdef",
    connectionId: "compliance-management-partner:jamf-1",
    connectionKind: "compliance-management-partner",
    connectionName: "Jamf Device Compliance",
    ruleId: "heartbeat-age",
    alertKey: "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
    episode: `aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa-${SLOT_MS}`,
    kind: "fired",
    reason: "first-firing",
    severity: "error",
    slotMs: SLOT_MS,
    observedAtMs: SLOT_MS + 2_000,
    firedSlotMs: SLOT_MS,
    evaluation: {
      verdict: "breach",
      severity: "error",
      reason: "heartbeat-too-old",
      measured: { unit: "duration", ms: 76 * HOUR_MS },
      threshold: { unit: "duration", ms: 72 * HOUR_MS },
      breachedSinceMs: contactAtMs + 36 * HOUR_MS,
    },
    standing: { standing: "active" },
    lastContact: { atMs: contactAtMs, asSent: "2026-11-19T00:00:00Z" },
    reportedState: "enabled",
    consequence: "If it stays quiet, Intune calls it unresponsive and Conditional Access stops trusting its devices.",
    remedy:
      "Check the connection in the partner's console, then in Intune under Tenant administration > Connectors and tokens.",
    portalPage: "Tenant administration > Connectors and tokens > Partner compliance management",
    ...overrides,
  };
}

/** Builds an outbox row that was planned in its slot and never tried. */
export function anOutboxRow(
  facts: Partial<NotificationFacts> = {},
  overrides: Partial<Omit<OutboxRow, "facts">> = {},
): OutboxRow {
  return { facts: aNotification(facts), channel: "ops", attempts: 0, nextAttemptAtMs: SLOT_MS, ...overrides };
}

/** Gives a row an ETag. */
export function stored<T>(value: T, etag = "1"): Stored<T> {
  return { value, etag };
}

/** Builds a notification on its way, three seconds after its slot. */
export function anOutgoing(overrides: Partial<OutgoingNotification> = {}): OutgoingNotification {
  const facts = aNotification();
  return {
    id: notificationId(facts, "ops"),
    facts,
    isFirstNotice: false,
    sentAtMs: SLOT_MS + 3_000,
    ...overrides,
  };
}
