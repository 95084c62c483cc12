import { describe, expect, it } from "vitest";
import { setTimeline } from "../../../../src/domain/history/set-timeline.ts";

function tell(changes: readonly (readonly [number, string, string])[], current: string) {
  const listed = changes.map(([atMs, began, ended]) => ({ atMs, began: began.split(""), ended: ended.split("") }));
  const { first, turns } = setTimeline(listed, current.split(""), (member) => member.toLowerCase());
  return [first.join(""), ...turns.map(({ atMs, value }) => `${atMs}:${value.join("")}`)];
}

describe("setTimeline()", () => {
  it.each([
    { name: "never changed", changes: [], current: "a", want: ["a"] },
    {
      name: "grew",
      changes: [
        [1, "a", ""],
        [2, "b", ""],
      ] as const,
      current: "ab",
      want: ["", "1:a", "2:ab"],
    },
    { name: "shrank from before what is kept", changes: [[1, "", "a"]] as const, current: "b", want: ["ba", "1:b"] },
    { name: "was exchanged", changes: [[1, "b", "a"]] as const, current: "b", want: ["a", "1:b"] },
    {
      name: "says a member in other words at its end",
      changes: [[1, "", "A"]] as const,
      current: "",
      want: ["A", "1:"],
    },
  ])("tells of a set that $name", ({ changes, current, want }) => {
    expect(tell(changes, current)).toEqual(want);
  });

  it("holds a member once although a lost row has it begin twice", () => {
    expect(
      tell(
        [
          [1, "a", ""],
          [2, "a", ""],
        ],
        "a",
      ),
    ).toEqual(["", "1:a", "2:a"]);
  });
});
