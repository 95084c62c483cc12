import { describe, expect, it } from "vitest";
import { firstHeartbeat } from "../../../../src/domain/rules/first-heartbeat.ts";
import { DAY_MS } from "../../../../src/domain/units.ts";
import { aConnector, aPartner, at, NOW_MS } from "../connections/a-reading.ts";
import { evaluate, inWords } from "./an-input.ts";

const silent = aPartner({ lastContact: "never" });

describe("first-heartbeat", () => {
  it.each([
    { waitingMs: 0, want: "ok: waiting" },
    { waitingMs: DAY_MS, want: "ok: waiting" },
    { waitingMs: DAY_MS + 1, want: "warning: never-beat" },
    { waitingMs: 3 * DAY_MS - 1, want: "warning: never-beat" },
    { waitingMs: 3 * DAY_MS, want: "error: never-beat" },
    { waitingMs: 300 * DAY_MS, want: "error: never-beat" },
  ])("says $want $waitingMs ms after it was first seen", ({ waitingMs, want }) => {
    const evaluation = evaluate(firstHeartbeat, silent, { input: { firstSeenAtMs: NOW_MS - waitingMs } });

    expect(inWords(evaluation)).toBe(want);
  });

  it.each([
    { name: "a partner that beats", reading: aPartner(), want: "ok: has-beaten" },
    {
      name: "a partner that beat once",
      reading: aPartner({ lastContact: "never", lastBeat: at(1) }),
      want: "ok: has-beaten",
    },
    { name: "a date that was not read", reading: aPartner({ lastContact: undefined }), want: "unknown: not-read" },
    {
      name: "no date, carried over from an earlier reading",
      reading: aPartner({ lastContact: "never", carriedOver: ["lastContact"] }),
      want: "unknown: not-read",
    },
    { name: "a connector", reading: aConnector(), want: "not-applicable: other-kind" },
  ])("says $want of $name", ({ reading, want }) => {
    expect(inWords(evaluate(firstHeartbeat, reading))).toBe(want);
  });

  it("waits for a partner that was in the catalogue for long from when it became active", () => {
    const input = { firstSeenAtMs: NOW_MS - 300 * DAY_MS, activeSinceMs: NOW_MS - 2 * DAY_MS };

    const evaluation = evaluate(firstHeartbeat, silent, { input });

    expect(evaluation).toMatchObject({
      severity: "warning",
      measured: { unit: "duration", ms: 2 * DAY_MS },
      breachedSinceMs: NOW_MS - DAY_MS,
    });
  });

  it("says since when it waits too long", () => {
    const evaluation = evaluate(firstHeartbeat, silent, { input: { firstSeenAtMs: NOW_MS - 4 * DAY_MS } });

    expect(evaluation).toMatchObject({
      measured: { unit: "duration", ms: 4 * DAY_MS },
      threshold: { unit: "duration", ms: 3 * DAY_MS },
      breachedSinceMs: NOW_MS - 3 * DAY_MS,
    });
  });
});
