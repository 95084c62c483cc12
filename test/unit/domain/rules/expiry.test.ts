import { describe, expect, it } from "vitest";
import { expiry } from "../../../../src/domain/rules/expiry.ts";
import { DAY_MS } from "../../../../src/domain/units.ts";
import { aConnector, at, NOW_MS } from "../connections/a-reading.ts";
import { evaluate, inWords } from "./an-input.ts";

const { microsoftLimits } = expiry;

describe("expiry", () => {
  it.each([
    { leftMs: 30 * DAY_MS + 1, want: "ok: valid", microsoft: "ok: valid" },
    { leftMs: 30 * DAY_MS, want: "warning: expires-soon", microsoft: "ok: valid" },
    { leftMs: 7 * DAY_MS + 1, want: "warning: expires-soon", microsoft: "ok: valid" },
    { leftMs: 7 * DAY_MS, want: "error: expires-soon", microsoft: "warning: expires-soon" },
    { leftMs: DAY_MS + 1, want: "error: expires-soon", microsoft: "warning: expires-soon" },
    { leftMs: DAY_MS, want: "critical: expires-soon", microsoft: "warning: expires-soon" },
    { leftMs: 1, want: "critical: expires-soon", microsoft: "warning: expires-soon" },
    { leftMs: 0, want: "critical: expired", microsoft: "error: expired" },
    { leftMs: -90 * DAY_MS, want: "critical: expired", microsoft: "error: expired" },
  ])("says $want with $leftMs ms left, Microsoft $microsoft", ({ leftMs, want, microsoft }) => {
    const reading = aConnector({ meaning: "expiry", eventDate: at(NOW_MS + leftMs) });

    const ours = evaluate(expiry, reading);
    const theirs = evaluate(expiry, reading, { limits: microsoftLimits ?? {} });

    expect([ours, theirs].map(inWords)).toStrictEqual([want, microsoft]);
  });

  it.each([
    { name: "a date that was not read", overrides: { eventDate: undefined }, want: "unknown: not-read" },
    { name: "no date", overrides: { eventDate: "never" as const }, want: "unknown: no-date" },
    {
      name: "a date of an earlier reading",
      overrides: { eventDate: at(NOW_MS), carriedOver: ["eventDate"] },
      want: "critical: expired",
    },
    { name: "a sync", overrides: { meaning: "sync" as const }, want: "not-applicable: other-kind" },
  ])("says $want of $name", ({ overrides, want }) => {
    const reading = aConnector({ meaning: "expiry", ...overrides });

    expect(inWords(evaluate(expiry, reading))).toBe(want);
  });

  it("counts to its date while nothing can be read", () => {
    const reading = aConnector({ meaning: "expiry", eventDate: at(NOW_MS + 20 * DAY_MS) });

    const evaluation = evaluate(expiry, reading, { input: { nowMs: NOW_MS + 15 * DAY_MS } });

    expect(inWords(evaluation)).toBe("error: expires-soon");
    expect(expiry.judgesWhileBlind).toBe(true);
  });

  it.each([
    { name: "began when it expired", leftMs: -DAY_MS, want: NOW_MS - DAY_MS },
    { name: "has not begun while it is ahead", leftMs: DAY_MS, want: undefined },
  ])("says that it $name", ({ leftMs, want }) => {
    const evaluation = evaluate(expiry, aConnector({ meaning: "expiry", eventDate: at(NOW_MS + leftMs) }));

    expect(evaluation.verdict === "breach" && evaluation.breachedSinceMs).toBe(want);
  });

  it.each([
    {
      name: "the push certificate",
      overrides: { connectorName: "applePushNotificationServiceExpirationDateTime" },
      want: /^When it expires at 2026-08-02 17:00 UTC \(in 10 d\), .*all Apple devices\.$/,
    },
    {
      name: "another token",
      overrides: { connectorName: "vppTokenExpirationDateTime" },
      want: /^When it expires at 2026-08-02 17:00 UTC \(in 10 d\), what this connector brings/,
    },
    {
      name: "a token without a date",
      overrides: { eventDate: "never" as const },
      want: /^When it expires, what this connector brings/,
    },
    {
      name: "the push certificate after its date",
      overrides: { connectorName: "applePushNotificationServiceExpirationDateTime", eventDate: at(NOW_MS - DAY_MS) },
      want: /^It expired at 2026-07-22 17:00 UTC \(1 d ago\): Intune has lost contact with all Apple devices\.$/,
    },
    {
      name: "another token at its very date",
      overrides: { connectorName: "vppTokenExpirationDateTime", eventDate: at(NOW_MS) },
      want: /^It expired at 2026-07-23 17:00 UTC .*has stopped\.$/,
    },
  ])("says what follows for $name", ({ overrides, want }) => {
    const reading = aConnector({ meaning: "expiry", eventDate: at(NOW_MS + 10 * DAY_MS), ...overrides });

    expect(expiry.consequence({ reading, nowMs: NOW_MS })).toMatch(want);
  });

  it("warns against replacing what has to be renewed", () => {
    expect(expiry.remedy).toContain("do not replace it");
  });
});
