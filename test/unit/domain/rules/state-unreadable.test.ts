import { describe, expect, it } from "vitest";
import { stateUnreadable } from "../../../../src/domain/rules/state-unreadable.ts";
import { aTenant, aTenantWatch } from "../connections/a-reading.ts";
import { evaluate, inWords } from "./an-input.ts";

describe("state-unreadable", () => {
  it.each([
    { unreadableRows: 0, want: "ok: readable" },
    { unreadableRows: 1, want: "error: unreadable-rows" },
  ])("says $want of $unreadableRows rows", ({ unreadableRows, want }) => {
    expect(inWords(evaluate(stateUnreadable, aTenantWatch({ unreadableRows })))).toBe(want);
  });

  it("does not know before the first poll", () => {
    const { unreadableRows: _, ...reading } = aTenantWatch();

    expect(inWords(evaluate(stateUnreadable, reading))).toBe("unknown: not-polled");
  });

  it("says nothing of what a poll saw of a tenant", () => {
    expect(evaluate(stateUnreadable, aTenant()).verdict).toBe("not-applicable");
  });
});
