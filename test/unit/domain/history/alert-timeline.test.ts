import { describe, expect, it } from "vitest";
import { alertTimeline, tellsWhatWas } from "../../../../src/domain/history/alert-timeline.ts";
import { anAlert, anAlertChange, minute } from "./a-record.ts";

type AlertChange = ReturnType<typeof anAlertChange>;

function tell(changes: readonly AlertChange[], current = anAlert()) {
  return alertTimeline(
    changes.map((change, index) => ({ atMs: minute(index + 1), change })),
    current,
  );
}

const ROSE = anAlertChange({ from: "firing", severity: "critical", reason: "severity-rose" });
const FELL = anAlertChange({ from: "firing", severity: "warning", reason: "severity-fell" });
const RECOVERING = anAlertChange({ from: "firing", to: "recovering", reason: "recovering" });
const REMINDED = anAlertChange({ from: "firing", reason: "still-firing", told: { ops: "reminder" } });
const ENDED = anAlertChange({ from: "recovering", to: "inactive", reason: "recovered" });

describe("alertTimeline()", () => {
  it("takes an alert without events for what it is now", () => {
    expect(tell([])).toEqual({ first: { phase: "firing", severity: "error", episode: "e-1" }, turns: [] });
  });

  it("takes an alert without events and without a state for inactive", () => {
    expect(alertTimeline([], undefined)).toEqual({ first: { phase: "inactive" }, turns: [] });
  });

  it("follows an episode from its beginning to its end", () => {
    const { first, turns } = tell([anAlertChange(), ROSE, { ...RECOVERING, severity: "critical" }, ENDED]);

    expect(first).toEqual({ phase: "inactive" });
    expect(turns).toEqual([
      { atMs: minute(1), value: { phase: "firing", severity: "error", episode: "e-1", reason: "confirmed" } },
      { atMs: minute(2), value: { phase: "firing", severity: "critical", episode: "e-1", reason: "severity-rose" } },
      { atMs: minute(3), value: { phase: "recovering", severity: "critical", episode: "e-1", reason: "recovering" } },
      { atMs: minute(4), value: { phase: "inactive", reason: "recovered" } },
    ]);
  });

  it("does not turn where only somebody was reminded", () => {
    expect(tell([anAlertChange(), REMINDED]).turns).toHaveLength(1);
  });

  it.each([
    { name: "recovering", change: RECOVERING, want: { phase: "firing", severity: "error", episode: "e-1" } },
    { name: "a reminder", change: REMINDED, want: { phase: "firing", severity: "error", episode: "e-1" } },
    { name: "an end", change: ENDED, want: { phase: "recovering", severity: "error", episode: "e-1" } },
    { name: "a risen severity", change: ROSE, want: { phase: "firing", episode: "e-1" } },
    { name: "a fallen severity", change: FELL, want: { phase: "firing", episode: "e-1" } },
    { name: "a breach confirmed", change: anAlertChange({ from: "pending" }), want: { phase: "pending" } },
    { name: "a new breach", change: anAlertChange(), want: { phase: "inactive" } },
  ])("says what was before the oldest kept event, $name, as far as that tells", ({ change, want }) => {
    expect(tell([change]).first).toEqual(want);
    expect(tellsWhatWas(change)).toBe(want.phase === "inactive" || "severity" in want);
  });
});
