import { describe, expect, it } from "vitest";
import { deliveryRow, outboxRow } from "../../../../src/adapters/tables/delivery-rows.ts";
import type { RowCodec } from "../../../../src/adapters/tables/row-codec.ts";
import type { NotificationKind, OutboxRow } from "../../../../src/domain/delivery/notification.ts";
import { anOutboxRow, SLOT_MS } from "../../../builders/a-notification.ts";
import { aDelivery } from "../../../contract/storage/storage-builders.ts";

/** The row as a first version wrote it, which did not know why a channel is told. */
function withoutReason<T>(codec: RowCodec<T>, value: T): Readonly<Record<string, unknown>> {
  const columns = codec.toColumns(value);
  const { reason: _reason, ...facts } = JSON.parse(String(columns["facts"])) as Record<string, unknown>;
  return { ...columns, facts: JSON.stringify(facts) };
}

const FORMER = [
  { kind: "fired", reason: "first-firing" },
  { kind: "escalated", reason: "severity-rose" },
  { kind: "resolved", reason: "ended" },
] as const;

describe("outboxRow", () => {
  it("gives back every member", () => {
    const row: OutboxRow = anOutboxRow(
      { isFlapping: true, previousDateMs: SLOT_MS, reason: "bucket-crossed", kind: "reminder" },
      {
        attempts: 3,
        firstAttemptAtMs: SLOT_MS,
        lastAttemptAtMs: SLOT_MS + 1,
        heldMs: 2,
        leaseUntilMs: SLOT_MS + 3,
        owner: "drain-1",
        lastFailure: "http-503",
        dead: true,
      },
    );

    expect(outboxRow.fromRow(outboxRow.toColumns(row))).toEqual(row);
  });

  it.each(FORMER)("gives a $kind without a reason the reason $reason", ({ kind, reason }) => {
    const read = outboxRow.fromRow(withoutReason(outboxRow, anOutboxRow({ kind })));

    expect(read).toEqual(anOutboxRow({ kind, reason }));
  });

  it.each<NotificationKind>(["reminder", "deescalated", "flapping"])("does not read a %s without a reason", (kind) => {
    expect(outboxRow.fromRow(withoutReason(outboxRow, anOutboxRow({ kind })))).toBeUndefined();
  });

  it.each(["null", "1", "{}", '{"kind":1}'])("does not read a row with the facts %s", (facts) => {
    expect(outboxRow.fromRow({ ...outboxRow.toColumns(anOutboxRow()), facts })).toBeUndefined();
  });
});

describe("deliveryRow", () => {
  it.each(FORMER)("gives a $kind without a reason the reason $reason", ({ kind, reason }) => {
    const read = deliveryRow.fromRow(withoutReason(deliveryRow, aDelivery(anOutboxRow({ kind }))));

    expect(read).toEqual(aDelivery(anOutboxRow({ kind, reason })));
  });
});
