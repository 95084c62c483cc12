import { describe, expect, it } from "vitest";
import { endSilence } from "../../../../src/domain/suppression/end-silence.ts";
import { HOUR_MS } from "../../../../src/domain/units.ts";
import { aSilence, BEGIN_MS } from "./a-silence.ts";

const END_MS = BEGIN_MS + HOUR_MS;

describe("endSilence()", () => {
  it.each([
    { label: "while it is active", endedAtMs: BEGIN_MS + 1 },
    { label: "before it has begun", endedAtMs: BEGIN_MS - 1 },
    { label: "a millisecond before its end", endedAtMs: END_MS - 1 },
  ])("ends a silence $label", ({ endedAtMs }) => {
    expect(endSilence(aSilence(), endedAtMs)).toEqual(aSilence({ untilMs: endedAtMs, endedAtMs }));
  });

  it.each([
    { label: "at its end", endedAtMs: END_MS },
    { label: "after its end", endedAtMs: END_MS + 1 },
  ])("leaves a silence as it is $label", ({ endedAtMs }) => {
    expect(endSilence(aSilence(), endedAtMs)).toBeUndefined();
  });

  it.each([BEGIN_MS + 10, BEGIN_MS + 5, BEGIN_MS + 15])(
    "lets the first end stand when it is ended again at %i",
    (againMs) => {
      const ended = endSilence(aSilence(), BEGIN_MS + 10) ?? aSilence();

      expect(endSilence(ended, againMs)).toBeUndefined();
    },
  );
});
