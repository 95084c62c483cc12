import { type ChannelTest, type TestChannelDeps, testChannel } from "../app/test-channel.ts";
import type { WriteAccess } from "./authorize-write.ts";
import type { ChannelTestBody } from "./contract/orders.ts";
import type { HttpInput, HttpReply, Route } from "./http-types.ts";
import { jsonReply } from "./json-reply.ts";
import { noQuerySchema } from "./no-query.schema.ts";
import { parseQuery } from "./parse-query.ts";
import { badQueryReply, problemReply } from "./problem.ts";
import { readOrder } from "./read-order.ts";
import { reasonBodySchema } from "./write-body.schema.ts";

/** What POST v1/channels/{name}/test needs. */
export interface TestChannelRouteDeps extends TestChannelDeps {
  readonly access: WriteAccess;
}

/** Makes the route of POST v1/channels/{name}/test, which sends a test message once and says what came of it. */
export function createTestChannelRoute(deps: TestChannelRouteDeps): Route {
  return async (input) => {
    const parsed = parseQuery(noQuerySchema, input.query);
    if (parsed.kind === "bad") return badQueryReply(input, parsed.errors);
    const read = await readOrder(reasonBodySchema, input, deps.access);
    if (read.kind === "refused") return read.reply;
    const channel = input.params["name"] ?? "";
    const { reason } = read.order;
    return toReply(input, channel, await testChannel(deps, { channel, reason, person: read.person }));
  };
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
