import { type RequestPollDeps, requestPoll } from "../app/request-poll.ts";
import { FLEET } from "../domain/poll/fleet.ts";
import { toIso } from "../domain/time.ts";
import { SECOND_MS } from "../domain/units.ts";
import type { WriteAccess } from "./authorize-write.ts";
import type { PollRequestBody } from "./contract/orders.ts";
import { readTenant } from "./find-connection.ts";
import type { ConfiguredTenant } from "./find-tenant.ts";
import type { Route } from "./http-types.ts";
import { jsonReply } from "./json-reply.ts";
import { badQueryReply, problemReply } from "./problem.ts";
import { readOrder } from "./read-order.ts";
import { reasonBodySchema } from "./write-body.schema.ts";

/** What POST v1/polls needs. */
export interface RequestPollRouteDeps extends RequestPollDeps {
  readonly tenants: readonly ConfiguredTenant[];
  readonly access: WriteAccess;
}

/** Makes the route of POST v1/polls, which asks for a poll of one tenant now. */
export function createRequestPollRoute(deps: RequestPollRouteDeps): Route {
  return async (input) => {
    const asked = readTenant(input, deps.tenants);
    if (asked.kind === "refused") return asked.reply;
    const { tenantId } = asked.tenant;
    if (tenantId === FLEET) {
      const message = "must be a tenant: the monitor looks at itself whenever it schedules polls";
      return badQueryReply(input, [{ parameter: "tenant", message }]);
    }
    const read = await readOrder(reasonBodySchema, input, deps.access);
    if (read.kind === "refused") return read.reply;
    const { reason } = read.order;
    const outcome = await requestPoll(deps, { tenantId, reason, person: read.person });
    if (outcome.kind === "too-soon") {
      const retryAfterSeconds = Math.ceil(outcome.retryAfterMs / SECOND_MS);
      const detail = "The tenant was polled, or a poll asked for, within the last minute";
      return problemReply(input, { status: 429, detail, retryAfterSeconds });
    }
    const body: PollRequestBody = { tenantId, slotDateTime: toIso(outcome.slotMs) };
    return jsonReply(202, body);
  };
}
