import { describe, expect, it } from "vitest";
import { defined } from "../../../../src/domain/defined.ts";
import {
  type AttemptOutcome,
  claimRow,
  concludeAttempt,
  concludeUnsent,
  keptRowsOf,
  mustGoAlone,
  outcomeForEach,
  toSuperseded,
} from "../../../../src/domain/delivery/conclude-attempt.ts";
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
      lastAttemptAtMs: NOW_MS,
      leaseUntilMs: NOW_MS + 60_000,
      owner: "worker-1",
    });
  });

  it("keeps the time of the first attempt", () => {
    const row = anOutboxRow({}, { attempts: 3, firstAttemptAtMs: SLOT_MS });

    expect(claimRow(row, "worker-1", NOW_MS)).toMatchObject({ attempts: 4, firstAttemptAtMs: SLOT_MS });
  });

  it("does not believe in a first attempt that is still to come", () => {
    const row = anOutboxRow({}, { attempts: 3, firstAttemptAtMs: NOW_MS + 1 });

    expect(claimRow(row, "worker-1", NOW_MS)).toMatchObject({ firstAttemptAtMs: NOW_MS });
  });

  it.each([
    { label: "a first attempt", row: { nextAttemptAtMs: NOW_MS - 5 }, heldMs: undefined },
    { label: "an attempt in time", row: { attempts: 1, nextAttemptAtMs: NOW_MS }, heldMs: 0 },
    { label: "an attempt 5 ms late", row: { attempts: 1, nextAttemptAtMs: NOW_MS - 5 }, heldMs: 5 },
    { label: "one more late attempt", row: { attempts: 2, nextAttemptAtMs: NOW_MS - 5, heldMs: 7 }, heldMs: 12 },
    { label: "an attempt before its time", row: { attempts: 1, nextAttemptAtMs: NOW_MS + 5, heldMs: 7 }, heldMs: 7 },
    {
      label: "an attempt after one that was cut off",
      row: { attempts: 1, nextAttemptAtMs: NOW_MS - 99_000, leaseUntilMs: NOW_MS - 3 },
      heldMs: 3,
    },
  ])("remembers $heldMs ms of $label as time that does not count", ({ row, heldMs }) => {
    expect(claimRow(anOutboxRow({}, row), "worker-1", NOW_MS).heldMs).toBe(heldMs);
  });
});

describe("concludeAttempt()", () => {
  const claimed = claimRow(anOutboxRow(), "worker-1", SLOT_MS);

  it("names why a notification that was delivered at last may have come more than once", () => {
    const failed = claimRow(anOutboxRow({}, { attempts: 1, lastFailure: "timeout" }), "worker-1", NOW_MS);
    const stopped = claimRow({ ...claimed, lastFailure: "timeout" }, "worker-2", SLOT_MS + 120_000);

    const conclusions = [failed, stopped].map((row) => concludeAttempt(row, { kind: "delivered" }, WHEN));

    expect(conclusions).toMatchObject([
      { delivery: { outcome: "delivered", attempts: 2, reason: "timeout" } },
      { delivery: { outcome: "delivered", attempts: 2, reason: "sender-stopped" } },
    ]);
  });

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
      {
        attempts: 1,
        firstAttemptAtMs: SLOT_MS,
        lastAttemptAtMs: SLOT_MS,
        nextAttemptAtMs: NOW_MS + 5_000,
        lastFailure: "http-503",
      },
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
    const keep = anOutboxRow(
      {},
      { attempts: 1, firstAttemptAtMs: SLOT_MS, lastAttemptAtMs: SLOT_MS, lastFailure: "http-404", dead: true },
    );
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

  it("does not count the time that a silence held it", () => {
    const late = { ...claimed, attempts: 150, heldMs: 40 * HOUR_MS };

    const conclude = (nowMs: number) =>
      concludeAttempt(late, { kind: "retry", reason: "timeout" }, { nowMs, random: 0.5 }).kind;

    expect(conclude(SLOT_MS + 111 * HOUR_MS)).toBe("postpone");
    expect(conclude(SLOT_MS + 112 * HOUR_MS)).toBe("settle");
  });

  it.each([
    { kind: "escalated", clearsKept: false },
    { kind: "resolved", clearsKept: true },
  ] as const)("keeps no row of a dead $kind", ({ kind, clearsKept }) => {
    const row = claimRow(anOutboxRow({ kind }), "worker-1", SLOT_MS);

    const conclusion = concludeAttempt(row, { kind: "final", reason: "http-400" }, WHEN);

    expect(conclusion).not.toHaveProperty("keep");
    expect(conclusion).toMatchObject({ kind: "settle", clearsKept });
  });
});

describe("concludeUnsent()", () => {
  it("buries a fired without an attempt and keeps its row", () => {
    const row = anOutboxRow();

    const conclusion = concludeUnsent(row, "target-gone", NOW_MS);

    expect(conclusion).toMatchObject({
      delivery: { outcome: "dead", attempts: 0, reason: "target-gone", settledAtMs: NOW_MS },
      keep: { ...row, dead: true, lastFailure: "target-gone" },
    });
  });
});

describe("toSuperseded()", () => {
  it("names why the row was not sent", () => {
    const record = toSuperseded(anOutboxRow(), "silenced-whole-episode", NOW_MS);

    expect(record).toMatchObject({ outcome: "superseded", reason: "silenced-whole-episode", settledAtMs: NOW_MS });
  });
});

describe("outcomeForEach() and mustGoAlone()", () => {
  const refused = { kind: "final", reason: "http-400" } as const;

  it.each<{ readonly outcome: AttemptOutcome; readonly count: number; readonly want: AttemptOutcome }>([
    { outcome: { kind: "delivered" }, count: 45, want: { kind: "delivered" } },
    { outcome: { kind: "retry", reason: "timeout" }, count: 45, want: { kind: "retry", reason: "timeout" } },
    { outcome: refused, count: 1, want: refused },
    { outcome: refused, count: 2, want: { kind: "retry", reason: "group-http-400" } },
    { outcome: { kind: "final", reason: "http-410" }, count: 2, want: { kind: "final", reason: "http-410" } },
  ])("make of $outcome for a message of $count: $want", ({ outcome, count, want }) => {
    expect(outcomeForEach(outcome, count)).toEqual(want);
  });

  it.each([
    { lastFailure: "group-http-400", want: true },
    { lastFailure: "http-503", want: false },
    { lastFailure: undefined, want: false },
  ])("send a row alone after $lastFailure: $want", ({ lastFailure, want }) => {
    expect(mustGoAlone(anOutboxRow({}, defined({ lastFailure })))).toBe(want);
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
