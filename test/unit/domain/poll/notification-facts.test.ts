import { describe, expect, it } from "vitest";
import type { AlertState, StepReason } from "../../../../src/domain/alerts/alert-state.ts";
import type { NotificationFacts, NotifyReason } from "../../../../src/domain/delivery/notification.ts";
import { type Telling, toNotificationFacts } from "../../../../src/domain/poll/notification-facts.ts";
import type { PollContext } from "../../../../src/domain/poll/poll-context.ts";
import { removalDeadline } from "../../../../src/domain/rules/removal-deadline.ts";
import { aPolicy, digest } from "../../../builders/a-policy.ts";
import { ALERT_KEY, aBreach, anAlert, PERIOD_MS, quiet } from "../alerts/an-alert.ts";
import { aPartner } from "../connections/a-reading.ts";

const SLOT_MS = 9 * PERIOD_MS;

const context: PollContext = {
  policy: aPolicy(),
  slotMs: SLOT_MS,
  observedAtMs: SLOT_MS + 1_000,
  nowMs: SLOT_MS + 2_000,
  periodMs: PERIOD_MS,
  digest,
  suppression: { silences: [], acknowledgements: [], windows: [], openAbove: [] },
};

interface Case {
  readonly before?: AlertState;
  readonly after: AlertState;
  readonly step?: StepReason;
  readonly decision?: Telling["decision"];
  readonly told?: Telling["told"];
}

function sending(reason: NotifyReason, notification: "reminder" | "resolved" = "reminder"): Telling["decision"] {
  return { kind: "send", notification, reason, severity: "warning" };
}

function factsOf({ before = anAlert("firing"), after, ...given }: Case): NotificationFacts {
  const { step = "still-firing", decision = sending("repeat-due"), told } = given;
  const evaluation = aBreach();
  const { defaults: settings } = removalDeadline;
  const reading = aPartner();
  return toNotificationFacts(
    {
      before,
      step: { state: after, reason: step },
      judgement: { rule: removalDeadline, settings, evaluation },
      observed: {
        connectionKey: digest(reading.connectionId),
        reading,
        observedAtMs: context.observedAtMs,
        standing: { standing: "active" },
        alerts: {},
        lastSlotMs: SLOT_MS,
        lastCountedSlotMs: SLOT_MS,
        firstSeenAtMs: 0,
        lastSeenAtMs: SLOT_MS,
        absentPolls: 0,
      },
      verdict: "warning",
      quiet: [],
    },
    { decision, told },
    context,
  );
}

describe("toNotificationFacts()", () => {
  const flaps = { firedSlotsMs: [], clearedSlotsMs: [], changedSlotMs: 0, sinceSlotMs: 0 };

  it.each([
    {
      what: "the episode that is open",
      before: quiet,
      after: anAlert("firing"),
      episode: `${ALERT_KEY}-0`,
      firedSlotMs: 0,
    },
    {
      what: "the episode that has ended",
      before: anAlert("firing"),
      after: quiet,
      episode: `${ALERT_KEY}-0`,
      firedSlotMs: 0,
    },
    {
      what: "its own slot where there is none",
      before: quiet,
      after: quiet,
      episode: `${ALERT_KEY}-${SLOT_MS}`,
      firedSlotMs: SLOT_MS,
    },
  ])("names $what", ({ before, after, episode, firedSlotMs }) => {
    expect(factsOf({ before, after })).toMatchObject({ episode, firedSlotMs });
  });

  it.each([
    { step: "recovered", reason: "ended", endReason: "recovered" },
    { step: "retired", reason: "ended", endReason: "retired" },
    { step: "rule-changed", reason: "ended", endReason: "rule-changed" },
    { step: "removed-from-configuration", reason: "ended", endReason: "removed-from-configuration" },
  ] as const)("says of a resolved after the step $step that it ended by $endReason", ({ step, reason, endReason }) => {
    expect(factsOf({ after: quiet, step, decision: sending(reason, "resolved") }).endReason).toBe(endReason);
  });

  it("says that a channel has left although the alert goes on", () => {
    const facts = factsOf({ after: anAlert("firing"), decision: sending("channel-left", "resolved") });

    expect([facts.kind, facts.endReason]).toEqual(["resolved", "channel-left"]);
  });

  it("says of nothing but a resolved how it ended", () => {
    expect(factsOf({ after: anAlert("firing") })).not.toHaveProperty("endReason");
  });

  it.each([
    { reason: "date-moved-later", previousDateMs: 77 },
    { reason: "date-moved-earlier", previousDateMs: 77 },
    { reason: "bucket-crossed", previousDateMs: undefined },
  ] as const)("names the date told before with $reason: $previousDateMs", ({ reason, previousDateMs }) => {
    const told = { severity: "warning", slotMs: 0, dateMs: 77 } as const;

    expect(factsOf({ after: anAlert("firing"), decision: sending(reason), told }).previousDateMs).toBe(previousDateMs);
  });

  it.each([
    { after: anAlert("firing", { flaps }), is: true },
    { after: anAlert("firing"), is: undefined },
  ])("says whether it flaps: $is", ({ after, is }) => {
    expect(factsOf({ after }).isFlapping).toBe(is);
  });

  it("names the severity that the channel was told before", () => {
    const decision = {
      kind: "send",
      notification: "escalated",
      reason: "severity-rose",
      severity: "warning",
      previousSeverity: "info",
    } as const;

    expect(factsOf({ after: anAlert("firing"), decision })).toMatchObject({
      kind: "escalated",
      previousSeverity: "info",
    });
  });
});
