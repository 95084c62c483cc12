import { describe, expect, it } from "vitest";
import { parseHttpDate } from "../../../src/domain/parse-http-date.ts";

describe("parseHttpDate()", () => {
  it("reads the form that must be sent", () => {
    expect(parseHttpDate("Sun, 22 Nov 2026 07:08:09 GMT")).toBe(Date.UTC(2026, 10, 22, 7, 8, 9));
  });

  it.each([
    "",
    "Sunday, 22-Nov-26 07:08:09 GMT",
    "Sun Nov 22 07:08:09 2026",
    "Sun, 22 Foo 2026 07:08:09 GMT",
    "Mon, 30 Feb 2026 07:08:09 GMT",
    "Sun, 22 Nov 2026 24:00:00 GMT",
    "Sun, 22 Nov 2026 07:08:09 UTC",
    "2026-11-22T07:08:09Z",
  ])("makes nothing of %j", (text) => {
    expect(parseHttpDate(text)).toBeUndefined();
  });
});
