import { describe, expect, it } from "vitest";
import { parseDeliveryId, toDeliveryId } from "../../../../src/domain/delivery/delivery-id.ts";
import { notificationId } from "../../../../src/domain/delivery/notification.ts";
import { aNotification, SLOT_MS } from "../../../builders/a-notification.ts";

const ID = notificationId(aNotification(), "ops-2");

describe("toDeliveryId()", () => {
  it("names a newer record before an older one", () => {
    const ids = [0, SLOT_MS, SLOT_MS + 1].map((settledAtMs) => toDeliveryId({ settledAtMs, id: ID }));

    expect(ids.toSorted()).toEqual(ids.toReversed());
    expect(ids[0]).toBe(`9999999999999.${ID}`);
  });
});

describe("parseDeliveryId()", () => {
  it.each([0, SLOT_MS, 9_999_999_999_999])("reads what was written of the instant %s", (settledAtMs) => {
    const ref = { settledAtMs, id: ID };

    expect(parseDeliveryId(toDeliveryId(ref))).toEqual(ref);
  });

  it.each([
    "",
    ID,
    `12.${ID}`,
    "8204665599999.",
    "8204665599999.a|b",
    "8204665599999.a/b",
    `8204665599999.${"a".repeat(151)}`,
  ])("knows no record by the name '%s'", (text) => {
    expect(parseDeliveryId(text)).toBeUndefined();
  });
});
