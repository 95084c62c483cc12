import { describe, expect, it } from "vitest";
import {
  CONNECTOR_NAMES,
  connectorType,
  MOBILE_THREAT_DEFENSE,
} from "../../../../src/domain/connections/connector-catalogue.ts";

describe("connectorType()", () => {
  it("knows the 16 members of connectorName in the order of their numbers", () => {
    expect(CONNECTOR_NAMES).toHaveLength(16);
    expect([CONNECTOR_NAMES[0], CONNECTOR_NAMES[13], CONNECTOR_NAMES[15]]).toStrictEqual([
      "applePushNotificationServiceExpirationDateTime",
      MOBILE_THREAT_DEFENSE,
      "futureValue",
    ]);
  });

  it("says of each name what its date means", () => {
    const meanings = Map.groupBy(CONNECTOR_NAMES, (name) => connectorType(name)?.meaning);

    const counts = Object.fromEntries([...meanings].map(([meaning, names]) => [meaning, names.length]));

    expect(counts).toStrictEqual({ expiry: 3, sync: 8, connection: 1, heartbeat: 2, none: 2 });
  });

  it.each(["aNameOfTheFuture", "constructor", "__proto__"])("knows nothing of %s", (name) => {
    expect(connectorType(name)).toBeUndefined();
  });
});
