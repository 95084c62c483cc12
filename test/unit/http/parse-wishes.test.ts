import { describe, expect, it } from "vitest";
import { parseWishes } from "../../../src/http/parse-wishes.ts";

describe("parseWishes()", () => {
  it("reads names and qualities, in order and in lower case", () => {
    expect(parseWishes("Text/CSV; header=present;Q=0.5, gzip,*;q=0")).toEqual([
      { name: "text/csv", quality: 0.5 },
      { name: "gzip", quality: 1 },
      { name: "*", quality: 0 },
    ]);
  });

  it.each(["q=2", "q=1.001", "q=-1", "q=", "q=high", "q=0.1234"])("leaves out what has the quality %s", (quality) => {
    expect(parseWishes(`gzip;${quality}, br`)).toEqual([{ name: "br", quality: 1 }]);
  });

  it("reads nothing where there is no header", () => {
    expect(parseWishes(null).filter(({ name }) => name !== "")).toEqual([]);
  });
});
