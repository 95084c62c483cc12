const DAY_MS = 86_400_000;

/** A member of Graph's connectorHealthState. */
export type ConnectorHealth = "healthy" | "warning" | "unhealthy" | "unknown";

/**
 * Judges an expiry by Intune's own rule: unhealthy when "expired", warning when it "will expire within seven days".
 *
 * Source: Intune tenant status page, as quoted in reference/graph.md section 6.5.
 */
export function expiryHealth(expiresMs: number, elapsedMs: number): ConnectorHealth {
  const leftMs = expiresMs - elapsedMs;
  if (leftMs <= 0) {
    return "unhealthy";
  }
  return leftMs <= 7 * DAY_MS ? "warning" : "healthy";
}

/**
 * Judges a sync by Intune's own rule: unhealthy when the last was "three or more days ago", warning "more than one day ago".
 *
 * Exactly one day counts as healthy, never synced as unknown.
 * Source: Intune tenant status page, as quoted in reference/graph.md section 6.5.
 */
export function syncHealth(lastSyncMs: number | undefined, elapsedMs: number): ConnectorHealth {
  if (lastSyncMs === undefined) {
    return "unknown";
  }
  const ageMs = elapsedMs - lastSyncMs;
  if (ageMs >= 3 * DAY_MS) {
    return "unhealthy";
  }
  return ageMs > DAY_MS ? "warning" : "healthy";
}
