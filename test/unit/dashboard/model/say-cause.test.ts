import { describe, expect, it } from "vitest";
import { sayCause } from "../../../../dashboard/model/say-cause.ts";
import { aConnection } from "../builders.ts";

const channel = {
  kind: "channel",
  connectionId: "channel:pager",
  displayName: "pager",
  failures: 6,
  isOpen: true,
  problems: [],
} as const;

describe("sayCause()", () => {
  it.each([
    { name: "a word and what it means", known: { reason: "tls", detail: "It is refused" }, want: "tls. It is refused" },
    { name: "a word alone", known: { reason: "struck-by-lightning" }, want: "struck-by-lightning" },
    { name: "nothing", known: {}, want: undefined },
  ])("says $name where that is known", ({ known, want }) => {
    expect(sayCause(aConnection({ reading: { ...channel, ...known } }))).toBe(want);
  });

  it("says nothing of a partner", () => {
    expect(sayCause(aConnection())).toBeUndefined();
  });
});
