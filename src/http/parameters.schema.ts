import { z } from "zod";

/** Reads one of some words. */
export function oneOf<const T extends readonly string[]>(values: T): z.ZodEnum<{ [K in T[number]]: K }> {
  return z.enum(values, `must be ${values.length === 1 ? "" : "one of "}${values.join(", ")}`);
}

/** The rows of a page where nobody says how many. */
export const DEFAULT_PAGE_SIZE = 100;

/** The parameters of every list that comes in pages. */
export const pagingParameters = {
  maxpagesize: z
    .string()
    .regex(/^(?:[1-9]\d{0,2}|1000)$/, "must be a whole number from 1 to 1000")
    .transform(Number)
    .optional()
    .describe("Rows read for one page, which may hold fewer. Default: 100."),
  pagetoken: z.string().optional().describe("Position of a next page."),
};
