import { describe, expect, it } from "vitest";
import { coversAlert, silencesFor } from "../../../../src/domain/suppression/cover-silence.ts";
import { HOUR_MS } from "../../../../src/domain/units.ts";
import { aSilence, aSubject, BEGIN_MS } from "./a-silence.ts";

describe("silencesFor()", () => {
  it.each([
    { at: "just before the beginning", nowMs: BEGIN_MS - 1, want: false },
    { at: "at the beginning", nowMs: BEGIN_MS, want: true },
    { at: "just before the end", nowMs: BEGIN_MS + HOUR_MS - 1, want: true },
    { at: "at the end", nowMs: BEGIN_MS + HOUR_MS, want: false },
  ])("counts a silence from its beginning to before its end: $at is $want", ({ nowMs, want }) => {
    const covering = silencesFor(aSubject(), [aSilence()], nowMs);

    expect(covering).toEqual(want ? [aSilence()] : []);
  });

  it("returns all that cover the alert, in the order given", () => {
    const silences = [
      aSilence({ id: "c" }),
      aSilence({ id: "x", match: { rule: "expiry" } }),
      aSilence({ id: "a", match: { rule: "heartbeat-*" } }),
    ];

    const covering = silencesFor(aSubject(), silences, BEGIN_MS);

    expect(covering.map(({ id }) => id)).toEqual(["c", "a"]);
  });

  it("never counts one that was ended before it began", () => {
    const silence = aSilence({ untilMs: BEGIN_MS - 1, endedAtMs: BEGIN_MS - 1 });

    expect(
      [BEGIN_MS - 2, BEGIN_MS - 1, BEGIN_MS].flatMap((nowMs) => silencesFor(aSubject(), [silence], nowMs)),
    ).toEqual([]);
  });
});

describe("coversAlert()", () => {
  it.each([
    { label: "nothing", match: {}, want: true },
    { label: "a glob over the connection id", match: { connection: "compliance-*" }, want: true },
    { label: "a glob over the display name", match: { connection: "jamf*" }, want: true },
    { label: "another connection", match: { connection: "Kandji*" }, want: false },
    { label: "a part of the name without a star", match: { connection: "Jamf" }, want: false },
    { label: "the kind", match: { kind: "compliance-management-partner" }, want: true },
    { label: "another kind", match: { kind: "connector" }, want: false },
    { label: "the rule", match: { rule: "heartbeat-age" }, want: true },
    { label: "a glob over the rule", match: { rule: "*-age" }, want: true },
    { label: "another rule", match: { rule: "heartbeat" }, want: false },
    { label: "the severity", match: { severity: "warning" }, want: true },
    { label: "a higher severity", match: { severity: "error" }, want: false },
    { label: "a lower severity", match: { severity: "info" }, want: false },
    {
      label: "all four",
      match: { connection: "Jamf*", kind: "compliance-management-partner", rule: "heartbeat-age", severity: "warning" },
      want: true,
    },
    {
      label: "three that fit and a connection that does not",
      match: { connection: "x", kind: "compliance-management-partner", rule: "heartbeat-age", severity: "warning" },
      want: false,
    },
    {
      label: "three that fit and a rule that does not",
      match: { connection: "Jamf*", kind: "compliance-management-partner", rule: "expiry", severity: "warning" },
      want: false,
    },
  ] as const)("is $want for a match that names $label", ({ match, want }) => {
    expect(coversAlert(match, aSubject())).toBe(want);
  });
});
