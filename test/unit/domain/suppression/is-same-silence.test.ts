import { describe, expect, it } from "vitest";
import { isSameSilence } from "../../../../src/domain/suppression/is-same-silence.ts";
import type { Silence } from "../../../../src/domain/suppression/silence.ts";
import { aSilence, BEGIN_MS } from "./a-silence.ts";

const silence = aSilence({ match: { rule: "expiry", severity: "error" } });

describe("isSameSilence()", () => {
  it("is true for the same order given again later, whatever the order of its members", () => {
    const repeated = aSilence({ match: { severity: "error", rule: "expiry" }, writtenAtMs: BEGIN_MS + 1 });

    expect(isSameSilence(silence, repeated)).toBe(true);
  });

  it.each<Partial<Silence>>([
    { id: "s-2" },
    { match: { rule: "expiry" } },
    { match: { rule: "expiry", severity: "critical" } },
    { fromMs: BEGIN_MS + 1 },
    { untilMs: BEGIN_MS + 1 },
    { by: "ben@contoso.example" },
    { reason: "another" },
    { endedAtMs: BEGIN_MS },
  ])("is false when %j differs", (change) => {
    expect(isSameSilence(silence, { ...silence, ...change })).toBe(false);
  });
});
