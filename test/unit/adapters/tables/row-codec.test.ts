import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { createRowCodec, toJson } from "../../../../src/adapters/tables/row-codec.ts";
import { objectOf } from "../../../../src/adapters/tables/typed-schema.ts";
import { InvariantError } from "../../../../src/domain/errors.ts";

interface Note {
  readonly atMs: number;
  readonly words: readonly string[];
  readonly title: string;
  readonly hint?: string;
  readonly size?: number;
}

const codec = createRowCodec<Note>({
  instants: ["atMs"],
  parts: ["words"],
  schema: objectOf<Note>({
    atMs: z.number(),
    words: z.array(z.string()),
    title: z.string(),
    size: z.number().optional(),
  }),
});

function aNote(overrides: Partial<Note> = {}): Note {
  return { atMs: 1_795_320_000_000, words: ["a", "b"], title: "t", ...overrides };
}

describe("toColumns()", () => {
  it("gives instants and parts columns of their own and the rest one column", () => {
    const columns = codec.toColumns(aNote({ hint: "h" }));

    expect(columns).toEqual({
      v: 1,
      atMs: 1_795_320_000_000n,
      words: '["a","b"]',
      rest: '{"title":"t","hint":"h"}',
    });
  });

  it("keeps to 30,000 characters a column", () => {
    const fits = "x".repeat(30_000 - '{"title":""}'.length);

    expect(codec.toColumns(aNote({ title: fits }))["rest"]).toHaveLength(30_000);
    expect(() => codec.toColumns(aNote({ title: `${fits}x` }))).toThrow(
      new InvariantError("Cannot store rest: at most 30000 characters are wanted, current count is 30001"),
    );
  });

  it.each([0.5, Number.NaN, 2 ** 53])("refuses %d as an instant", (atMs) => {
    expect(() => codec.toColumns(aNote({ atMs }))).toThrow(
      new InvariantError(`Cannot store atMs: whole epoch milliseconds are wanted, current value is ${atMs}`),
    );
  });

  it("refuses numbers that JSON would turn into null", () => {
    expect(() => codec.toColumns(aNote({ size: Number.NaN }))).toThrow(
      new InvariantError("Cannot store rest: a finite number is wanted, current value of size is NaN"),
    );
  });
});

describe("fromRow()", () => {
  it("gives back whatever was stored", () => {
    const text = fc.string({ unit: "binary", maxLength: 300 });
    const note = fc.record(
      {
        atMs: fc.maxSafeInteger(),
        words: fc.array(text, { maxLength: 5 }),
        title: text,
        hint: text,
        size: fc.double({ noNaN: true, noDefaultInfinity: true }).map((size) => size + 0),
      },
      { requiredKeys: ["atMs", "words", "title"] },
    );
    fc.assert(
      fc.property(note, (stored) => {
        const row = { ...codec.toColumns(stored), rowKey: "r", etag: "e", timestamp: "t" };

        expect(codec.fromRow(row)).toEqual(stored);
      }),
    );
  });

  it("keeps members that it does not know, for a newer version", () => {
    const row = { ...codec.toColumns(aNote()), rest: '{"title":"t","colour":"red"}' };

    expect(codec.fromRow(row)).toEqual({ ...aNote(), colour: "red" });
  });

  it.each([
    { fault: "another version", columns: { v: 2 } },
    { fault: "no version", columns: { v: undefined } },
    { fault: "an instant as a plain number", columns: { atMs: 5 } },
    { fault: "an instant as null", columns: { atMs: null } },
    { fault: "a part that is no JSON", columns: { words: "[" } },
    { fault: "a part of another type", columns: { words: "5" } },
    { fault: "a part that is missing", columns: { words: undefined } },
    { fault: "a rest that is no JSON", columns: { rest: "" } },
    { fault: "a rest that is a number", columns: { rest: "5" } },
    { fault: "a rest that is null", columns: { rest: "null" } },
    { fault: "a rest without a member that must be there", columns: { rest: "{}" } },
    { fault: "an optional member of another type", columns: { rest: '{"title":"t","size":"5"}' } },
  ])("does not understand a row with $fault", ({ columns }) => {
    expect(codec.fromRow({ ...codec.toColumns(aNote()), ...columns })).toBeUndefined();
  });

  it("never throws, whatever is in the row", () => {
    const columns = fc.dictionary(fc.constantFrom("v", "atMs", "words", "rest"), fc.anything());
    fc.assert(
      fc.property(columns, (row) => {
        expect(() => codec.fromRow({ v: 1, ...row })).not.toThrow();
      }),
    );
  });
});

describe("toJson()", () => {
  it("escapes the line separators at which the emulator cuts a transaction", () => {
    expect(toJson("x", "\u2028\u2029")).toBe(String.raw`"\u2028\u2029"`);
  });
});
