import { describe, expect, it } from "vitest";
import { defined } from "../../../../src/domain/defined.ts";
import { describeMeasured } from "../../../../src/domain/delivery/describe-measure.ts";
import type { Evaluation } from "../../../../src/domain/rules/rule.ts";
import { aNotification, SLOT_MS } from "../../../builders/a-notification.ts";

const DAY_MS = 86_400_000;

describe("describeMeasured()", () => {
  it.each<{ readonly evaluation: Evaluation | undefined; readonly want: string | undefined }>([
    {
      evaluation: aBreach({ unit: "duration", ms: 76 * 3_600_000 }, { unit: "duration", ms: 3 * DAY_MS }),
      want: "time without contact 3 d 4 h, limit 3 d",
    },
    ...[
      { overMs: 0, want: "time without contact 1 d 12 h, limit 1 d 12 h" },
      { overMs: 999, want: "time without contact 1 d 12 h, limit 1 d 12 h" },
      { overMs: 2_000, want: "time without contact 1 d 12 h 2 s, limit 1 d 12 h" },
      { overMs: 30 * 60_000, want: "time without contact 1 d 12 h 30 min, limit 1 d 12 h" },
      { overMs: 3_600_000, want: "time without contact 1 d 13 h, limit 1 d 12 h" },
    ].map(({ overMs, want }) => ({
      evaluation: aBreach({ unit: "duration", ms: 1.5 * DAY_MS + overMs }, { unit: "duration", ms: 1.5 * DAY_MS }),
      want,
    })),
    {
      evaluation: aBreach({ unit: "count", count: 4 }, { unit: "count", count: 2 }),
      want: "time without contact 4, limit 2",
    },
    { evaluation: aBreach({ unit: "text", text: "rejected" }), want: "time without contact rejected" },
    {
      evaluation: aBreach({ unit: "date", atMs: SLOT_MS + DAY_MS }, { unit: "date", atMs: SLOT_MS }),
      want: "time without contact 2026-11-23 04:00 UTC (in 1 d), limit 2026-11-22 04:00 UTC (0 s ago)",
    },
    {
      evaluation: { verdict: "ok", reason: "recent", measured: { unit: "duration", ms: 60_000 } },
      want: "time without contact 1 min",
    },
    { evaluation: { verdict: "ok", reason: "no-date" }, want: undefined },
    { evaluation: { verdict: "unknown", reason: "not-read" }, want: undefined },
    { evaluation: undefined, want: undefined },
  ])("says $want", ({ evaluation, want }) => {
    const { evaluation: _built, ...facts } = aNotification({ observedAtMs: SLOT_MS });

    expect(describeMeasured({ ...facts, ...defined({ evaluation }) })).toBe(want);
  });

  it("names what was measured by its unit", () => {
    const limit = { unit: "duration", ms: DAY_MS } as const;
    const evaluations = [aBreach({ unit: "count", count: 96 }), aBreach({ unit: "duration", ms: 2 * DAY_MS }, limit)];

    const said = evaluations.map((evaluation) =>
      describeMeasured(aNotification({ ruleId: "source-unreadable", evaluation })),
    );

    expect(said).toEqual(["failed polls 96", "time without a reading 2 d, limit 1 d"]);
  });
});

function aBreach(
  measured: Extract<Evaluation, { verdict: "breach" }>["measured"],
  threshold?: Extract<Evaluation, { verdict: "breach" }>["threshold"],
): Evaluation {
  return { verdict: "breach", severity: "error", reason: "any", measured, ...defined({ threshold }) };
}
