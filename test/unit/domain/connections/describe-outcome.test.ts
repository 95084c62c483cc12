import { describe, expect, it } from "vitest";
import { describeOutcome } from "../../../../src/domain/connections/describe-outcome.ts";
import { summariseSource } from "../../../../src/domain/connections/summarise-source.ts";

const poll = { slotMs: 1, observedAtMs: 2, counts: true };

describe("describeOutcome()", () => {
  it.each([
    { read: { outcome: "read", rows: [] }, text: "read" },
    { read: { outcome: "unreadable", reason: "forbidden" }, text: "unreadable: forbidden" },
    { read: { outcome: "not-available", reason: "unlicensed" }, text: "not-available: unlicensed" },
  ] as const)("says $text", ({ read, text }) => {
    expect(describeOutcome(summariseSource({ sourceId: "connectorStatus", ...read }, undefined, poll))).toBe(text);
  });
});
