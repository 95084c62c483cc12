import { describe, expect, it } from "vitest";
import { alertState, quietReason } from "../../../../src/adapters/tables/alert.schema.ts";
import type { AlertState } from "../../../../src/domain/alerts/alert-state.ts";
import { aBreach, anAlert, quiet } from "../../domain/alerts/an-alert.ts";

const full: AlertState = anAlert("firing", {
  calmer: { info: 1 },
  firstOkSlotMs: 1,
  episode: { id: "e", firedSlotMs: 1, escalatedAtMs: 2 },
  told: { ops: { severity: "warning", slotMs: 1, dateMs: 2, bucketDays: 14, isClosed: true } },
  old: true,
  evaluation: aBreach(),
  judgedBy: "limits",
  flaps: { firedSlotsMs: [1], clearedSlotsMs: [2], changedSlotMs: 3, sinceSlotMs: 4, noticed: ["ops"] },
  quiet: [{ kind: "flapping" }],
});

function isAccepted(value: unknown): boolean {
  return alertState.safeParse(value).success;
}

describe("alertState", () => {
  it("takes an alert with all that it may remember, and one that remembers nothing", () => {
    expect([full, quiet].map(isAccepted)).toEqual([true, true]);
  });

  it("takes an alert as the first version wrote it", () => {
    const { judgedBy: _judgedBy, calmer: _calmer, flaps: _flaps, quiet: _quiet, ...first } = full;
    const written = { ...first, episode: { id: "e", firedSlotMs: 1 }, told: { ops: { severity: "error", slotMs: 1 } } };

    expect(isAccepted(written)).toBe(true);
  });

  it.each<{ readonly what: string; readonly wrong: object }>([
    { what: "a calmer severity that is none", wrong: { calmer: { mild: 1 } } },
    { what: "an escalation at no instant", wrong: { episode: { id: "e", firedSlotMs: 1, escalatedAtMs: "1" } } },
    { what: "a date that was told as text", wrong: { told: { ops: { severity: "error", slotMs: 1, dateMs: "1" } } } },
    { what: "a bucket without a number", wrong: { told: { ops: { severity: "error", slotMs: 1, bucketDays: "7" } } } },
    { what: "closed as text", wrong: { told: { ops: { severity: "error", slotMs: 1, isClosed: "yes" } } } },
    { what: "limits without a name", wrong: { judgedBy: 1 } },
    { what: "flaps without slots", wrong: { flaps: { changedSlotMs: 1 } } },
    { what: "a flapping slot as text", wrong: { flaps: { ...full.flaps, sinceSlotMs: "4" } } },
    { what: "channels that are no list", wrong: { flaps: { ...full.flaps, noticed: "ops" } } },
    { what: "a reason that is none", wrong: { quiet: [{ kind: "asleep" }] } },
  ])("refuses $what", ({ wrong }) => {
    expect(isAccepted({ ...full, ...wrong })).toBe(false);
  });
});

describe("quietReason", () => {
  const silence = { kind: "silence", id: "s-1", untilMs: 1, by: "anna", reason: "known" };

  it.each([
    { reason: silence, is: true },
    { reason: { ...silence, untilMs: "soon" }, is: false },
    { reason: { kind: "maintenance", name: "patch" }, is: true },
    { reason: { kind: "maintenance" }, is: false },
    { reason: { kind: "inhibited", by: "partner-state" }, is: true },
    { reason: { kind: "inhibited", by: "somebody" }, is: false },
    { reason: { kind: "acknowledged", untilMs: 1, by: "anna", reason: "on it" }, is: true },
    { reason: { kind: "acknowledged", untilMs: 1, by: "anna" }, is: false },
    { reason: { kind: "flapping" }, is: true },
  ])("says $is of $reason", ({ reason, is }) => {
    expect(quietReason.safeParse(reason).success).toBe(is);
  });
});
