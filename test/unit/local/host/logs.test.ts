import { describe, expect, it } from "vitest";
import { filterLog, type LogEntry, type LogLevel } from "../../../../local/host/logs.ts";

describe("filterLog()", () => {
  it.each<{ level: LogLevel; category: string; isShown: boolean }>([
    { level: "information", category: "Host", isShown: false },
    { level: "warning", category: "Host", isShown: true },
    { level: "debug", category: "Function.poll", isShown: false },
    { level: "information", category: "Function.poll", isShown: true },
    { level: "information", category: "Functional", isShown: false },
    { level: "information", category: "Function.poll.User", isShown: true },
    { level: "trace", category: "Function.loud.User", isShown: true },
    { level: "critical", category: "Worker", isShown: false },
  ])("shows a line of $category at $level: $isShown", ({ level, category, isShown }) => {
    const shown: LogEntry[] = [];
    const log = filterLog(
      { default: "warning", Function: "information", "Function.loud": "trace", Worker: "none" },
      (entry) => shown.push(entry),
    );

    log({ level, category, message: "" });

    expect(shown).toHaveLength(isShown ? 1 : 0);
  });

  it("starts at information when host.json says nothing", () => {
    const shown: LogLevel[] = [];
    const log = filterLog({}, ({ level }) => shown.push(level));

    log({ level: "debug", category: "Host", message: "" });
    log({ level: "information", category: "Host", message: "" });

    expect(shown).toEqual(["information"]);
  });
});
