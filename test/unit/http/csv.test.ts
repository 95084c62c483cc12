import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { toCsvLine } from "../../../src/http/csv.ts";
import { parseCsv } from "./parse-csv.ts";

describe("toCsvLine()", () => {
  it.each([
    { name: "text as it is", cell: "Jamf Pro", want: "Jamf Pro" },
    { name: "a separator in quotes", cell: "a,b", want: '"a,b"' },
    { name: "quotes doubled", cell: 'say "x"', want: '"say ""x"""' },
    { name: "lines in quotes", cell: "a\nb", want: '"a\nb"' },
    { name: "a number as a number", cell: -1.5, want: "-1.5" },
    { name: "a truth as a word", cell: true, want: "true" },
    { name: "nothing as an empty cell", cell: undefined, want: "" },
    { name: "never as an empty cell", cell: null, want: "" },
    { name: "a formula as text", cell: '=HYPERLINK("http://x","y")', want: `"'=HYPERLINK(""http://x"",""y"")"` },
    { name: "a plus as text", cell: "+1", want: "'+1" },
    { name: "a minus as text", cell: "-1", want: "'-1" },
    { name: "an at as text", cell: "@SUM(A1)", want: "'@SUM(A1)" },
    { name: "a tab in front as text", cell: "\t=1", want: "'\t=1" },
    { name: "a line end in front as text", cell: "\r=1", want: `"'\r=1"` },
    { name: "a wide equals sign as text", cell: "＝1", want: "'＝1" },
  ])("writes $name", ({ cell, want }) => {
    expect(toCsvLine(["x", cell])).toBe(`x,${want}\r\n`);
  });

  it("gives any cells back through a reader of RFC 4180", () => {
    const text = fc.string({ unit: "grapheme" }).filter((cell) => !/^[=+\-@\t\r\n＝＋－＠]/.test(cell));
    fc.assert(
      fc.property(fc.array(fc.array(text, { minLength: 2, maxLength: 2 }), { minLength: 1 }), (rows) => {
        expect(parseCsv(rows.map(toCsvLine).join(""))).toEqual(rows);
      }),
    );
  });
});
