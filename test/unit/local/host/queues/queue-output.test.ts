import { describe, expect, it } from "vitest";
import { toMessages } from "../../../../../local/host/queues/queue-output.ts";

describe("toMessages()", () => {
  it.each([
    { data: {}, want: [] },
    { data: { string: "text" }, want: ["text"] },
    { data: { string: "" }, want: [""] },
    { data: { string: '["a",{"b":1}]' }, want: ["a", '{"b":1}'] },
    { data: { string: "[not a list]" }, want: ["[not a list]"] },
    { data: { json: '{"a":1}' }, want: ['{"a":1}'] },
    { data: { json: "[1,true]" }, want: ["1", "true"] },
    { data: { json: "[]" }, want: [] },
    { data: { int: 0 }, want: ["0"] },
    { data: { double: 1.5 }, want: ["1.5"] },
    { data: { bytes: new Uint8Array([104, 105]) }, want: ["hi"] },
  ])("makes $want of $data", ({ data, want }) => {
    expect(toMessages(data)).toEqual(want);
  });
});
