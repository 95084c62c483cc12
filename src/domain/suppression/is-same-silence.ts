import { canonicalJson } from "../connections/canonical-json.ts";
import type { Silence } from "./silence.ts";

/** Says whether two silences are the same order, given twice: all but the time of writing agrees. */
export function isSameSilence(a: Silence, b: Silence): boolean {
  return canonicalJson({ ...a, writtenAtMs: 0 }) === canonicalJson({ ...b, writtenAtMs: 0 });
}
