import { describe, expect, it } from "vitest";
import { configurationChanged } from "../../../../src/domain/rules/configuration-changed.ts";
import { HOUR_MS } from "../../../../src/domain/units.ts";
import { aPartner, NOW_MS } from "../connections/a-reading.ts";
import { evaluate, inWords } from "./an-input.ts";

describe("configuration-changed", () => {
  it.each([
    { agoMs: 0, severity: "warning" as const, want: "warning: changed" },
    { agoMs: 24 * HOUR_MS - 1, severity: "info" as const, want: "info: changed" },
    { agoMs: 24 * HOUR_MS, severity: "warning" as const, want: "ok: unchanged" },
  ])("says $want $agoMs ms after a change", ({ agoMs, severity, want }) => {
    const configurationChange = { slotMs: NOW_MS - agoMs, severity, changes: ["isConfigured true → false"] };

    const evaluation = evaluate(configurationChanged, aPartner(), { input: { configurationChange } });

    expect(inWords(evaluation)).toBe(want);
  });

  it("says ok where nothing ever changed", () => {
    expect(inWords(evaluate(configurationChanged, aPartner()))).toBe("ok: unchanged");
  });

  it("names the changes", () => {
    const configurationChange = { slotMs: NOW_MS, severity: "info", changes: ["a 1 → 2", "b 3 → 4"] } as const;

    const evaluation = evaluate(configurationChanged, aPartner(), { input: { configurationChange } });

    expect(evaluation).toMatchObject({ measured: { unit: "text", text: "a 1 → 2; b 3 → 4" }, breachedSinceMs: NOW_MS });
  });
});
