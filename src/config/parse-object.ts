import type { z } from "zod";
import { expectationOf, formatPath, toFaults } from "./faults.ts";

/** Takes note of a setting that cannot be used. */
export type Report = (setting: string, expected: string) => void;

/** An object as a schema reads it, or those of its members that can be used, so that further checks can go on. */
export type ParsedObject<T> =
  | { readonly kind: "whole"; readonly values: T; readonly bad: ReadonlySet<string> }
  /** A member that is `bad` is absent or at its default, and says nothing. */
  | { readonly kind: "partial"; readonly values: Loose<T>; readonly bad: ReadonlySet<string> };

type Loose<T> = { readonly [K in keyof T]?: T[K] | undefined };

/** A schema, and the same with every member optional. */
export interface ObjectSchemas<T> {
  readonly whole: z.ZodType<T>;
  readonly partial: z.ZodType<Loose<T>>;
}

/** Reads an object member by member and reports every problem by its path. */
export function parseObject<T>(
  schemas: ObjectSchemas<T>,
  given: Readonly<Record<string, unknown>>,
  report: Report,
): ParsedObject<T> {
  const whole = schemas.whole.safeParse(given, { error: expectationOf });
  if (whole.success) return { kind: "whole", values: whole.data, bad: new Set() };
  const faults = toFaults(whole.error);
  for (const { path, expected } of faults) report(formatPath(path), expected);
  const bad = new Set(faults.map(({ path }) => String(path[0])));
  const rest = Object.fromEntries(Object.entries(given).filter(([name]) => !bad.has(name)));
  return { kind: "partial", values: schemas.partial.parse(rest), bad };
}
