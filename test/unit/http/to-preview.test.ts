import { describe, expect, it } from "vitest";
import type { PreviewOutcome } from "../../../src/domain/history/preview-rules.ts";
import { DAY_MS, HOUR_MS, MINUTE_MS } from "../../../src/domain/units.ts";
import { toConnectionPreview } from "../../../src/http/to-preview.ts";
import { aState, at } from "./builders.ts";

const END_MS = at("2026-11-22T10:00:00Z");

function outcome(overrides: Partial<PreviewOutcome> = {}): PreviewOutcome {
  const limits = { warnAfterMs: 36 * HOUR_MS, warnFromPolls: 2 };
  return {
    settings: { enabled: true, limits, confirmPolls: 2, recoverPolls: 3, keepFiringMs: 30 * MINUTE_MS },
    episodes: [],
    judgedSteps: 5,
    unknownSteps: 0,
    ...overrides,
  };
}

function overTheWire(tried: PreviewOutcome) {
  const rules = [{ ruleId: "heartbeat-age" as const, current: outcome(), tried }];
  const body = toConnectionPreview(
    { state: aState(), sinceMs: END_MS - DAY_MS, rules },
    { toMs: END_MS, periodMs: 15 * MINUTE_MS },
  );
  return JSON.parse(JSON.stringify(body));
}

describe("toConnectionPreview()", () => {
  it("writes settings as the configuration has them", () => {
    const body = overTheWire(outcome());

    expect(body).toMatchObject({
      connectionKey: aState().connectionKey,
      connectionKind: "compliance-management-partner",
      connectionName: "Jamf",
      sinceDateTime: "2026-11-21T10:00:00Z",
      rules: [{ ruleId: "heartbeat-age", title: expect.any(String), current: { fired: 0, open: "PT0S" } }],
    });
    expect(body.rules[0].tried.settings).toEqual({
      enabled: true,
      limits: { warnAfter: "P1DT12H", warnFromPolls: 2 },
      confirmPolls: 2,
      recoverPolls: 3,
      keepFiring: "PT30M",
    });
  });

  it("adds up how long episodes were open, one that still is up to the end", () => {
    const episodes = [
      { firedMs: END_MS - DAY_MS, resolvedMs: END_MS - 23 * HOUR_MS, severity: "error", reason: "recovered" },
      { firedMs: END_MS - 2 * HOUR_MS, severity: "warning" },
    ] as const;

    const [{ tried }] = overTheWire(outcome({ episodes, unknownSteps: 3 })).rules;

    expect(tried).toMatchObject({ fired: 2, open: "PT3H", unknown: "PT45M" });
    expect(tried.episodes).toEqual([
      { firedDateTime: "2026-11-22T08:00:00Z", duration: "PT2H", severity: "warning" },
      {
        firedDateTime: "2026-11-21T10:00:00Z",
        resolvedDateTime: "2026-11-21T11:00:00Z",
        duration: "PT1H",
        severity: "error",
        reason: "recovered",
      },
    ]);
  });

  it("tells the newest 100 episodes, and how many there were", () => {
    const episodes = Array.from({ length: 101 }, (_, index) => {
      const firedMs = END_MS - (101 - index) * HOUR_MS;
      return { firedMs, resolvedMs: firedMs + MINUTE_MS, severity: "info" as const };
    });

    const [{ tried }] = overTheWire(outcome({ episodes })).rules;

    expect(tried.fired).toBe(101);
    expect(tried.episodes).toHaveLength(100);
    expect(tried.episodes[0].firedDateTime).toBe("2026-11-22T09:00:00Z");
  });
});
