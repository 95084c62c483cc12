import {
  type DeliveriesPage,
  type DeliveriesRequest,
  type ListDeliveriesDeps,
  listDeliveries,
} from "../app/list-deliveries.ts";
import { defined } from "../domain/defined.ts";
import { conditionalReply } from "./conditional-reply.ts";
import type { DeliveriesBody, DeliveryBody } from "./contract/deliveries.ts";
import { deliveriesQuerySchema } from "./deliveries-query.schema.ts";
import { type ConfiguredTenant, findTenant } from "./find-tenant.ts";
import type { Route } from "./http-types.ts";
import type { LinkSettings } from "./next-link.ts";
import { findPage, linkNextPage } from "./next-page.ts";
import { DEFAULT_PAGE_SIZE } from "./parameters.schema.ts";
import { parseQuery } from "./parse-query.ts";
import { badQueryReply } from "./problem.ts";
import { toPendingDelivery, toSettledDelivery } from "./to-delivery.ts";

/** What GET v1/deliveries needs. */
export interface DeliveriesRouteDeps extends ListDeliveriesDeps {
  readonly tenants: readonly ConfiguredTenant[];
  readonly links: LinkSettings;
  /** The first 32 hex digits of SHA-256. */
  readonly digest: (text: string) => string;
}

/** Makes the route of GET v1/deliveries: one page of what a tenant's channels were told, are being told, or could not be told. */
export function createDeliveriesRoute(deps: DeliveriesRouteDeps): Route {
  return async (input) => {
    const parsed = parseQuery(deliveriesQuerySchema, input.query);
    if (parsed.kind === "bad") return badQueryReply(input, parsed.errors);
    const { tenant, status = "delivered", maxpagesize: limit = DEFAULT_PAGE_SIZE, pagetoken } = parsed.query;
    const found = findTenant(input, deps.tenants, tenant);
    if (found.kind === "refused") return found.reply;
    const { tenantId } = found.tenant;
    const parameters = toParameters({ tenantId, status, limit });
    const place = findPage(input, { parameters, pageToken: pagetoken }, deps.digest);
    if (place.kind === "refused") return place.reply;
    const list = await listDeliveries(deps, { tenantId, status, limit, ...defined({ after: place.after }) });
    const nextLink = linkNextPage(input, { parameters, next: list.page.next }, deps);
    const body: DeliveriesBody = { tenantId, value: toBodies(list), nextLink };
    return conditionalReply(input, { body, facts: body }, deps.digest);
  };
}

function toParameters({ tenantId, status, limit }: DeliveriesRequest): URLSearchParams {
  return new URLSearchParams({ tenant: tenantId, status, maxpagesize: String(limit) });
}

function toBodies(list: DeliveriesPage): readonly DeliveryBody[] {
  return list.kind === "pending" ? list.page.rows.map(toPendingDelivery) : list.page.rows.map(toSettledDelivery);
}
