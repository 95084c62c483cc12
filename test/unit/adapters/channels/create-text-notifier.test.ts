import { describe, expect, it } from "vitest";
import { createTextNotifier, type TextMessage } from "../../../../src/adapters/channels/create-text-notifier.ts";
import type { LinkedSubject } from "../../../../src/domain/delivery/link-notification.ts";
import { aNotification, anOutgoing, SLOT_MS } from "../../../builders/a-notification.ts";

/** A channel that shows the lines of a message as JSON and keeps what it is given. */
function aWorld(maxBodyBytes: number) {
  const bodies: string[] = [];
  const linked: LinkedSubject[] = [];
  const notifier = createTextNotifier(
    {
      channel: "ops",
      targetDigest: "target",
      maxBodyBytes,
      render,
      post: async (body) => {
        bodies.push(body);
        return { kind: "delivered" };
      },
    },
    {
      linksOf: (subject) => {
        linked.push(subject);
        return {};
      },
    },
  );
  return { notifier, bodies, linked };
}

function render({ id, text }: TextMessage): string {
  return JSON.stringify({ id, title: text.title, lines: text.lines.map((line) => line.text), closing: text.closing });
}

function aGroup(count: number) {
  return Array.from({ length: count }, (_, n) => anOutgoing({ id: `n-${n}` }));
}

async function sizeOf(count: number): Promise<number> {
  const { notifier, bodies } = aWorld(1_000_000);
  await notifier.send(aGroup(count));
  return Buffer.byteLength(bodies[0] ?? "");
}

describe("createTextNotifier()", () => {
  it("says one notification with all its facts, under its own id, and links to its connection", async () => {
    const { notifier, bodies, linked } = aWorld(1_000_000);

    await notifier.send([anOutgoing({ id: "n-0" })]);

    expect(JSON.parse(bodies[0] ?? "")).toMatchObject({
      id: "n-0",
      title: "Error: Jamf Device Compliance has not been in touch for 3 d 4 h (Contoso)",
    });
    expect(linked).toEqual([aNotification()]);
  });

  it("says several in one message, under the id of the first, and links to their tenant", async () => {
    const { notifier, bodies, linked } = aWorld(1_000_000);

    await notifier.send(aGroup(2));

    expect(bodies.map((body): unknown => JSON.parse(body))).toEqual([
      {
        id: "n-0",
        title: "2 alerts of Contoso: 2 errors",
        lines: [expect.stringContaining("Jamf"), expect.stringContaining("Jamf")],
      },
    ]);
    expect(linked).toEqual([{ tenantId: aNotification().tenantId }]);
  });

  it.each([
    { roomBytes: 0, lines: 20, closing: undefined },
    { roomBytes: -1, lines: 15, closing: "and 5 more" },
  ])("keeps $lines lines of 20 with $roomBytes bytes to spare", async ({ roomBytes, lines, closing }) => {
    const { notifier, bodies } = aWorld((await sizeOf(20)) + roomBytes);

    await notifier.send(aGroup(20));

    const message = JSON.parse(bodies[0] ?? "");
    expect(message.lines).toHaveLength(lines);
    expect(message.closing).toBe(closing);
    expect(message.title).toBe("20 alerts of Contoso: 20 errors");
  });

  it("drops all lines but one before it drops the headline", async () => {
    const { notifier, bodies } = aWorld(1);

    await notifier.send(aGroup(45));

    expect(JSON.parse(bodies[0] ?? "")).toMatchObject({
      title: "45 alerts of Contoso: 45 errors",
      lines: [expect.any(String)],
      closing: "and 44 more",
    });
  });

  it("sends a test that names channel and time", async () => {
    const { notifier, bodies } = aWorld(1_000_000);

    const outcome = await notifier.sendTest(SLOT_MS);

    expect(outcome).toEqual({ kind: "delivered" });
    expect(JSON.parse(bodies[0] ?? "")).toEqual({
      id: `test.${SLOT_MS}.ops`,
      title: "Test message of intune-partner-monitor, nothing is wrong",
      lines: ["ops", "2026-11-22 04:00 UTC"],
    });
  });
});
