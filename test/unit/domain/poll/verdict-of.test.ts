import { describe, expect, it } from "vitest";
import { verdictOf } from "../../../../src/domain/poll/verdict-of.ts";
import { anAlert, aState } from "../../http/builders.ts";

const firing = (severity: "info" | "warning") => ({ "heartbeat-age": anAlert({ phase: "firing", severity }) });

describe("verdictOf()", () => {
  it.each([
    { name: "is read and has no alert", state: {}, isBlind: false, want: "ok" },
    { name: "could not be read", state: {}, isBlind: true, want: "unknown" },
    { name: "was not there", state: { absentPolls: 1 }, isBlind: false, want: "unknown" },
    { name: "a rule cannot judge", state: { unknownRules: ["sync-age"] }, isBlind: false, want: "unknown" },
    { name: "no rule is at a loss with", state: { unknownRules: [] }, isBlind: false, want: "ok" },
    {
      name: "a rule cannot judge and another calls informative",
      state: { unknownRules: ["sync-age"], alerts: firing("info") },
      isBlind: false,
      want: "unknown",
    },
    { name: "fires and could not be read", state: { alerts: firing("warning") }, isBlind: true, want: "warning" },
    {
      name: "is ignored and a rule could not judge",
      state: { unknownRules: ["sync-age"], standing: { standing: "ignored", reason: "old" } },
      isBlind: false,
      want: "not-judged",
    },
  ] as const)("says $want of a connection that $name", ({ state, isBlind, want }) => {
    expect(verdictOf(aState(state), isBlind)).toBe(want);
  });
});
