import { describe, expect, it } from "vitest";
import {
  admitSend,
  type ChannelHealth,
  type FailedSend,
  healthAfterFailure,
  healthAfterRefusal,
  healthAfterSuccess,
} from "../../../../src/domain/delivery/channel-health.ts";

const NOW_MS = Date.UTC(2026, 10, 22);
const MINUTE_MS = 60_000;
const HEALTHY: ChannelHealth = { channel: "ops", failures: 0 };
const OPEN: ChannelHealth = { channel: "ops", failures: 6, openUntilMs: NOW_MS + 15 * MINUTE_MS };
const OFF = { reason: "http-410", targetDigest: "target-1", sinceMs: NOW_MS };

function aFailure(overrides: Partial<FailedSend> = {}): FailedSend {
  return { reason: "http-503", isDead: false, targetDigest: "target-1", nowMs: NOW_MS, ...overrides };
}

describe("admitSend()", () => {
  const in15 = NOW_MS + 15 * MINUTE_MS;

  it.each([
    { label: "healthy", health: HEALTHY, isFresh: false, want: { kind: "send" } },
    { label: "failing, not yet open", health: { ...HEALTHY, failures: 5 }, isFresh: false, want: { kind: "send" } },
    { label: "open, tried before", health: OPEN, isFresh: false, want: { kind: "skip", untilMs: in15 } },
    { label: "open, new", health: OPEN, isFresh: true, want: { kind: "probe" } },
    {
      label: "open, new, just probed",
      health: { ...OPEN, probedAtMs: NOW_MS - 1 },
      isFresh: true,
      want: { kind: "skip", untilMs: NOW_MS + MINUTE_MS - 1 },
    },
    {
      label: "open, new, probed a minute ago",
      health: { ...OPEN, probedAtMs: NOW_MS - MINUTE_MS },
      isFresh: true,
      want: { kind: "probe" },
    },
    { label: "open until now", health: { ...OPEN, openUntilMs: NOW_MS }, isFresh: false, want: { kind: "probe" } },
    {
      label: "open until now, just probed",
      health: { ...OPEN, openUntilMs: NOW_MS, probedAtMs: NOW_MS },
      isFresh: false,
      want: { kind: "skip", untilMs: NOW_MS + MINUTE_MS },
    },
    {
      label: "open longer than ever, by a wrong clock",
      health: { ...OPEN, openUntilMs: in15 + 1 },
      isFresh: false,
      want: { kind: "probe" },
    },
    {
      label: "probed in the future, by a wrong clock",
      health: { ...OPEN, probedAtMs: NOW_MS + 1 },
      isFresh: true,
      want: { kind: "probe" },
    },
    { label: "off", health: { ...HEALTHY, off: OFF }, isFresh: true, want: { kind: "refuse", reason: "target-gone" } },
    {
      label: "off for another target",
      health: { ...HEALTHY, off: { ...OFF, targetDigest: "target-0" } },
      isFresh: false,
      want: { kind: "send" },
    },
  ])("says $want.kind of a channel that is $label", ({ health, isFresh, want }) => {
    expect(admitSend(health, { targetDigest: "target-1", isFresh, nowMs: NOW_MS })).toMatchObject(want);
  });

  it("claims a probe by its time alone", () => {
    const admission = admitSend(OPEN, { targetDigest: "target-1", isFresh: true, nowMs: NOW_MS });

    expect(admission).toEqual({ kind: "probe", next: { ...OPEN, probedAtMs: NOW_MS } });
  });
});

describe("healthAfterFailure()", () => {
  it.each([
    { before: 0, failures: 1, openUntilMs: undefined },
    { before: 4, failures: 5, openUntilMs: undefined },
    { before: 5, failures: 6, openUntilMs: NOW_MS + 15 * MINUTE_MS },
    { before: 6, failures: 7, openUntilMs: NOW_MS + 15 * MINUTE_MS },
  ])("opens for 15 minutes from the sixth on: $failures gives $openUntilMs", ({ before, failures, openUntilMs }) => {
    const health = healthAfterFailure({ ...HEALTHY, failures: before }, aFailure());

    expect(health.failures).toBe(failures);
    expect(health.openUntilMs).toBe(openUntilMs);
    expect(health.probedAtMs).toBe(openUntilMs === undefined ? undefined : NOW_MS);
  });

  it("remembers what was given up", () => {
    const health = healthAfterFailure(HEALTHY, aFailure({ reason: "http-404", isDead: true }));

    expect(health).toEqual({
      ...HEALTHY,
      failures: 1,
      lastFailure: "http-404",
      deadAtMs: NOW_MS,
      deadReason: "http-404",
    });
  });

  it("remembers why the newest send failed, whatever was given up before", () => {
    const health = healthAfterFailure({ ...HEALTHY, deadReason: "http-404", lastFailure: "http-404" }, aFailure());

    expect(health).toMatchObject({ lastFailure: "http-503", deadReason: "http-404" });
  });

  it("switches the target off that says it is gone", () => {
    const health = healthAfterFailure(HEALTHY, aFailure({ reason: "http-410" }));

    expect(health).toEqual({ ...HEALTHY, failures: 1, lastFailure: "http-410", off: OFF });
  });

  it.each([
    { targetDigest: "target-1", off: OFF },
    { targetDigest: "target-2", off: undefined },
  ])("knows of a failure of $targetDigest whether the channel is still off", ({ targetDigest, off }) => {
    expect(healthAfterFailure({ ...HEALTHY, off: OFF }, aFailure({ targetDigest })).off).toEqual(off);
  });
});

describe("healthAfterSuccess()", () => {
  it("has nothing to write for a healthy channel", () => {
    expect(healthAfterSuccess(HEALTHY)).toBeUndefined();
  });

  it.each<{ readonly label: string; readonly health: ChannelHealth }>([
    { label: "failures", health: { ...HEALTHY, failures: 1, lastFailure: "timeout" } },
    { label: "an open breaker", health: OPEN },
    { label: "what was given up", health: { ...HEALTHY, deadAtMs: NOW_MS, deadReason: "http-404" } },
    { label: "a target that was gone", health: { ...HEALTHY, off: OFF } },
  ])("forgets $label", ({ health }) => {
    expect(healthAfterSuccess(health)).toEqual(HEALTHY);
  });
});

describe("healthAfterRefusal()", () => {
  it("remembers what was given up unsent, and no failure", () => {
    expect(healthAfterRefusal({ ...HEALTHY, off: OFF }, NOW_MS)).toEqual({
      ...HEALTHY,
      off: OFF,
      deadAtMs: NOW_MS,
      deadReason: "target-gone",
    });
  });
});
