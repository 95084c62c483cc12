import { type LoadOverviewsDeps, loadOverviews } from "../app/load-overviews.ts";
import type { ConfiguredTenant } from "./find-tenant.ts";
import type { Route } from "./http-types.ts";
import { OPEN_METRICS_TYPE, renderOpenMetrics } from "./open-metrics.ts";
import { parseQuery } from "./parse-query.ts";
import { badQueryReply } from "./problem.ts";
import { selectTenants } from "./select-tenants.ts";
import { tenantsQuerySchema } from "./tenants-query.schema.ts";
import { toMetrics } from "./to-metrics.ts";

/** What GET v1/metrics needs. */
export interface MetricsRouteDeps extends LoadOverviewsDeps {
  readonly tenants: readonly ConfiguredTenant[];
  readonly clock: { readonly nowMs: () => number };
}

/** Makes the route of GET v1/metrics: what the last polls of all tenants, or of one, said, as OpenMetrics. */
export function createMetricsRoute(deps: MetricsRouteDeps): Route {
  return async (input) => {
    const parsed = parseQuery(tenantsQuerySchema, input.query);
    if (parsed.kind === "bad") return badQueryReply(input, parsed.errors);
    const selected = selectTenants(input, deps.tenants, parsed.query.tenant);
    if (selected.kind === "refused") return selected.reply;
    const overviews = await loadOverviews(deps, selected.tenants);
    return {
      status: 200,
      headers: {
        "Content-Type": OPEN_METRICS_TYPE,
        "Cache-Control": "no-store",
        "X-Content-Type-Options": "nosniff",
      },
      body: renderOpenMetrics(toMetrics(overviews, deps.clock.nowMs())),
    };
  };
}
