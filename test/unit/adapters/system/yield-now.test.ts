import { describe, expect, it } from "vitest";
import { yieldNow } from "../../../../src/adapters/system/yield-now.ts";

describe("yieldNow()", () => {
  it("lets run what waits in the event loop, and not only promises", async () => {
    const ran: string[] = [];
    setImmediate(() => ran.push("other"));

    await yieldNow();

    expect(ran).toEqual(["other"]);
  });
});
