import { describe, expect, it } from "vitest";
import type { AlertState } from "../../../../src/domain/alerts/alert-state.ts";
import { gatherEvents } from "../../../../src/domain/alerts/gather-events.ts";
import type { Evaluation } from "../../../../src/domain/rules/rule.ts";
import { aBreach, anAlert } from "./an-alert.ts";

const SLOT_MS = Date.UTC(2026, 10, 22);
const silence = { kind: "silence", id: "s-1", untilMs: SLOT_MS + 1, by: "anna", reason: "known" } as const;
const acknowledged = { kind: "acknowledged", untilMs: SLOT_MS + 1, by: "anna", reason: "on it" } as const;

function anEvent(text: string, slotMs: number, severity: "info" | "warning" = "info"): Evaluation {
  return aBreach({ severity, measured: { unit: "text", text }, breachedSinceMs: slotMs });
}

/** An alert that tells of an event in the slot, kept from everybody unless told otherwise. */
function alertOf(overrides: Partial<AlertState> = {}): AlertState {
  return anAlert("firing", { evaluation: anEvent("first", SLOT_MS), quiet: [silence], ...overrides });
}

describe("gatherEvents()", () => {
  it.each([
    { what: "the earlier", first: "warning", second: "info", want: "warning" },
    { what: "the later", first: "info", second: "warning", want: "warning" },
    { what: "neither", first: "info", second: "info", want: "info" },
  ] as const)("joins an event to one that was kept quiet, where $what is graver", ({ first, second, want }) => {
    const before = alertOf({ evaluation: anEvent("first", SLOT_MS, first) });

    expect(gatherEvents(before, anEvent("second", SLOT_MS + 1, second))).toEqual(
      anEvent("second; before that first", SLOT_MS + 1, want),
    );
  });

  it("keeps what it has gathered until another event comes, also when the silence is over", () => {
    const gathered = anEvent("second; before that first", SLOT_MS, "warning");

    expect(gatherEvents(alertOf({ evaluation: gathered, quiet: [] }), anEvent("second", SLOT_MS))).toBe(gathered);
  });

  it.each<{ readonly when: string; readonly before: AlertState }>([
    { when: "nothing kept the one before quiet", before: alertOf({ quiet: [] }) },
    { when: "the one before was only acknowledged", before: alertOf({ quiet: [acknowledged] }) },
    {
      when: "a channel was told of the one before",
      before: alertOf({ told: { ops: { severity: "info", slotMs: SLOT_MS } } }),
    },
    { when: "there was none before", before: alertOf({ evaluation: { verdict: "ok", reason: "unchanged" } }) },
    {
      when: "a clock that was ahead wrote the one before",
      before: alertOf({ evaluation: anEvent("first", SLOT_MS + 2) }),
    },
  ])("leaves an event alone when $when", ({ before }) => {
    const newest = anEvent("second", SLOT_MS + 1);

    expect(gatherEvents(before, newest)).toBe(newest);
  });

  it("joins to what a channel was told of an event before that", () => {
    const before = alertOf({ told: { ops: { severity: "info", slotMs: SLOT_MS - 1 } } });

    expect(gatherEvents(before, anEvent("second", SLOT_MS + 1))).toMatchObject({
      measured: { text: "second; before that first" },
    });
  });

  it("passes on that there is no event any more", () => {
    const ok: Evaluation = { verdict: "ok", reason: "unchanged" };

    expect(gatherEvents(alertOf(), ok)).toBe(ok);
  });

  it("cuts the oldest where there is too much to say", () => {
    const before = alertOf({ evaluation: anEvent("x".repeat(1_000), SLOT_MS) });

    expect(gatherEvents(before, anEvent("second", SLOT_MS + 1))).toMatchObject({
      measured: { text: `second; before that ${"x".repeat(979)}…` },
    });
  });
});
