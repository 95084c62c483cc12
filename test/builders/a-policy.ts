import { createHash } from "node:crypto";
import { DEFAULT_REPEAT_MS } from "../../src/domain/alerts/decide-notification.ts";
import { SOURCE_IDS, type SourceId, type SourceRead } from "../../src/domain/connections/source.ts";
import type { ChannelRoute, TenantPolicy } from "../../src/domain/poll/tenant-policy.ts";
import { MINUTE_MS } from "../../src/domain/units.ts";

/** The tenant of tests that need only one. */
export const TENANT_ID = "00000000-0000-4000-8000-0000000000a1";

/** A policy that watches everything each 15 minutes and tells one channel from warning up. */
export function aPolicy(overrides: Partial<TenantPolicy> = {}): TenantPolicy {
  return {
    tenantId: TENANT_ID,
    tenantName: "Contoso",
    periodMs: 15 * MINUTE_MS,
    sources: SOURCE_IDS,
    rules: { preset: "recommended", rules: {}, overrides: [] },
    ignore: [],
    watchedConnectors: [],
    maintenance: [],
    repeatMs: DEFAULT_REPEAT_MS,
    channels: [aRoute()],
    ...overrides,
  };
}

/** A channel that is told from warning up and keeps no incidents. */
export function aRoute(overrides: Partial<ChannelRoute> = {}): ChannelRoute {
  return { name: "ops", minSeverity: "warning", keepsIncidents: false, ...overrides };
}

const digests = new Map<string, string>();

/** The digest that the program uses: the first 32 hex digits of SHA-256; the same few texts come again in every poll. */
export function digest(text: string): string {
  const known = digests.get(text) ?? createHash("sha256").update(text).digest("hex").slice(0, 32);
  digests.set(text, known);
  return known;
}

/** Good reads of all sources with the given rows; a source that is not named is empty. */
export function goodReads(rows: Readonly<Partial<Record<SourceId, readonly unknown[]>>> = {}): readonly SourceRead[] {
  return SOURCE_IDS.map((sourceId) => ({ sourceId, outcome: "read", rows: rows[sourceId] ?? [] }));
}
