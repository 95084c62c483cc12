import { describe, expect, it } from "vitest";
import { deadlinesOfLine } from "../../../src/http/deadlines-of-line.ts";
import { aLine } from "./watched-overviews.ts";

describe("deadlinesOfLine()", () => {
  it("names each date that is set", () => {
    expect(deadlinesOfLine(aLine({ nonComplianceDeadlineMs: 1, removalDeadlineMs: 2, expiryMs: 0 }))).toEqual([
      { kind: "noncompliance", atMs: 1 },
      { kind: "removal", atMs: 2 },
      { kind: "expiry", atMs: 0 },
    ]);
    expect(deadlinesOfLine(aLine())).toEqual([]);
  });
});
