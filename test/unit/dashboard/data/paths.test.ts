import { describe, expect, it } from "vitest";
import { dayWindow, historyPath, pathOf, settledUntil, spanStart } from "../../../../dashboard/data/paths.ts";

describe("pathOf()", () => {
  it("leaves out what is not given, and escapes what is", () => {
    expect(pathOf("v1/x")).toBe("v1/x");
    expect(pathOf("v1/x", { tenant: "a&b", day: undefined })).toBe("v1/x?tenant=a%26b");
  });
});

describe("historyPath()", () => {
  it("asks for one view of one connection", () => {
    expect(historyPath({ tenant: "t", connection: "k", view: "events", from: "2026-11-22T00:00:00Z" })).toBe(
      "v1/history?tenant=t&connection=k&view=events&from=2026-11-22T00%3A00%3A00Z",
    );
  });
});

describe("spanStart()", () => {
  it.each([
    ["2026-11-22T00:00:00Z", "2026-11-16T00:00:00Z"],
    ["2026-11-22T23:59:59Z", "2026-11-16T00:00:00Z"],
  ])("begins seven days up to %s at a midnight, so that one address serves all day", (now, want) => {
    expect(spanStart(7, Date.parse(now))).toBe(want);
  });
});

describe("settledUntil()", () => {
  it.each([
    ["2026-11-22T00:59:59Z", "2026-11-21T00:00:00Z"],
    ["2026-11-22T01:00:00Z", "2026-11-22T00:00:00Z"],
    ["2026-11-22T23:59:59Z", "2026-11-22T00:00:00Z"],
  ])("is at %s the last midnight that is an hour ago", (now, want) => {
    expect(settledUntil(Date.parse(now))).toBe(want);
  });
});

describe("dayWindow()", () => {
  it("goes from one midnight to the next, over the end of a month", () => {
    expect(dayWindow("2026-10-31")).toEqual({ from: "2026-10-31T00:00:00Z", to: "2026-11-01T00:00:00Z" });
  });
});
