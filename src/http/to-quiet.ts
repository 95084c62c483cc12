import type { QuietReason } from "../domain/suppression/quiet-reason.ts";
import { toIso } from "../domain/time.ts";
import type { QuietBody } from "./contract/alerts.ts";

/** Writes why an alert is quiet. */
export function toQuiet(reason: QuietReason): QuietBody {
  if (!("untilMs" in reason)) return reason;
  const { untilMs, ...rest } = reason;
  return { ...rest, untilDateTime: toIso(untilMs) };
}
