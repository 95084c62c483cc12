import { type ChannelTest, type TestChannelDeps, testChannel } from "../app/test-channel.ts";
import type { ChannelTestBody } from "./contract/orders.ts";
import type { Asked, HttpInput, HttpReply, Route } from "./http-types.ts";
import { jsonReply } from "./json-reply.ts";
import { noQuerySchema } from "./no-query.schema.ts";
import { createOrderRoute, type OrderAccess } from "./order-route.ts";
import { parseQuery } from "./parse-query.ts";
import { badQueryReply, problemReply } from "./problem.ts";
import { reasonBodySchema } from "./write-body.schema.ts";

/** What POST v1/channels/{name}/test needs. */
export interface TestChannelRouteDeps extends TestChannelDeps, OrderAccess {}

/** Makes the route of POST v1/channels/{name}/test, which sends a test message once and says what came of it. */
export function createTestChannelRoute(deps: TestChannelRouteDeps): Route {
  return createOrderRoute({
    ...deps,
    ask: readChannel,
    schema: reasonBodySchema,
    follow: async (input, { channel, reason, person }) =>
      toReply(input, channel, await testChannel(deps, { channel, reason, person })),
  });
}

function readChannel(input: HttpInput): Asked<{ readonly channel: string }> {
  const parsed = parseQuery(noQuerySchema, input.query);
  return parsed.kind === "bad"
    ? { kind: "refused", reply: badQueryReply(input, parsed.errors) }
    : { kind: "found", channel: input.params["name"] ?? "" };
}

function toReply(input: HttpInput, channel: string, test: ChannelTest): HttpReply {
  switch (test.kind) {
    case "not-configured":
      return problemReply(input, { status: 404, detail: "No such channel is configured" });
    case "delivered":
      return jsonReply(200, { channel, outcome: "delivered" } satisfies ChannelTestBody);
    case "retry":
    case "final": {
      const isRetryable = test.kind === "retry";
      const body: ChannelTestBody = { channel, outcome: "failed", reason: test.reason, isRetryable };
      return jsonReply(200, body);
    }
  }
}
