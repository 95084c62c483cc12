import { expect, it } from "vitest";
import type { Rule } from "../../../../src/domain/rules/rule.ts";
import { DAY_MS } from "../../../../src/domain/units.ts";
import { aCompliancePartner, aPartner, at, NOW_MS } from "../connections/a-reading.ts";
import { evaluate, inWords } from "./an-input.ts";

/** A date of a partner that a rule counts to. */
export type Deadline = "nonComplianceDeadline" | "removalDeadline";

/** What a rule about one of the two deadlines holds to, whichever it is. */
export function describeDeadlineRule(
  rule: Rule,
  { own, happens }: { readonly own: Deadline; readonly happens: RegExp },
): void {
  const other = own === "removalDeadline" ? "nonComplianceDeadline" : "removalDeadline";

  it.each([
    { leftMs: 14 * DAY_MS + 1, want: "warning: date-set" },
    { leftMs: 14 * DAY_MS, want: "error: date-near" },
    { leftMs: 7 * DAY_MS, want: "critical: date-near" },
    { leftMs: 0, want: "critical: date-passed" },
  ])("says $want with $leftMs ms left, whatever the state", ({ leftMs, want }) => {
    const reading = aPartner({ [own]: at(NOW_MS + leftMs) });

    expect(inWords(evaluate(rule, reading))).toBe(want);
  });

  it("says ok without its date, whatever the other one says", () => {
    const reading = aPartner({ [own]: "never", [other]: at(NOW_MS) });

    expect(inWords(evaluate(rule, reading))).toBe("ok: no-date");
  });

  it("counts to its date while nothing can be read", () => {
    const reading = aPartner({ [own]: at(NOW_MS + 20 * DAY_MS) });

    const evaluation = evaluate(rule, reading, { input: { nowMs: NOW_MS + 10 * DAY_MS } });

    expect(inWords(evaluation)).toBe("error: date-near");
    expect(rule.judgesWhileBlind).toBe(true);
  });

  it.each([
    {
      name: "a date ahead",
      date: at(NOW_MS + 10 * DAY_MS),
      want: /^At 2026-08-02 17:00 UTC \(in 10 d\) /,
    },
    {
      name: "a date that has passed",
      date: at(NOW_MS - DAY_MS),
      want: /^Since 2026-07-22 17:00 UTC \(1 d ago\) /,
    },
    { name: "its own date", date: at(NOW_MS + 10 * DAY_MS), want: happens },
    { name: "a date that comes now", date: at(NOW_MS), want: /^Since 2026-07-23 17:00 UTC \(0 s ago\) / },
    { name: "no date", date: "never" as const, want: /^No date is set any more/ },
  ])("says what follows from $name", ({ date, want }) => {
    const reading = aPartner({ [own]: date });

    expect(rule.consequence({ reading, nowMs: NOW_MS })).toMatch(want);
  });

  it("is for management partners only", () => {
    expect(rule.appliesTo).not.toContain(aCompliancePartner().kind);
  });
}
