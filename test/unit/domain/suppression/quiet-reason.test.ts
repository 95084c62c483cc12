import { describe, expect, it } from "vitest";
import { nameOfQuiet, type QuietReason } from "../../../../src/domain/suppression/quiet-reason.ts";

const silence = { kind: "silence", id: "s-1", untilMs: 1, by: "ann", reason: "known" } as const;
const acknowledged = { kind: "acknowledged", untilMs: 1, by: "ann", reason: "mine" } as const;
const REASONS: readonly QuietReason[] = [
  silence,
  { ...silence, id: "s-2" },
  { kind: "maintenance", name: "s-1" },
  { kind: "maintenance", name: "patch night" },
  { kind: "inhibited", by: "partner-state" },
  { kind: "inhibited", by: "expiry" },
  acknowledged,
  { kind: "flapping" },
];

describe("nameOfQuiet()", () => {
  it("tells all reasons apart", () => {
    expect(new Set(REASONS.map(nameOfQuiet)).size).toBe(REASONS.length);
  });

  it.each<[QuietReason, QuietReason]>([
    [silence, { ...silence, untilMs: 2, reason: "still" }],
    [acknowledged, { ...acknowledged, untilMs: 2, by: "bob" }],
  ])("keeps the name of %o when it is renewed", (before, after) => {
    expect(nameOfQuiet(after)).toBe(nameOfQuiet(before));
  });
});
