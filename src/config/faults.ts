import type { z } from "zod";

/** One fault that a schema found. */
export interface Fault {
  /** Where, from the outermost member on. */
  readonly path: readonly PropertyKey[];
  readonly expected: string;
}

/** How people call what a schema expects. */
const TYPES: Readonly<Record<string, string>> = {
  array: "a list",
  boolean: "true or false",
  object: "an object",
  string: "a text",
};

/** Says what was expected where a schema does not say it itself; never what was given. */
export function expectationOf(issue: z.core.$ZodRawIssue): string {
  switch (issue.code) {
    case "invalid_type":
      return TYPES[issue.expected] ?? `a ${issue.expected}`;
    case "invalid_value":
      return `one of ${issue.values.map(String).join(", ")}`;
    case "too_small":
      return `at least ${issue.minimum} of them`;
    case "too_big":
      return `at most ${issue.maximum} of them`;
    case "unrecognized_keys":
      return "left out, for there is no such setting";
    default:
      return "of another form";
  }
}

/** Lists what a schema found, each unknown member by itself. */
export function toFaults(error: z.ZodError): readonly Fault[] {
  return error.issues.flatMap(({ path, message: expected, ...issue }) =>
    issue.code === "unrecognized_keys"
      ? issue.keys.map((key) => ({ path: [...path, key], expected }))
      : [{ path, expected }],
  );
}

/** Writes a path as `tenants[0].id`; a name in it is cut at 64 characters. */
export function formatPath(path: readonly PropertyKey[]): string {
  return path
    .map((part) => (typeof part === "number" ? `[${part}]` : `.${String(part).slice(0, 64)}`))
    .join("")
    .replace(/^\./, "");
}
