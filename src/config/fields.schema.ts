import { z } from "zod";
import { DAY_MS, formatDuration, parseDuration } from "../domain/units.ts";
import { type Environment, isUnresolvedReference, settingOf } from "./environment.ts";

/** A duration: ISO 8601 text in the configuration, milliseconds in the program. */
export type DurationField = z.ZodPipe<z.ZodString, z.ZodTransform<number, string>>;

/** A secret: the name of an app setting in the configuration, its value in the program. */
export type SecretField = z.ZodPipe<z.ZodString, z.ZodTransform<string, string>>;

/** The longest duration that makes sense anywhere. */
const MAX_DURATION_MS = 3_650 * DAY_MS;

/** Reads an ISO 8601 duration as milliseconds; both bounds are inclusive. */
export function duration(minMs: number, maxMs = MAX_DURATION_MS): DurationField {
  const expected = `an ISO 8601 duration such as PT36H or P7D, from ${formatDuration(minMs)} to ${formatDuration(maxMs)}`;
  return z.string(expected).transform((text, context) => {
    const durationMs = parseDuration(text);
    if (durationMs !== undefined && durationMs >= minMs && durationMs <= maxMs) return durationMs;
    context.addIssue(expected);
    return z.NEVER;
  });
}

/** Reads a whole number; both bounds are inclusive. */
export function wholeNumber(min: number, max: number): z.ZodInt {
  const expected = `a whole number from ${min} to ${max}`;
  return z.int(expected).min(min, expected).max(max, expected);
}

/** Reads a text for people. */
export function label(maxLength: number): z.ZodString {
  const expected = `a text of 1 to ${maxLength} characters`;
  return z.string(expected).trim().min(1, expected).max(maxLength, expected);
}

/** Reads a GUID of either letter case as lower case. */
export function guid(): z.ZodString {
  return z
    .string("a GUID")
    .trim()
    .toLowerCase()
    .regex(/^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/, "a GUID");
}

/** Reads a name pattern. */
export function glob(): z.ZodString {
  const expected = "a text of 1 to 256 characters, in which * stands for any characters";
  return z.string(expected).min(1, expected).max(256, expected);
}

/**
 * Reads the name of an app setting as the value of that setting.
 *
 * The name itself is never repeated in a problem: the commonest mistake is to write the secret in its place.
 */
export function fromSetting(env: Environment, content: string): SecretField {
  const expected = `the name of an app setting that holds ${content}`;
  return z.string(expected).transform((name, context) => {
    const value = settingOf(env, name);
    if (value !== undefined && !isUnresolvedReference(value)) return value;
    const reason = value === undefined ? "it is not set" : "the platform could not resolve its Key Vault reference";
    context.addIssue(`${expected}; ${reason}`);
    return z.NEVER;
  });
}

/** Says what was expected of the member that tells the kinds of an object apart. */
export function unknownKind(expected: string): { readonly error: z.core.$ZodErrorMap } {
  return { error: ({ code }) => (code === "invalid_union" ? expected : undefined) };
}
