import { type ReplayDeps, type ReplayOutcome, replayDelivery } from "../app/replay-delivery.ts";
import { parseDeliveryId } from "../domain/delivery/delivery-id.ts";
import type { ReplayBody } from "./contract/orders.ts";
import { readTenant } from "./find-connection.ts";
import type { HttpInput, HttpReply, Route } from "./http-types.ts";
import { jsonReply } from "./json-reply.ts";
import { createOrderRoute, type TenantOrderAccess } from "./order-route.ts";
import { problemReply } from "./problem.ts";
import { reasonBodySchema } from "./write-body.schema.ts";

/** What POST v1/deliveries/{id}/replay needs. */
export interface ReplayDeliveryRouteDeps extends ReplayDeps, TenantOrderAccess {}

const REFUSALS: Readonly<Record<Extract<ReplayOutcome, { kind: "conflict" }>["reason"], string>> = {
  "episode-over": "The alert is over: its channel would be told what is no longer so",
  "newer-episode-open": "The alert fires again: its channel would be told that it is over",
  "newer-delivered": "The channel was told something newer of the same alert",
  "changed-meanwhile": "It was changed meanwhile; ask again",
};

/** Makes the route of POST v1/deliveries/{id}/replay, which has a notification sent again that was given up. */
export function createReplayDeliveryRoute(deps: ReplayDeliveryRouteDeps): Route {
  return createOrderRoute({
    ...deps,
    ask: (input) => readTenant(input, deps.tenants),
    schema: reasonBodySchema,
    follow: async (input, { tenant: { tenantId }, reason, person }) => {
      const target = input.params["id"] ?? "";
      const delivery = parseDeliveryId(target);
      if (delivery === undefined) return notFound(input);
      const atMs = deps.clock.nowMs();
      const audit = { id: `replay-${target}`, atMs, ...person, action: "replay-delivery", target, reason } as const;
      const outcome = await replayDelivery(deps, { tenantId, ...delivery }, audit);
      return toReply(input, outcome, { tenantId, notificationId: delivery.id });
    },
  });
}

function toReply(input: HttpInput, outcome: ReplayOutcome, body: ReplayBody): HttpReply {
  switch (outcome.kind) {
    case "replayed":
      return jsonReply(202, body);
    case "not-found":
      return notFound(input);
    case "conflict":
      return problemReply(input, { status: 409, detail: REFUSALS[outcome.reason] });
  }
}

function notFound(input: HttpInput): HttpReply {
  return problemReply(input, { status: 404, detail: "There is no such notification that was given up" });
}
