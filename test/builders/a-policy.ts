import { createHash } from "node:crypto";
import { SOURCE_IDS, type SourceId, type SourceRead } from "../../src/domain/connections/source.ts";
import type { TenantPolicy } from "../../src/domain/poll/tenant-policy.ts";
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
    channels: [{ name: "ops", minSeverity: "warning" }],
    ...overrides,
  };
}

/** The digest that the program uses: the first 32 hex digits of SHA-256. */
export function digest(text: string): string {
  return createHash("sha256").update(text).digest("hex").slice(0, 32);
}

/** Good reads of all sources with the given rows; a source that is not named is empty. */
export function goodReads(rows: Readonly<Partial<Record<SourceId, readonly unknown[]>>> = {}): readonly SourceRead[] {
  return SOURCE_IDS.map((sourceId) => ({ sourceId, outcome: "read", rows: rows[sourceId] ?? [] }));
}
