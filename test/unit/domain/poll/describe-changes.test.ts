import { describe, expect, it } from "vitest";
import type { Reading, SourceReading } from "../../../../src/domain/connections/reading.ts";
import type { ConnectionState } from "../../../../src/domain/poll/connection-state.ts";
import { describeChanges } from "../../../../src/domain/poll/describe-changes.ts";
import type { PollContext } from "../../../../src/domain/poll/poll-context.ts";
import { MINUTE_MS } from "../../../../src/domain/units.ts";
import { aPolicy, digest } from "../../../builders/a-policy.ts";

const PERIOD_MS = 15 * MINUTE_MS;
const SLOT_MS = Date.UTC(2026, 10, 22);

const context: PollContext = {
  policy: aPolicy(),
  slotMs: SLOT_MS,
  observedAtMs: SLOT_MS + 1_000,
  nowMs: SLOT_MS + 2_000,
  periodMs: PERIOD_MS,
  digest,
  suppression: { silences: [], acknowledgements: [], windows: [], openAbove: [] },
};

const partner: Reading = {
  kind: "compliance-management-partner",
  connectionId: "compliance-management-partner:1",
  displayName: "Kandji",
  problems: [],
  state: "enabled",
  lastContact: "never",
  onboarded: {},
  assignments: {},
};

function aSource(overrides: Partial<SourceReading> = {}): SourceReading {
  return {
    kind: "source",
    connectionId: "source:connectorStatus",
    displayName: "Connector status",
    problems: [],
    sourceId: "connectorStatus",
    outcome: "read",
    failedPolls: 0,
    lastGoodAtMs: SLOT_MS - PERIOD_MS,
    rowCount: 3,
    ...overrides,
  };
}

function aState(reading: Reading, overrides: Partial<ConnectionState> = {}): ConnectionState {
  return {
    connectionKey: digest(reading.connectionId),
    reading,
    observedAtMs: context.observedAtMs,
    standing: { standing: "active" },
    alerts: {},
    lastSlotMs: SLOT_MS,
    lastCountedSlotMs: SLOT_MS,
    firstSeenAtMs: SLOT_MS,
    lastSeenAtMs: SLOT_MS,
    absentPolls: 0,
    ...overrides,
  };
}

function changesOf(
  previous: ConnectionState | undefined,
  observed: ConnectionState,
  sighting: "seen" | "blind" = "seen",
) {
  return describeChanges(previous, observed, { sighting, context });
}

function marks(...names: readonly string[]) {
  return names.map((name) => ({ name, match: {} }));
}

describe("describeChanges()", () => {
  it("tells of a partner that is seen for the first time, but not of our own views", () => {
    expect(changesOf(undefined, aState(partner))).toEqual([{ type: "appeared", returned: false }]);
    expect(changesOf(undefined, aState(aSource()))).toEqual([]);
  });

  it.each([
    { outcome: "not-available", reason: "unlicensed" },
    { outcome: "unreadable", reason: "forbidden" },
  ] as const)("tells of a source that is $outcome at first sight: $reason", (unread) => {
    expect(changesOf(undefined, aState(aSource(unread)))).toEqual([
      { type: "state", from: "not-polled", to: `${unread.outcome}: ${unread.reason}` },
    ]);
  });

  it("says nothing when nothing changed", () => {
    expect(changesOf(aState(partner), aState(partner))).toEqual([]);
  });

  it("tells of a new state, by the raw word where it is not one of ours", () => {
    const quarantined = aState({ ...partner, state: "unknown", stateAsSent: "quarantined" });

    expect(changesOf(aState(partner), quarantined)).toEqual([{ type: "state", from: "enabled", to: "quarantined" }]);
  });

  it("tells of a new standing with its reason", () => {
    const ignored = aState(partner, { standing: { standing: "ignored", reason: "migrated" } });

    expect(changesOf(aState(partner), ignored)).toEqual([
      { type: "standing", from: "active", to: "ignored", reason: "migrated" },
    ]);
  });

  it.each([
    { before: undefined, after: marks("patch"), began: marks("patch"), ended: [] },
    { before: marks("patch"), after: undefined, began: [], ended: marks("patch") },
    { before: marks("patch", "old"), after: marks("patch", "new"), began: marks("new"), ended: marks("old") },
  ])("tells that maintenance began, $began, and ended, $ended", ({ before, after, began, ended }) => {
    const changes = changesOf(aState(partner, { activeWindows: before }), aState(partner, { activeWindows: after }));

    expect(changes).toEqual([{ type: "maintenance", began, ended }]);
  });

  it("says nothing of maintenance that goes on", () => {
    const state = aState(partner, { activeWindows: marks("patch") });

    expect(changesOf(state, state)).toEqual([]);
  });

  it("tells of a change of configuration in its own slot only", () => {
    const change = { slotMs: SLOT_MS, severity: "warning" as const, changes: ["macOs onboarded true → false"] };
    const older = { ...change, slotMs: SLOT_MS - PERIOD_MS };

    expect(changesOf(aState(partner), aState(partner, { configurationChange: change }))).toEqual([
      { type: "configuration", severity: "warning", changes: change.changes },
    ]);
    expect(changesOf(aState(partner), aState(partner, { configurationChange: older }))).toEqual([]);
  });

  describe("the gap of a source", () => {
    const blind = aSource({
      outcome: "unreadable",
      reason: "forbidden",
      failedPolls: 2,
      failingSinceMs: SLOT_MS - 2 * PERIOD_MS,
    });
    const neverRead = { ...blind, lastGoodAtMs: undefined };
    const longAgo = (periods: number): SourceReading =>
      aSource({ lastGoodAtMs: context.observedAtMs - periods * PERIOD_MS });

    it.each([
      { after: "an unreadable run", before: blind, gap: { fromMs: SLOT_MS - PERIOD_MS, reason: "forbidden" } },
      {
        after: "more than three periods without a poll",
        before: longAgo(3.01),
        gap: { fromMs: context.observedAtMs - 3.01 * PERIOD_MS, reason: "not-polled" },
      },
    ])("is told from the last good read to this one after $after", ({ before, gap }) => {
      const gaps = changesOf(aState(before), aState(aSource())).filter(({ type }) => type === "gap");

      expect(gaps).toEqual([{ type: "gap", toMs: context.observedAtMs, ...gap }]);
    });

    it("begins with the first failure when the source was never read before", () => {
      const { lastGoodAtMs: _, ...before } = neverRead;

      expect(changesOf(aState(before), aState(aSource()))).toContainEqual(
        expect.objectContaining({ type: "gap", fromMs: SLOT_MS - 2 * PERIOD_MS }),
      );
    });

    it.each([
      { when: "it is still unreadable", before: blind, after: blind },
      { when: "three periods have passed and no more", before: longAgo(3), after: aSource() },
    ])("is not told when $when", ({ before, after }) => {
      expect(changesOf(aState(before), aState(after)).filter(({ type }) => type === "gap")).toEqual([]);
    });
  });
});
