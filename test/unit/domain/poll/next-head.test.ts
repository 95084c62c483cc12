import { describe, expect, it } from "vitest";
import { isGraphUnavailable, nextHead } from "../../../../src/domain/poll/next-head.ts";
import type { Observed } from "../../../../src/domain/poll/observed.ts";
import type { Head } from "../../../../src/domain/poll/poll-plan.ts";
import { MINUTE_MS } from "../../../../src/domain/units.ts";
import { aPolicy, digest } from "../../../builders/a-policy.ts";
import { aState } from "../../http/builders.ts";
import { aTenant } from "../connections/a-reading.ts";

const SLOT_MS = Date.UTC(2026, 10, 22);
const PERIOD_MS = 15 * MINUTE_MS;
const suppression = { silences: [], acknowledgements: [], windows: [], openAbove: [] };
const context = {
  policy: aPolicy(),
  slotMs: SLOT_MS,
  observedAtMs: SLOT_MS + 1,
  nowMs: SLOT_MS + 2,
  periodMs: PERIOD_MS,
  digest,
  suppression,
};

const before: Head = { lastSlotMs: SLOT_MS - PERIOD_MS, observedAtMs: 0, periodMs: PERIOD_MS, sources: {} };
const fleet = { kind: "fleet", tenants: [], lines: [], channels: [], channelHealth: [] } as const;

function head(observed: Observed, last: Head | undefined = before): Head {
  return nextHead(last, { observed, states: [], notifications: 0 }, context);
}

describe("nextHead()", () => {
  it("says what was polled when, and how often", () => {
    expect(head({ kind: "closing" })).toStrictEqual({
      lastSlotMs: SLOT_MS,
      observedAtMs: SLOT_MS + 1,
      periodMs: PERIOD_MS,
      sources: {},
      counts: { polls: 1, failedPolls: 0, notifications: 0 },
    });
  });

  it("counts on from the head before: polls, those that read nothing, and notifications", () => {
    const observed = { kind: "closing" } as const;
    const counts = { polls: 3, failedPolls: 1, notifications: 7 };
    const poll = { observed, notifications: 0 };
    const dark = [aState({ reading: aTenant({ readable: false }) })];

    const bright = nextHead({ ...before, counts }, { ...poll, states: [], notifications: 2 }, context);
    const blind = nextHead({ ...before, counts }, { ...poll, states: dark }, context);

    expect(bright.counts).toEqual({ polls: 4, failedPolls: 1, notifications: 9 });
    expect(blind.counts).toEqual({ polls: 4, failedPolls: 2, notifications: 7 });
  });

  it("remembers the form of connectorStatus that worked, also through a poll in which none did", () => {
    const read = { sourceId: "connectorStatus", outcome: "read", rows: [], form: "select" } as const;

    const first = head({ kind: "tenant", reads: [read] });
    const second = head({ kind: "tenant", reads: [] }, first);

    expect([first, second].map(({ connectorStatusForm }) => connectorStatusForm)).toEqual(["select", "select"]);
  });

  it.each([
    { given: true, last: false, want: true },
    { given: false, last: true, want: false },
    { given: undefined, last: true, want: true },
    { given: undefined, last: undefined, want: undefined },
  ])("keeps $want of $given by the message and $last by the head", ({ given, last, want }) => {
    const remembered = last === undefined ? before : { ...before, graphUnavailable: last };
    const observed = { kind: "tenant", reads: [], graphUnavailable: given } as const;

    expect(head(observed, remembered).graphUnavailable).toBe(want);
    expect(isGraphUnavailable(remembered, observed)).toBe(want);
  });

  it("says of the fleet, and of no tenant, when the monitor came back", () => {
    expect(head(fleet).resumedSlotMs).toBe(SLOT_MS);
    expect(head({ kind: "tenant", reads: [] })).not.toHaveProperty("resumedSlotMs");
  });

  it("finds in the fleet that Graph is available unless its alert is open", () => {
    expect(head(fleet, { ...before, graphUnavailable: true }).graphUnavailable).toBe(false);
  });
});
