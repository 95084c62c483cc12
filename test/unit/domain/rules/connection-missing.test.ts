import { describe, expect, it } from "vitest";
import { connectionMissing, judgePresence } from "../../../../src/domain/rules/connection-missing.ts";
import { DAY_MS, HOUR_MS } from "../../../../src/domain/units.ts";
import { aConnector, aPartner, NOW_MS } from "../connections/a-reading.ts";
import { evaluate, inWords } from "./an-input.ts";

describe("judgePresence()", () => {
  it.each([
    { absentPolls: 0, limits: {}, want: "present" },
    { absentPolls: 1, limits: { warnFromPolls: 2, goneFromMs: 0 }, want: "brief" },
    { absentPolls: 2, limits: { warnFromPolls: 2, goneFromMs: HOUR_MS + 1 }, want: "missing" },
    { absentPolls: 2, limits: { warnFromPolls: 2, goneFromMs: HOUR_MS }, want: "gone" },
    { absentPolls: 2, limits: { warnFromPolls: 2 }, want: "missing" },
    { absentPolls: 999, limits: { goneFromMs: 0 }, want: "brief" },
  ])("says $want after $absentPolls absences with $limits", ({ absentPolls, limits, want }) => {
    const absence = { absentPolls, absentSinceMs: NOW_MS - HOUR_MS, nowMs: NOW_MS };

    expect(judgePresence(absence, limits)).toBe(want);
  });
});

describe("judgePresence() of an absence that a person accepted", () => {
  it.each([
    { absentPolls: 0, want: "present" },
    { absentPolls: 1, want: "gone" },
    { absentPolls: 9, want: "gone" },
  ])("says $want after $absentPolls absences", ({ absentPolls, want }) => {
    const absence = { absentPolls, removalAcceptedAtMs: NOW_MS - HOUR_MS, nowMs: NOW_MS };

    expect(judgePresence(absence, { warnFromPolls: 4, goneFromMs: 7 * DAY_MS })).toBe(want);
  });
});

describe("connection-missing", () => {
  it.each([
    { absentPolls: 0, sinceMs: 0, want: "ok: present" },
    { absentPolls: 1, sinceMs: HOUR_MS, want: "unknown: absent-briefly" },
    { absentPolls: 3, sinceMs: 8 * DAY_MS, want: "unknown: absent-briefly" },
    { absentPolls: 4, sinceMs: HOUR_MS, want: "warning: absent" },
    { absentPolls: 600, sinceMs: 7 * DAY_MS - 1, want: "warning: absent" },
    { absentPolls: 600, sinceMs: 7 * DAY_MS, want: "not-applicable: gone" },
  ])("says $want after $absentPolls absences over $sinceMs ms", ({ absentPolls, sinceMs, want }) => {
    const input = { absentPolls, absentSinceMs: NOW_MS - sinceMs };

    const words = [aPartner(), aConnector()].map((reading) => inWords(evaluate(connectionMissing, reading, { input })));

    expect(words).toStrictEqual([want, want]);
  });

  it("does not miss a row that has no id of its own", () => {
    const reading = aPartner({ problems: [{ code: "unreadable-row", property: "value" }] });

    const evaluation = evaluate(connectionMissing, reading, { input: { absentPolls: 9, absentSinceMs: NOW_MS } });

    expect(inWords(evaluation)).toBe("not-applicable: other-kind");
  });

  it("counts the absences from the first on", () => {
    const input = { absentPolls: 5, absentSinceMs: NOW_MS - HOUR_MS };

    const evaluation = evaluate(connectionMissing, aPartner(), { input });

    expect(evaluation).toMatchObject({
      measured: { unit: "count", count: 5 },
      threshold: { unit: "count", count: 4 },
      breachedSinceMs: NOW_MS - HOUR_MS,
    });
  });
});
