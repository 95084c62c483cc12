import { describe, expect, it } from "vitest";
import { z } from "zod";
import { objectOf, oneOf, variantOf } from "../../../../src/adapters/tables/typed-schema.ts";

type Shape =
  | { readonly form: "circle"; readonly radius: number; readonly label?: string }
  | { readonly form: "square" | "diamond"; readonly side: number };

type Of<F> = Extract<Shape, { readonly form: F }>;

const square = objectOf<Exclude<Shape, Of<"circle">>>({
  form: oneOf<"square" | "diamond">({ square: true, diamond: true }),
  side: z.number(),
});

const shape = variantOf<Shape, "form">("form", {
  circle: objectOf<Of<"circle">>({ form: z.literal("circle"), radius: z.number() }),
  square,
  diamond: square,
});

const accepts = (schema: z.ZodType, value: unknown) => schema.safeParse(value).success;

describe("objectOf()", () => {
  it.each([
    { value: { form: "square", side: 1 }, want: true },
    { value: { form: "square", side: 1, more: [] }, want: true },
    { value: { form: "square", side: "1" }, want: false },
    { value: { form: "square" }, want: false },
    { value: null, want: false },
    { value: [], want: false },
    { value: "square", want: false },
  ])("says $want of $value", ({ value, want }) => {
    expect(accepts(square, value)).toBe(want);
  });

  it("gives the value itself, members without a schema included", () => {
    const value = { form: "square", side: 1, more: [] };

    expect(square.parse(value)).toBe(value);
  });
});

describe("oneOf()", () => {
  it.each([
    { value: "a", want: true },
    { value: "toString", want: false },
    { value: "__proto__", want: false },
    { value: "", want: false },
    { value: 1, want: false },
    { value: undefined, want: false },
  ])("says $want of $value", ({ value, want }) => {
    expect(accepts(oneOf<"a" | "b">({ a: true, b: true }), value)).toBe(want);
  });
});

describe("variantOf()", () => {
  it.each([
    { value: { form: "circle", radius: 1, label: "l" }, want: true },
    { value: { form: "diamond", side: 1 }, want: true },
    { value: { form: "circle", side: 1 }, want: false },
    { value: { form: "toString", side: 1 }, want: false },
    { value: { side: 1 }, want: false },
    { value: null, want: false },
    { value: "circle", want: false },
  ])("says $want of $value", ({ value, want }) => {
    expect(accepts(shape, value)).toBe(want);
  });
});
