import { describe, expect, it } from "vitest";
import { reportedHealth } from "../../../../src/domain/rules/reported-health.ts";
import { aConnector } from "../connections/a-reading.ts";
import { evaluate, inWords } from "./an-input.ts";

describe("reported-health", () => {
  it.each([
    { overrides: { reportedHealth: "healthy" as const }, want: "ok: healthy" },
    { overrides: { reportedHealth: "warning" as const }, want: "info: reported-warning" },
    { overrides: { reportedHealth: "unhealthy" as const }, want: "warning: reported-unhealthy" },
    { overrides: { reportedHealth: "unknown" as const }, want: "unknown: health-unknown" },
    { overrides: { reportedHealth: "unhealthy" as const, carriedOver: ["reportedHealth"] }, want: "unknown: not-read" },
  ])("says $want", ({ overrides, want }) => {
    expect(inWords(evaluate(reportedHealth, aConnector(overrides)))).toBe(want);
  });
});
