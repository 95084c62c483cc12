import { describe, expect, it } from "vitest";
import { syncAge } from "../../../../src/domain/rules/sync-age.ts";
import { HOUR_MS } from "../../../../src/domain/units.ts";
import { aConnector, aPartner, at, NOW_MS } from "../connections/a-reading.ts";
import { evaluate, inWords } from "./an-input.ts";

const { microsoftLimits } = syncAge;

describe("sync-age", () => {
  it.each([
    { ageMs: 24 * HOUR_MS, want: "ok: synced", microsoft: "ok: synced" },
    { ageMs: 24 * HOUR_MS + 1, want: "ok: synced", microsoft: "warning: sync-late" },
    { ageMs: 36 * HOUR_MS, want: "ok: synced", microsoft: "warning: sync-late" },
    { ageMs: 36 * HOUR_MS + 1, want: "warning: sync-late", microsoft: "warning: sync-late" },
    { ageMs: 72 * HOUR_MS - 1, want: "warning: sync-late", microsoft: "warning: sync-late" },
    { ageMs: 72 * HOUR_MS, want: "error: sync-late", microsoft: "error: sync-late" },
  ])("says $want of a sync $ageMs ms old, Microsoft $microsoft", ({ ageMs, want, microsoft }) => {
    const reading = aConnector({ eventDate: at(NOW_MS - ageMs) });

    const ours = evaluate(syncAge, reading);
    const theirs = evaluate(syncAge, reading, { limits: microsoftLimits ?? {} });

    expect([ours, theirs].map(inWords)).toStrictEqual([want, microsoft]);
  });

  it.each([
    { name: "a connection", reading: aConnector({ meaning: "connection" }), want: "ok: synced" },
    { name: "a heartbeat", reading: aConnector({ meaning: "heartbeat" }), want: "not-applicable: other-kind" },
    { name: "an expiry", reading: aConnector({ meaning: "expiry" }), want: "not-applicable: other-kind" },
    { name: "a date without meaning", reading: aConnector({ meaning: "none" }), want: "not-applicable: other-kind" },
    {
      name: "a connector that never synced",
      reading: aConnector({ eventDate: "never" }),
      want: "unknown: never-in-contact",
    },
    { name: "a partner", reading: aPartner(), want: "not-applicable: other-kind" },
  ])("says $want of $name", ({ reading, want }) => {
    expect(inWords(evaluate(syncAge, reading))).toBe(want);
  });

  it.each([
    { name: "a connector that synced", overrides: {}, want: /^Nothing has come .* since 2026-07-23 16:00 UTC: / },
    {
      name: "one that never did",
      overrides: { eventDate: "never" as const },
      want: /^Nothing has come .* connector: /,
    },
  ])("says what follows for $name", ({ overrides, want }) => {
    expect(syncAge.consequence({ reading: aConnector(overrides), nowMs: NOW_MS })).toMatch(want);
  });
});
