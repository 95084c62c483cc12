import { connectionUptime, hasUptime, type Uptime } from "../domain/history/connection-uptime.ts";
import type { HistoryRange } from "../ports/history-store.ts";
import { type LoadedPast, type LoadPastDeps, loadConnectionPast } from "./load-connection-past.ts";

/** Whose uptime is wanted. */
export interface UptimeRequest {
  readonly range: Pick<HistoryRange, "tenantId" | "fromMs" | "toMs">;
  readonly connectionKey: string;
  readonly nowMs: number;
}

/** What came of asking. */
export type UptimeResult =
  | { readonly kind: "uptime"; readonly uptime: Uptime }
  /** No rule that judges such a connection can say that it is down. */
  | { readonly kind: "never-down" }
  | Exclude<LoadedPast, { kind: "past" }>;

/**
 * Adds up how long a connection was up and down in a window.
 *
 * @throws {DependencyError} When storage cannot be read.
 */
export async function getUptime(deps: LoadPastDeps, request: UptimeRequest): Promise<UptimeResult> {
  const { range, connectionKey, nowMs } = request;
  const loaded = await loadConnectionPast(deps, { ...range, connectionKey, nowMs });
  if (loaded.kind !== "past") return loaded;
  if (!hasUptime(loaded.past)) return { kind: "never-down" };
  return { kind: "uptime", uptime: connectionUptime(loaded.past, range) };
}
