import { describe, expect, it } from "vitest";
import { isAllowed, levelOf } from "../../../../../local/host/http/keys.ts";

describe("levelOf()", () => {
  it.each([
    { key: null, want: "anonymous" },
    { key: "", want: "anonymous" },
    { key: "f-key", want: "function" },
    { key: "m-key", want: "admin" },
    { key: "f-ke", want: "anonymous" },
    { key: "F-KEY", want: "anonymous" },
  ])("answers $want for $key", ({ key, want }) => {
    expect(levelOf(key, { functionKey: "f-key", masterKey: "m-key" })).toBe(want);
  });

  it("takes no empty key even where one was configured", () => {
    expect(levelOf("", { functionKey: "", masterKey: "" })).toBe("anonymous");
  });
});

describe("isAllowed()", () => {
  it.each([
    { given: "anonymous", allowed: ["anonymous"] },
    { given: "function", allowed: ["anonymous", "function"] },
    { given: "admin", allowed: ["anonymous", "function", "admin"] },
  ] as const)("lets $given call $allowed", ({ given, allowed }) => {
    const levels = (["anonymous", "function", "admin"] as const).filter((wanted) => isAllowed(given, wanted));

    expect(levels).toEqual(allowed);
  });
});
