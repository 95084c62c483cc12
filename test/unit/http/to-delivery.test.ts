import { describe, expect, it } from "vitest";
import { toPendingDelivery, toSettledDelivery } from "../../../src/http/to-delivery.ts";
import { anOutboxRow, SLOT_MS } from "../../builders/a-notification.ts";
import { aDelivery } from "../../contract/storage/storage-builders.ts";

const ROW = anOutboxRow(
  {},
  { attempts: 2, lastAttemptAtMs: SLOT_MS + 5_000, nextAttemptAtMs: SLOT_MS + 65_000, lastFailure: "http-503" },
);
const NOTIFICATION_ID = `${"a".repeat(32)}-${SLOT_MS}.${SLOT_MS}.fired.ops`;
const FACTS = {
  notificationId: NOTIFICATION_ID,
  channel: "ops",
  kind: "fired",
  toldBecause: "first-firing",
  ruleId: "heartbeat-age",
  severity: "error",
  alertKey: "a".repeat(32),
  episode: `${"a".repeat(32)}-${SLOT_MS}`,
  connectionKey: "0123456789abcdef0123456789abcdef",
  connectionKind: "compliance-management-partner",
  connectionName: "Jamf Device Compliance",
  slotDateTime: "2026-11-22T04:00:00Z",
  firedDateTime: "2026-11-22T04:00:00Z",
};

describe("toPendingDelivery()", () => {
  it("says what is on its way, and when it is tried next", () => {
    expect(toPendingDelivery(ROW)).toEqual({
      ...FACTS,
      status: "pending",
      attempts: 2,
      reason: "http-503",
      lastAttemptDateTime: "2026-11-22T04:00:05Z",
      nextAttemptDateTime: "2026-11-22T04:01:05Z",
    });
  });
});

describe("toSettledDelivery()", () => {
  it("says how it ended, by a name under which it can be replayed", () => {
    const delivery = aDelivery(ROW, { outcome: "dead", attempts: 9, reason: "http-404", settledAtMs: SLOT_MS + 7_000 });

    expect(toSettledDelivery(delivery)).toEqual({
      ...FACTS,
      id: `${9_999_999_999_999 - SLOT_MS - 7_000}.${NOTIFICATION_ID}`,
      status: "dead",
      attempts: 9,
      reason: "http-404",
      settledDateTime: "2026-11-22T04:00:07Z",
    });
  });
});
