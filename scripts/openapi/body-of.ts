import { z } from "zod";

/** A schema for every member of an answer, those that may be missing among them. */
export type Members<T> = { readonly [Name in keyof T]-?: z.ZodType<T[Name]> };

/** Makes the schema of an answer, which has no other members: one added, renamed or retyped in its type is a compile error here. */
export function bodyOf<T extends object>(members: Members<T>): z.ZodType<T> {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- each member of T has a schema of its own type, and there is no other
  return z.strictObject(members) as unknown as z.ZodType<T>;
}

/** Makes the schema of a union of literals; one added or removed in its type is a compile error here. */
export function literals<T extends string>(all: Readonly<Record<T, true>>): z.ZodType<T> {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the keys are all of T, and nothing else
  return z.enum(Object.keys(all)) as unknown as z.ZodType<T>;
}

/** Makes the schema of a word of ours that readers must not know all of: another version may have more. */
export function openWord<T extends string>(): z.ZodType<T> {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- T are the words of this version
  return z.string() as unknown as z.ZodType<T>;
}
