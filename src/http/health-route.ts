import { type GetHealthDeps, getHealth, type Health } from "../app/get-health.ts";
import { SECOND_MS } from "../domain/units.ts";
import type { HealthBody } from "./contract/health.ts";
import type { Cache } from "./create-cache.ts";
import type { Route } from "./http-types.ts";
import { noQuerySchema } from "./no-query.schema.ts";
import { parseQuery } from "./parse-query.ts";
import { badQueryReply } from "./problem.ts";

/** How long one look at the health is good for: the route is anonymous, and nobody may make us ask storage at will. */
export const HEALTH_MAX_AGE_MS = 15 * SECOND_MS;

/** What GET v1/health needs. */
export interface HealthRouteDeps extends GetHealthDeps {
  /** Kept as long as the process, and made with `HEALTH_MAX_AGE_MS`. */
  readonly cache: Cache<Health>;
}

/** Makes the route of GET v1/health: 200, or 503 with reasons; counts only, for anybody may ask. */
export function createHealthRoute(deps: HealthRouteDeps): Route {
  return async (input) => {
    const parsed = parseQuery(noQuerySchema, input.query);
    if (parsed.kind === "bad") return badQueryReply(input, parsed.errors);
    const health = await deps.cache.get(deps.clock.nowMs(), () => getHealth(deps));
    const body = toBody(health);
    const headers = { "Content-Type": "application/json", "Cache-Control": "no-store" };
    return body.status === "healthy"
      ? { status: 200, headers, body: JSON.stringify(body) }
      : {
          status: 503,
          headers: { ...headers, "Retry-After": String(HEALTH_MAX_AGE_MS / SECOND_MS) },
          body: JSON.stringify(body),
        };
  };
}

function toBody(health: Health): HealthBody {
  switch (health.kind) {
    case "healthy":
      return { status: "healthy", reasons: [], tenants: health.tenants, notes: health.notes };
    case "tenants-late": {
      const { tenants, notes } = health;
      const reason = `${tenants.late} of ${tenants.configured} tenants had no poll for ${sayLimit(health.allowedPeriods)}`;
      return { status: "unhealthy", reasons: [reason], tenants, notes };
    }
    case "misconfigured":
      return { status: "unhealthy", reasons: ["settings cannot be used"], settings: health.problems };
    case "dependency-failed":
      return { status: "unhealthy", reasons: [`${health.dependency} cannot be reached`] };
  }
}

function sayLimit(allowedPeriods: number | undefined): string {
  if (allowedPeriods === undefined) return "longer than their limit";
  return `more than ${allowedPeriods} ${allowedPeriods === 1 ? "period" : "periods"}`;
}
