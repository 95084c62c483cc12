import { describe, expect, it } from "vitest";
import { changesOf } from "../../../../src/domain/history/dated-changes.ts";
import { anAlertChange, anEvent, minute } from "./a-record.ts";

describe("changesOf()", () => {
  it("picks all changes of one type with their slots", () => {
    const [one, two] = [anAlertChange(), anAlertChange({ ruleId: "partner-state" })];
    const appeared = { type: "appeared", returned: false } as const;

    const found = changesOf([anEvent(1, appeared), anEvent(2, one, appeared, two)], "alert");

    expect(found).toEqual([
      { atMs: minute(2), change: one },
      { atMs: minute(2), change: two },
    ]);
  });
});
