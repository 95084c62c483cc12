import { describe, expect, it } from "vitest";
import { PAUSE_STEPS, replayReadings } from "../../../../src/domain/history/replay-readings.ts";
import { HOUR_MS, MINUTE_MS } from "../../../../src/domain/units.ts";
import { aPolicy } from "../../../builders/a-policy.ts";
import { countPauses, finish, PERIOD_MS, START_MS, snapshotsOf } from "./a-replay.ts";

const policy = aPolicy();
const at = (polls: number) => START_MS + polls * PERIOD_MS;

/** A partner whose last beat stays where it was: its reading does not change. */
function silentFor(polls: number, ageMs = HOUR_MS): readonly number[] {
  return Array.from({ length: polls }, (_, index) => ageMs + index * PERIOD_MS);
}

function replay(...given: Parameters<typeof replayReadings>) {
  return finish(replayReadings(...given));
}

describe("replayReadings()", () => {
  it("has one step a period, whose reading is the newest one until then", () => {
    const snapshots = snapshotsOf([HOUR_MS, HOUR_MS, HOUR_MS]);

    const steps = replay({ snapshots, firstSeenAtMs: 0 }, { fromMs: at(0), toMs: at(3) }, policy);

    expect(steps.map(({ slotMs }) => slotMs)).toEqual([at(0), at(1), at(2)]);
    expect(steps.map(({ input }) => input.reading)).toEqual(snapshots.map(({ reading }) => reading));
  });

  it("lets a reading that did not change grow older, by the clock of the polls", () => {
    const snapshots = snapshotsOf(silentFor(4));

    const steps = replay({ snapshots, firstSeenAtMs: 0 }, { fromMs: at(0), toMs: at(4) }, policy);

    expect(snapshots).toHaveLength(1);
    expect(steps.map(({ input }) => input.observedAtMs - START_MS)).toEqual(
      [0, 1, 2, 3].map((index) => index * PERIOD_MS + MINUTE_MS),
    );
    expect(steps.map(({ input }) => input.nowMs)).toEqual(steps.map(({ input }) => input.observedAtMs));
  });

  it("is blind from where a snapshot is missing, up to the next one", () => {
    const blind = Array.from({ length: 6 }, () => undefined);
    const snapshots = snapshotsOf([...silentFor(5), ...blind, ...silentFor(2)]);

    const steps = replay({ snapshots, firstSeenAtMs: 0 }, { fromMs: at(0), toMs: at(13) }, policy);

    expect(steps.map(({ input }) => (input.isBlind ? "?" : ".")).join("")).toBe("........???..");
    expect(steps[8]?.input.observedAtMs).toBe(at(4) + MINUTE_MS);
  });

  it("is not blind while a reading that stays the same is stored each hour", () => {
    const snapshots = snapshotsOf(silentFor(24));

    const steps = replay({ snapshots, firstSeenAtMs: 0 }, { fromMs: at(0), toMs: at(24) }, policy);

    expect(snapshots).toHaveLength(6);
    expect(steps.filter(({ input }) => input.isBlind)).toEqual([]);
  });

  it("knows at the beginning what was stored before it", () => {
    const snapshots = snapshotsOf(silentFor(3));

    const steps = replay({ snapshots, firstSeenAtMs: 0 }, { fromMs: at(1) + 1, toMs: at(4) }, policy);

    expect(steps.map(({ slotMs }) => slotMs)).toEqual([at(2), at(3)]);
  });

  it("has no step before the first reading, which it knows for the first of all", () => {
    const snapshots = snapshotsOf(silentFor(2)).map((one) => ({ ...one, slotMs: one.slotMs + 2 * PERIOD_MS }));
    const span = { fromMs: at(0), toMs: at(4) };

    const fresh = replay({ snapshots, firstSeenAtMs: at(2) }, span, policy);
    const known = replay({ snapshots, firstSeenAtMs: at(1) }, span, policy);

    expect(fresh.map(({ slotMs, isFirst }) => [slotMs, isFirst])).toEqual([
      [at(2), true],
      [at(3), false],
    ]);
    expect(known.map(({ isFirst }) => isFirst)).toEqual([false, false]);
  });

  it("tells when the connection was seen first, which may be long ago", () => {
    const [step] = replay(
      { snapshots: snapshotsOf([HOUR_MS]), firstSeenAtMs: 7 },
      { fromMs: at(0), toMs: at(1) },
      policy,
    );

    expect(step?.input.firstSeenAtMs).toBe(7);
  });

  it("judges the standing by the policy", () => {
    const ignore = [{ connection: "*", reason: "old" }];
    const span = { fromMs: at(0), toMs: at(1) };

    const [step] = replay({ snapshots: snapshotsOf([HOUR_MS]), firstSeenAtMs: 0 }, span, aPolicy({ ignore }));

    expect(step?.input.standing).toEqual({ standing: "ignored", reason: "old" });
  });

  it("has no steps without snapshots", () => {
    const record = { snapshots: [], firstSeenAtMs: 0 };

    expect(replay(record, { fromMs: at(0), toMs: at(9) }, policy)).toEqual([]);
  });

  it("pauses time and again", () => {
    const record = { snapshots: snapshotsOf([HOUR_MS]), firstSeenAtMs: 0 };

    const work = replayReadings(record, { fromMs: at(0), toMs: at(2 * PAUSE_STEPS) }, policy);

    expect(countPauses(work)).toBe(2);
  });
});
