import { type RequestPollDeps, requestPoll } from "../app/request-poll.ts";
import { FLEET } from "../domain/poll/fleet.ts";
import { toIso } from "../domain/time.ts";
import { SECOND_MS } from "../domain/units.ts";
import type { PollRequestBody } from "./contract/orders.ts";
import { readTenant } from "./find-connection.ts";
import type { AskedTenant, ConfiguredTenant } from "./find-tenant.ts";
import type { HttpInput, Route } from "./http-types.ts";
import { jsonReply } from "./json-reply.ts";
import { createOrderRoute, type TenantOrderAccess } from "./order-route.ts";
import { badQueryReply, problemReply } from "./problem.ts";
import { reasonBodySchema } from "./write-body.schema.ts";

/** What POST v1/polls needs. */
export interface RequestPollRouteDeps extends RequestPollDeps, TenantOrderAccess {}

/** Makes the route of POST v1/polls, which asks for a poll of one tenant now. */
export function createRequestPollRoute(deps: RequestPollRouteDeps): Route {
  return createOrderRoute({
    ...deps,
    ask: (input) => readPolledTenant(input, deps.tenants),
    schema: reasonBodySchema,
    follow: async (input, { tenant: { tenantId }, reason, person }) => {
      const outcome = await requestPoll(deps, { tenantId, reason, person });
      if (outcome.kind === "too-soon") {
        const retryAfterSeconds = Math.ceil(outcome.retryAfterMs / SECOND_MS);
        const detail = "The tenant was polled, or a poll asked for, within the last minute";
        return problemReply(input, { status: 429, detail, retryAfterSeconds });
      }
      const body: PollRequestBody = { tenantId, slotDateTime: toIso(outcome.slotMs) };
      return jsonReply(202, body);
    },
  });
}

function readPolledTenant(input: HttpInput, tenants: readonly ConfiguredTenant[]): AskedTenant {
  const read = readTenant(input, tenants);
  if (read.kind === "refused" || read.tenant.tenantId !== FLEET) return read;
  const message = "must be a tenant: the monitor looks at itself whenever it schedules polls";
  return { kind: "refused", reply: badQueryReply(input, [{ parameter: "tenant", message }]) };
}
