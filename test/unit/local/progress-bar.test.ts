import { describe, expect, it } from "vitest";
import { createProgressBar } from "../../../local/progress-bar.ts";

function aTerminal(isTTY: boolean) {
  const written: string[] = [];
  return { terminal: { isTTY, write: (text: string) => written.push(text) }, written };
}

describe("createProgressBar()", () => {
  it("stays on its line at a terminal, redraws only when the percentage moves, and ends with a new line", () => {
    const { terminal, written } = aTerminal(true);
    const bar = createProgressBar("Playing", terminal);

    for (const done of [1, 2, 3, 500, 1_000]) bar.update(done, 1_000);
    bar.end();

    expect(written).toHaveLength(4);
    expect(written[1]).toBe(`\rPlaying  ${"█".repeat(16)}${"░".repeat(16)}  50 %`);
    expect(written.at(-1)).toBe("\n");
  });

  it("writes a line each ten percent where there is no terminal", () => {
    const { terminal, written } = aTerminal(false);
    const bar = createProgressBar("Playing", terminal);

    for (let done = 1; done <= 100; done += 1) bar.update(done, 100);
    bar.end();

    expect(written).toHaveLength(11);
    expect(written.at(-1)).toBe("Playing 100 %\n");
  });
});
