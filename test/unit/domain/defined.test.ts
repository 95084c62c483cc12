import { describe, expect, it } from "vitest";
import { defined } from "../../../src/domain/defined.ts";

describe("defined()", () => {
  it("leaves out what is undefined and keeps every other empty value", () => {
    const properties = { none: undefined, no: false, zero: 0, blank: "" };

    const kept = defined(properties);

    expect(Object.entries(kept)).toStrictEqual([
      ["no", false],
      ["zero", 0],
      ["blank", ""],
    ]);
  });
});
