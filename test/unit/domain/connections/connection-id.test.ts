import { describe, expect, it } from "vitest";
import { connectionId } from "../../../../src/domain/connections/connection-id.ts";

describe("connectionId()", () => {
  it("joins kind and ids", () => {
    const id = connectionId("connector", "vppTokenLastSyncDateTime", "default");

    expect(id).toBe("connector:vppTokenLastSyncDateTime:default");
  });
});
