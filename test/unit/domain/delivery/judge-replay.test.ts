import { describe, expect, it } from "vitest";
import { refuseReplay } from "../../../../src/domain/delivery/judge-replay.ts";
import type { Delivery, NotificationFacts } from "../../../../src/domain/delivery/notification.ts";
import { aNotification, SLOT_MS } from "../../../builders/a-notification.ts";
import { anAlert } from "../../../contract/storage/storage-builders.ts";

function aSettled(outcome: Delivery["outcome"], facts: Partial<NotificationFacts> = {}): Delivery {
  return { id: "x", facts: aNotification(facts), channel: "ops", outcome, attempts: 1, settledAtMs: SLOT_MS };
}

const { episode } = aNotification();
const open = anAlert({ episode: { id: episode, firedSlotMs: SLOT_MS } });
const other = anAlert({ episode: { id: "a newer one", firedSlotMs: SLOT_MS + 1 } });
const left = { severity: "error", slotMs: SLOT_MS + 1, isClosed: true } as const;
const over = anAlert({ phase: "inactive" });

describe("refuseReplay()", () => {
  it.each([
    { label: "its episode is open", alert: open, want: undefined },
    { label: "its episode is recovering", alert: { ...open, phase: "recovering" as const }, want: undefined },
    { label: "its episode is over", alert: over, want: "episode-over" },
    { label: "a newer episode is open", alert: other, want: "episode-over" },
    { label: "nothing is known of its alert", alert: undefined, want: "episode-over" },
    { label: "the end is planned for its channel", alert: { ...open, told: { ops: left } }, want: "episode-over" },
    { label: "the end is planned for another channel", alert: { ...open, told: { pager: left } }, want: undefined },
  ])("says $want of a fired when $label", ({ alert, want }) => {
    expect(refuseReplay(aSettled("dead"), alert, [])).toBe(want);
  });

  it.each([
    { slotMs: SLOT_MS - 1, want: undefined },
    { slotMs: SLOT_MS, want: undefined },
    { slotMs: SLOT_MS + 1, want: "newer-delivered" },
  ])("says $want when something of slot $slotMs was delivered", ({ slotMs, want }) => {
    expect(refuseReplay(aSettled("dead"), open, [aSettled("delivered", { slotMs })])).toBe(want);
  });

  it.each([
    { label: "its episode is over", alert: over, want: undefined },
    { label: "nothing is known of its alert", alert: undefined, want: undefined },
    { label: "its episode goes on without its channel", alert: { ...open, told: { ops: left } }, want: undefined },
    { label: "a newer episode is open", alert: other, want: "newer-episode-open" },
  ])("says $want of a resolved when $label", ({ alert, want }) => {
    expect(refuseReplay(aSettled("dead", { kind: "resolved" }), alert, [])).toBe(want);
  });
});
