import { describe, expect, it } from "vitest";
import { type Acknowledgement, countsAcknowledgement } from "../../../../src/domain/suppression/acknowledgement.ts";

const WRITTEN_MS = Date.UTC(2026, 10, 22, 12);

const acknowledgement: Acknowledgement = {
  alertKey: "a".repeat(32),
  episode: "a-1",
  writtenAtMs: WRITTEN_MS,
  untilMs: WRITTEN_MS + 1_000,
  by: "anna@contoso.example",
  reason: "on it",
};

describe("countsAcknowledgement()", () => {
  it.each([
    { label: "its episode, which never got graver", want: true },
    { label: "another episode", episode: "a-2", want: false },
    { label: "the last instant before its end", nowMs: WRITTEN_MS + 999, want: true },
    { label: "its end", nowMs: WRITTEN_MS + 1_000, want: false },
    { label: "an escalation before it", escalatedAtMs: WRITTEN_MS - 1, want: true },
    { label: "an escalation at the same instant", escalatedAtMs: WRITTEN_MS, want: false },
    { label: "an escalation after it", escalatedAtMs: WRITTEN_MS + 1, want: false },
    { label: "an escalation at the beginning of time", escalatedAtMs: 0, want: true },
  ])("is $want for $label", ({ episode = "a-1", nowMs = WRITTEN_MS, escalatedAtMs, want }) => {
    expect(countsAcknowledgement(acknowledgement, { episode, escalatedAtMs }, nowMs)).toBe(want);
  });
});
