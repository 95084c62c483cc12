import { describe, expect, it } from "vitest";
import { applyTheme, keepTheme, nextTheme, readTheme } from "../../../../dashboard/data/theme.ts";

describe("the theme", () => {
  it.each([
    [null, "system"],
    ["dark", "dark"],
    ["pink", "system"],
  ])("read from %s is %s", (kept, want) => {
    expect(readTheme({ getItem: () => kept })).toBe(want);
  });

  it("comes round: system, light, dark", () => {
    expect(["system", "light", "dark"].map((theme) => nextTheme(readTheme({ getItem: () => theme })))).toEqual([
      "light",
      "dark",
      "system",
    ]);
  });

  it("is kept and put on the page", () => {
    const kept: string[] = [];
    const root = { dataset: {} };

    keepTheme({ setItem: (name, value) => kept.push(`${name}=${value}`) }, "dark");
    applyTheme(root, "dark");

    expect(kept).toEqual(["monitor.theme=dark"]);
    expect(root.dataset).toEqual({ theme: "dark" });
  });
});
