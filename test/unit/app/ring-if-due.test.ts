import { describe, expect, it } from "vitest";
import { ringIfDue } from "../../../src/app/ring-if-due.ts";
import { MINUTE_MS } from "../../../src/domain/units.ts";
import { anOutboxRow, SLOT_MS } from "../../builders/a-notification.ts";
import { createFakeWorkQueue } from "../../fakes/fake-work-queue.ts";

const NOW_MS = SLOT_MS + MINUTE_MS;
const empty = { states: [], outbox: [], silences: [], acknowledgements: [], unreadable: [] };

function waiting(nextAttemptAtMs: number) {
  return {
    ...empty,
    outbox: [
      {
        value: anOutboxRow(
          {},
          { attempts: 1, firstAttemptAtMs: SLOT_MS + 1, lastAttemptAtMs: SLOT_MS + 1, nextAttemptAtMs },
        ),
        etag: "1",
      },
    ],
  };
}

const silence = {
  id: "s",
  match: {},
  fromMs: SLOT_MS,
  untilMs: NOW_MS + 1,
  by: "anna",
  reason: "moving",
  writtenAtMs: SLOT_MS,
};

describe("ringIfDue()", () => {
  it.each([
    { name: "for what was planned just now", poll: { live: empty, notifications: 1 }, want: true },
    { name: "for an older row that is due", poll: { live: waiting(NOW_MS), notifications: 0 }, want: true },
    {
      name: "not for a row that must wait",
      poll: { live: waiting(NOW_MS + MINUTE_MS), notifications: 0 },
      want: false,
    },
    {
      name: "not for a row that a silence holds",
      poll: { live: { ...waiting(NOW_MS), silences: [silence] }, notifications: 0 },
      want: false,
    },
    { name: "not for nothing", poll: { live: empty, notifications: 0 }, want: false },
  ])("rings $name: $want", async ({ poll, want }) => {
    const queue = createFakeWorkQueue();

    const rang = await ringIfDue({ queue, clock: { nowMs: () => NOW_MS } }, "fleet", poll);

    expect(rang).toBe(want);
    expect(queue.takeDeliveries()).toEqual(want ? [{ request: { tenantId: "fleet" }, delayMs: 0 }] : []);
  });
});
