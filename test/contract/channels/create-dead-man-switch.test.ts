import { afterEach, describe, expect, it } from "vitest";
import { createDeadManSwitch } from "../../../src/adapters/channels/create-dead-man-switch.ts";
import type { ReceiverMood } from "../../fakes/fake-notifier.ts";
import { aChannelWorld } from "./channel-world.ts";
import { ANSWERS, type Receiver, startReceiver } from "./start-receiver.ts";

const receivers: Receiver[] = [];

afterEach(async () => {
  await Promise.all(receivers.splice(0).map((receiver) => receiver.stop()));
});

interface PingOptions {
  readonly path?: string;
  readonly mood?: ReceiverMood;
  readonly allowPrivate?: boolean;
}

async function ping(late: number, options: PingOptions = {}) {
  const { path = "/ping/1-2-3", mood = "accepts", allowPrivate = true } = options;
  const receiver = await startReceiver();
  receivers.push(receiver);
  receiver.answerWith(ANSWERS[mood]);
  const world = aChannelWorld({ timeoutMs: 500 });
  const target = { url: `http://127.0.0.1:${receiver.port}${path}`, allowPrivate };
  await createDeadManSwitch(target, world).ping({ configured: 12, late });
  return { posts: receiver.received, calls: world.telemetry.dependencies };
}

describe("createDeadManSwitch()", () => {
  it.each([
    { late: 0, path: "/ping/1-2-3", want: "/ping/1-2-3" },
    { late: 1, path: "/ping/1-2-3", want: "/ping/1-2-3/fail" },
    { late: 1, path: "/ping/1-2-3/", want: "/ping/1-2-3/fail" },
    { late: 1, path: "/ping?key=a%2Fb", want: "/ping/fail?key=a%2Fb" },
    { late: 1, path: "", want: "/fail" },
  ])("posts to $want when $late tenants are late at $path", async ({ late, path, want }) => {
    const { posts } = await ping(late, { path });

    expect(posts.map((post) => [post.method, post.path])).toEqual([["POST", want]]);
  });

  it("says two numbers and nothing else", async () => {
    const { posts } = await ping(3);

    expect(posts[0]?.body).toBe("3 of 12 tenants are late");
  });

  it.each(["refuses", "overloaded", "redirects", "resets", "hangs"] as const)(
    "records that a receiver that %s was not reached, and goes on",
    async (mood) => {
      const { calls } = await ping(0, { mood });

      expect(calls).toMatchObject([{ operation: "ping-dead-man-switch", target: "dead-man-switch", success: false }]);
      expect(JSON.stringify(calls)).not.toContain("1-2-3");
    },
  );

  it("reaches no private address unless it may", async () => {
    const { posts, calls } = await ping(0, { allowPrivate: false });

    expect(posts).toEqual([]);
    expect(calls).toMatchObject([{ success: false, reason: "target-refused" }]);
  });
});
