import { describe, expect, it } from "vitest";
import { createTestChannelRoute } from "../../../src/http/test-channel-route.ts";
import { createFakeChannelHealthStore } from "../../fakes/fake-channel-health-store.ts";
import { createFakeNotifier, type ReceiverMood } from "../../fakes/fake-notifier.ts";
import { bodyOf } from "./builders.ts";
import { aWrite, aWriteWorld } from "./write-world.ts";

const ORDER = { reason: "new address", by: "Ann" };

async function aWorld(mood: ReceiverMood = "accepts") {
  const world = await aWriteWorld();
  const ops = createFakeNotifier();
  ops.setMood(mood);
  const notifierOf = async (channel: string) => (channel === "ops" ? ops : undefined);
  const channelHealth = createFakeChannelHealthStore(world.storage);
  return { ...world, ops, route: createTestChannelRoute({ ...world, notifierOf, channelHealth }) };
}

function test(
  write: { readonly headers?: Record<string, string>; readonly body?: unknown; readonly name?: string } = {},
  query = "",
) {
  const { name = "ops", ...rest } = write;
  return aWrite("POST", `/api/v1/channels/${name}/test${query}`, { body: ORDER, params: { name }, ...rest });
}

describe("createTestChannelRoute()", () => {
  it.each([
    { mood: "accepts", want: { channel: "ops", outcome: "delivered" } },
    { mood: "overloaded", want: { channel: "ops", outcome: "failed", reason: "http-503", isRetryable: true } },
    { mood: "refuses", want: { channel: "ops", outcome: "failed", reason: "http-404", isRetryable: false } },
  ] as const)("sends one message and answers the outcome of a receiver that $mood", async ({ mood, want }) => {
    const { route, ops, audit } = await aWorld(mood);

    const reply = await route(test());

    expect(reply.status).toBe(200);
    expect(bodyOf(reply)).toEqual(want);
    expect(ops.tests).toHaveLength(1);
    expect(audit("fleet")).toEqual([expect.objectContaining({ action: "test-channel", target: "ops", ...ORDER })]);
  });

  it.each([
    { what: "the right key", write: { headers: {} }, query: "", status: 403 },
    { what: "a reason", write: { body: { by: "Ann" } }, query: "", status: 400 },
    { what: "a channel", write: { name: "pager" }, query: "", status: 404 },
    { what: "need of a tenant", write: {}, query: "?tenant=fleet", status: 400 },
  ])("answers $status without $what, and sends nothing", async ({ write, query, status }) => {
    const { route, ops, audit } = await aWorld();

    expect((await route(test(write, query))).status).toBe(status);
    expect(ops.tests).toEqual([]);
    expect(audit("fleet")).toEqual([]);
  });
});
