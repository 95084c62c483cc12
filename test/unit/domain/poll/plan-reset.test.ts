import { describe, expect, it } from "vitest";
import type { Phase } from "../../../../src/domain/alerts/alert-state.ts";
import type { NotificationKind } from "../../../../src/domain/delivery/notification.ts";
import type { Change, ConnectionEvent } from "../../../../src/domain/history/connection-event.ts";
import { planReset, type ResetInput } from "../../../../src/domain/poll/plan-reset.ts";
import { HOUR_MS, MINUTE_MS } from "../../../../src/domain/units.ts";
import { aPolicy, digest, goodReads, TENANT_ID } from "../../../builders/a-policy.ts";
import { aCompliancePartnerRow } from "../../../builders/graph-rows.ts";
import { aPlanWorld } from "../../../builders/plan-world.ts";

const SLOT_MS = Date.UTC(2026, 10, 22, 4);
const ALERT_KEY = "a".repeat(32);
const EPISODE = `${ALERT_KEY}-${SLOT_MS}`;

/** One change of the alert `heartbeat-age`, whose episode began in the slot. */
function aChange(
  to: Phase,
  told: Readonly<Record<string, NotificationKind>> = {},
  overrides: Partial<Extract<Change, { type: "alert" }>> = {},
): Change {
  return {
    type: "alert",
    ruleId: "heartbeat-age",
    from: "firing",
    to,
    severity: "error",
    reason: "still-firing",
    episode: EPISODE,
    told,
    ...overrides,
  };
}

/** Events of one connection, oldest first, an hour apart. */
function reset(changes: readonly (readonly Change[])[], overrides: Partial<ResetInput> = {}) {
  const events = changes.map(
    (inSlot, n): ConnectionEvent => ({
      connectionKey: digest("compliance-management-partner:jamf"),
      connectionId: "compliance-management-partner:jamf",
      displayName: "Jamf",
      slotMs: SLOT_MS + n * HOUR_MS,
      observedAtMs: SLOT_MS + n * HOUR_MS,
      changes: inSlot,
    }),
  );
  return planReset({
    tenantId: TENANT_ID,
    tenantName: "Contoso",
    connectionKey: digest("compliance-management-partner:jamf"),
    events: events.toReversed(),
    lastSlotMs: SLOT_MS + 9 * HOUR_MS,
    nowMs: SLOT_MS + 10 * HOUR_MS,
    ...overrides,
  });
}

const FIRED = aChange("firing", { ops: "fired", pager: "fired" }, { from: "pending", reason: "confirmed" });

describe("planReset()", () => {
  it("ends an open alert for each channel that was told of it, behind all that was polled", () => {
    const { event, outbox } = reset([[FIRED], [aChange("firing", { ops: "escalated" }, { severity: "critical" })]]);

    const slotMs = SLOT_MS + 9 * HOUR_MS + 1;
    expect(event).toMatchObject({
      slotMs,
      displayName: "Jamf",
      changes: [
        {
          ruleId: "heartbeat-age",
          from: "firing",
          to: "inactive",
          reason: "state-reset",
          episode: EPISODE,
          severity: "critical",
          told: { ops: "resolved", pager: "resolved" },
          why: { ops: "ended", pager: "ended" },
        },
      ],
    });
    expect(outbox.map(({ channel }) => channel)).toEqual(["ops", "pager"]);
    expect(outbox[0]).toMatchObject({
      attempts: 0,
      facts: {
        tenantId: TENANT_ID,
        connectionKind: "compliance-management-partner",
        connectionName: "Jamf",
        alertKey: ALERT_KEY,
        episode: EPISODE,
        kind: "resolved",
        reason: "ended",
        endReason: "state-reset",
        severity: "critical",
        slotMs,
        firedSlotMs: SLOT_MS,
      },
    });
  });

  it.each([
    { label: "nothing ever happened", changes: [] },
    { label: "no alert ever fired", changes: [[{ type: "appeared", returned: false } as const]] },
    { label: "the alert is over", changes: [[FIRED], [aChange("inactive", { ops: "resolved", pager: "resolved" })]] },
    { label: "the alert is being confirmed", changes: [[aChange("pending", {}, { from: "inactive" })]] },
  ])("ends nothing when $label", ({ changes }) => {
    expect(reset(changes)).toEqual({ outbox: [] });
  });

  it.each([
    { label: "a recovering one too", changes: [[FIRED], [aChange("recovering")]], want: ["ops", "pager"] },
    {
      label: "not for a channel that has left it",
      changes: [[FIRED], [aChange("firing", { pager: "resolved" })]],
      want: ["ops"],
    },
    {
      label: "not for channels of an older episode",
      changes: [
        [FIRED],
        [aChange("inactive", { ops: "resolved", pager: "resolved" })],
        [aChange("firing", { siem: "fired" }, { from: "pending", episode: `${ALERT_KEY}-${SLOT_MS + HOUR_MS}` })],
      ],
      want: ["siem"],
    },
    {
      label: "not for a channel that was told only that it flaps",
      changes: [
        [aChange("inactive", { pager: "flapping" }, { from: "pending", episode: `${ALERT_KEY}-${SLOT_MS - HOUR_MS}` })],
        [aChange("firing", { ops: "fired" }, { from: "pending" })],
      ],
      want: ["ops"],
    },
    { label: "one that nobody was told of, in history alone", changes: [[aChange("firing")]], want: [] },
  ])("ends $label", ({ changes, want }) => {
    const { event, outbox } = reset(changes);

    expect(outbox.map(({ channel }) => channel)).toEqual(want);
    expect(event?.changes).toMatchObject([
      { to: "inactive", told: Object.fromEntries(want.map((name) => [name, "resolved"])) },
    ]);
  });

  it("comes behind an event that is newer than the head, and is due at once", () => {
    const { outbox } = reset([[FIRED]], { lastSlotMs: undefined, nowMs: SLOT_MS });

    expect(outbox[0]).toMatchObject({ facts: { slotMs: SLOT_MS + 1 }, nextAttemptAtMs: SLOT_MS - 5_000 });
  });

  it("keeps within one transaction", () => {
    const told = Object.fromEntries(Array.from({ length: 90 }, (_, n) => [`channel-${n}`, "fired" as const]));

    expect(reset([[aChange("firing", told)]]).outbox).toHaveLength(80);
  });

  it("knows from the events of real polls whom a state told", () => {
    const world = aPlanWorld();
    const rows = [aCompliancePartnerRow({ beatMs: SLOT_MS - 72 * HOUR_MS })];
    for (const slotMs of [0, 1, 2].map((n) => SLOT_MS + n * 15 * MINUTE_MS)) {
      world.poll({ slotMs, reads: goodReads({ complianceManagementPartners: rows }), policy: aPolicy() });
    }
    const state = world
      .live()
      .states.find(({ value }) => value.reading.kind === "compliance-management-partner")?.value;
    const connectionKey = state?.connectionKey ?? "";
    const events = world
      .events()
      .filter((event) => event.connectionKey === connectionKey)
      .toReversed();

    const { outbox } = reset([], { connectionKey, events });

    const told = Object.values(state?.alerts ?? {}).flatMap(({ alertKey, episode, told: by }) =>
      Object.keys(by).map((channel) => [alertKey, episode?.id, episode?.firedSlotMs, channel]),
    );
    expect(told).not.toEqual([]);
    expect(outbox.map(({ facts, channel }) => [facts.alertKey, facts.episode, facts.firedSlotMs, channel])).toEqual(
      told,
    );
  });
});
