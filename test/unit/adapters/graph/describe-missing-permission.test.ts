import { describe, expect, it } from "vitest";
import { describeMissingPermission } from "../../../../src/adapters/graph/describe-missing-permission.ts";

const LEAST = "DeviceManagementServiceConfig.Read.All";

describe("describeMissingPermission()", () => {
  it("names the documented permission when the message names none", () => {
    expect(describeMissingPermission("An error has occurred", LEAST)).toBe(
      "The application needs the permission DeviceManagementServiceConfig.Read.All",
    );
  });

  it("adds what Graph names to read, once each, and no permission to write", () => {
    const message =
      "must have one of the following scopes: DeviceManagementServiceConfiguration.Read.All, " +
      "DeviceManagementConfiguration.ReadWrite.All, DeviceManagementServiceConfig.Read.All, " +
      "DeviceManagementServiceConfiguration.Read.All";

    expect(describeMissingPermission(message, LEAST)).toBe(
      "The application needs the permission DeviceManagementServiceConfig.Read.All " +
        "(Graph names DeviceManagementServiceConfiguration.Read.All)",
    );
  });

  it("keeps to 256 characters whatever the message", () => {
    const message = "bcdefghij"
      .split("")
      .map((letter) => `X${letter.repeat(40)}.Read.All`)
      .join(" ");

    expect(describeMissingPermission(message, LEAST).length).toBeLessThanOrEqual(256);
  });
});
