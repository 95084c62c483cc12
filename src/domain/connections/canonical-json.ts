/** How deep a value is written; nothing that Graph documents is half as deep, and no depth may overflow the stack. */
const MAX_DEPTH = 10;

/** A JSON object as sent: nothing is known of its properties. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** Says whether a value is a JSON object, neither null nor an array. */
export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Writes a JSON value so that equal values have equal texts: keys in order, no white space, what lies deeper than 10 levels as "…". */
export function canonicalJson(value: unknown, depth = MAX_DEPTH): string {
  if (typeof value !== "object" || value === null) return JSON.stringify(value) ?? "null";
  if (depth === 0) return '"…"';
  if (Array.isArray(value)) return `[${value.map((item) => canonicalJson(item, depth - 1)).join(",")}]`;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([key, item]) => `${JSON.stringify(key)}:${canonicalJson(item, depth - 1)}`).join(",")}}`;
}
