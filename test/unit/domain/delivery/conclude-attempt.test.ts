import { describe, expect, it } from "vitest";
import { claimRow, concludeAttempt, keptRowsOf } from "../../../../src/domain/delivery/conclude-attempt.ts";
import { anOutboxRow, SLOT_MS, stored } from "../../../builders/a-notification.ts";

const HOUR_MS = 3_600_000;
const NOW_MS = SLOT_MS + 10_000;
const WHEN = { nowMs: NOW_MS, random: 0.5 };

describe("claimRow()", () => {
  it("counts the attempt and leases the row for a minute", () => {
    const claimed = claimRow(anOutboxRow(), "worker-1", NOW_MS);

    expect(claimed).toEqual({
      ...anOutboxRow(),
      attempts: 1,
      firstAttemptAtMs: NOW_MS,
      leaseUntilMs: NOW_MS + 60_000,
      owner: "worker-1",
    });
  });

  it("keeps the time of the first attempt", () => {
    const row = anOutboxRow({}, { attempts: 3, firstAttemptAtMs: SLOT_MS });

    expect(claimRow(row, "worker-1", NOW_MS)).toMatchObject({ attempts: 4, firstAttemptAtMs: SLOT_MS });
  });
});

describe("concludeAttempt()", () => {
  const claimed = claimRow(anOutboxRow(), "worker-1", SLOT_MS);

  it("settles what was delivered", () => {
    expect(concludeAttempt(claimed, { kind: "delivered" }, WHEN)).toEqual({
      kind: "settle",
      delivery: {
        id: `${claimed.facts.episode}.${SLOT_MS}.fired.ops`,
        facts: claimed.facts,
        channel: "ops",
        outcome: "delivered",
        attempts: 1,
        settledAtMs: NOW_MS,
      },
      clearsKept: true,
    });
  });

  it("gives the lease back and writes down when to try again", () => {
    const conclusion = concludeAttempt(claimed, { kind: "retry", reason: "http-503" }, WHEN);

    const next = anOutboxRow(
      {},
      { attempts: 1, firstAttemptAtMs: SLOT_MS, nextAttemptAtMs: NOW_MS + 5_000, lastFailure: "http-503" },
    );
    expect(conclusion).toEqual({ kind: "postpone", next });
    expect(conclusion).not.toHaveProperty("next.owner");
    expect(conclusion).not.toHaveProperty("next.leaseUntilMs");
  });

  it("waits as long as the receiver asks", () => {
    const conclusion = concludeAttempt(claimed, { kind: "retry", reason: "http-429", retryAfterMs: 120_000 }, WHEN);

    expect(conclusion).toMatchObject({ kind: "postpone", next: { nextAttemptAtMs: NOW_MS + 120_000 } });
  });

  it("buries a fired that can never be delivered and keeps its row, without lease", () => {
    const conclusion = concludeAttempt(claimed, { kind: "final", reason: "http-404" }, WHEN);

    expect(conclusion).toMatchObject({
      kind: "settle",
      delivery: { outcome: "dead", reason: "http-404", attempts: 1, settledAtMs: NOW_MS },
      clearsKept: false,
    });
    const keep = anOutboxRow({}, { attempts: 1, firstAttemptAtMs: SLOT_MS, lastFailure: "http-404", dead: true });
    expect(conclusion).toHaveProperty("keep", keep);
  });

  it("buries what did not get through in 72 h under the code of its last failure", () => {
    const late = { ...claimed, attempts: 150 };

    const conclusion = concludeAttempt(
      late,
      { kind: "retry", reason: "timeout" },
      { nowMs: SLOT_MS + 72 * HOUR_MS, random: 0 },
    );

    expect(conclusion).toMatchObject({
      kind: "settle",
      delivery: { outcome: "dead", reason: "timeout", attempts: 150 },
    });
  });

  it.each([
    { kind: "escalated", clearsKept: false },
    { kind: "resolved", clearsKept: true },
  ] as const)("keeps no row of a dead $kind", ({ kind, clearsKept }) => {
    const row = claimRow(anOutboxRow({ kind }), "worker-1", SLOT_MS);

    const conclusion = concludeAttempt(row, { kind: "final", reason: "http-400" }, WHEN);

    expect(conclusion).not.toHaveProperty("keep");
    expect(conclusion).toMatchObject({ clearsKept });
  });
});

describe("keptRowsOf()", () => {
  it("finds the dead rows of the same episode and channel only", () => {
    const row = anOutboxRow({ kind: "resolved" });
    const dead = stored(anOutboxRow({}, { dead: true }));
    const others = [
      stored(anOutboxRow()),
      stored(anOutboxRow({}, { dead: true, channel: "pager" })),
      stored(anOutboxRow({ episode: "another" }, { dead: true })),
    ];

    expect(keptRowsOf(row, [dead, ...others])).toEqual([dead]);
  });
});
