import { describe, expect, it } from "vitest";
import { toQuiet } from "../../../src/http/to-quiet.ts";

describe("toQuiet()", () => {
  it("writes until when as an instant", () => {
    const silence = { kind: "silence", id: "s1", untilMs: 0, by: "anna", reason: "known" } as const;

    expect(toQuiet(silence)).toEqual({
      kind: "silence",
      id: "s1",
      untilDateTime: "1970-01-01T00:00:00Z",
      by: "anna",
      reason: "known",
    });
  });

  it.each([
    { kind: "maintenance", name: "patch night" },
    { kind: "inhibited", by: "partner-state" },
    { kind: "flapping" },
  ] as const)("leaves $kind as it is", (reason) => {
    expect(toQuiet(reason)).toBe(reason);
  });
});
