import { describe, expect, it } from "vitest";
import { deliveriesOfDay, deliveryRows } from "../../../../dashboard/model/delivery-rows.ts";
import type { DeliveryBody } from "../../../../src/http/contract/deliveries.ts";

function aDelivery(changes: Partial<DeliveryBody>): DeliveryBody {
  return {
    notificationId: "n",
    status: "delivered",
    channel: "ops",
    kind: "fired",
    toldBecause: "first-firing",
    ruleId: "sync-age",
    severity: "error",
    alertKey: "a",
    episode: "e",
    connectionKey: "k",
    connectionKind: "connector",
    connectionName: "Jamf",
    slotDateTime: "2026-11-20T10:00:00Z",
    firedDateTime: "2026-11-20T10:00:00Z",
    attempts: 1,
    ...changes,
  };
}

const TENANTS = [
  { tenantId: "t1", tenantName: "Contoso" },
  { tenantId: "t2", tenantName: "Fabrikam" },
];

function ready(tenantId: string, ...value: readonly DeliveryBody[]) {
  return { kind: "ready", body: { tenantId, value } };
}

describe("deliveryRows()", () => {
  it("lists all tenants by when each was settled, or planned while it is not, newest first", () => {
    const settled = aDelivery({ notificationId: "settled", settledDateTime: "2026-11-22T00:00:00Z" });
    const pending = aDelivery({ notificationId: "pending", status: "pending", slotDateTime: "2026-11-21T00:00:00Z" });

    const rows = deliveryRows([ready("t1", pending), ready("t2", settled)], TENANTS);

    expect(rows.map(({ delivery, tenantName }) => `${delivery.notificationId} ${tenantName}`)).toEqual([
      "settled Fabrikam",
      "pending Contoso",
    ]);
  });

  it("leaves out what could not be read", () => {
    expect(deliveryRows([{ kind: "failed" }, ready("t2", aDelivery({}))], TENANTS)).toHaveLength(1);
  });
});

describe("deliveriesOfDay()", () => {
  it("keeps what the polls of that day planned for that connection", () => {
    const rows = deliveryRows(
      [
        ready(
          "t1",
          aDelivery({ notificationId: "hit", settledDateTime: "2026-11-21T00:00:03Z" }),
          aDelivery({ notificationId: "other connection", connectionKey: "x" }),
          aDelivery({ notificationId: "other day", slotDateTime: "2026-11-21T00:00:00Z" }),
        ),
      ],
      TENANTS,
    );

    const kept = deliveriesOfDay(rows, { connectionKey: "k", day: "2026-11-20" });

    expect(kept.map(({ delivery }) => delivery.notificationId)).toEqual(["hit"]);
  });
});
