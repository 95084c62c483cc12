import { afterEach, describe, expect, it } from "vitest";
import type { Notifier } from "../../src/ports/notifier.ts";
import { aNotification, anOutgoing, SLOT_MS } from "../builders/a-notification.ts";
import { OUTCOMES, type ReceiverMood } from "../fakes/fake-notifier.ts";

/** A notifier with the receiver at its other end. */
export interface NotifierHarness {
  readonly notifier: Notifier;
  /** Changes the mood that the receiver was started in. */
  readonly setMood: (mood: ReceiverMood) => void;
  /** The text of every message that reached the receiver. */
  readonly received: () => readonly string[];
  readonly stop: () => Promise<void>;
}

const MOODS = Object.entries(OUTCOMES).map(([mood, outcome]) => ({ mood: mood as ReceiverMood, outcome }));

/** What every channel that posts somewhere owes to the drain. */
export function describeNotifierContract(name: string, start: (mood: ReceiverMood) => Promise<NotifierHarness>): void {
  describe(`Notifier contract: ${name}`, () => {
    const harnesses: NotifierHarness[] = [];
    const begin = async (mood: ReceiverMood) => {
      const harness = await start(mood);
      harnesses.push(harness);
      return harness;
    };
    afterEach(async () => {
      await Promise.all(harnesses.splice(0).map((harness) => harness.stop()));
    });

    it.each(MOODS)("says $outcome of a receiver that $mood", async ({ mood, outcome }) => {
      const { notifier } = await begin(mood);

      expect(await notifier.send([anOutgoing()])).toEqual(outcome);
    });

    it.each(MOODS)("makes one attempt a send when the receiver $mood", async ({ mood }) => {
      const { notifier, received } = await begin(mood);

      await notifier.send([anOutgoing()]);

      expect(received()).toHaveLength(1);
      expect(received()[0]).toContain("Jamf Device Compliance");
    });

    it("tells several notifications in one message if it groups, and takes exactly one if not", async () => {
      const { notifier, received } = await begin("accepts");
      const group = ["Kandji", "Lookout"].map((connectionName) =>
        anOutgoing({ facts: aNotification({ connectionName }) }),
      );

      const outcome = await notifier.send(group).catch((error: unknown) => error);

      const told = { outcome: { kind: "delivered" }, received: [expect.stringMatching(/Kandji[^]*Lookout/)] };
      const refused = { outcome: expect.any(RangeError), received: [] };
      expect({ outcome, received: received() }).toEqual(notifier.groups ? told : refused);
    });

    it("refuses to send nothing", async () => {
      const { notifier, received } = await begin("accepts");

      await expect(notifier.send([])).rejects.toThrow(RangeError);

      expect(received()).toEqual([]);
    });

    it.each(MOODS)("says $outcome of a test that a receiver $mood", async ({ mood, outcome }) => {
      const { notifier } = await begin(mood);

      expect(await notifier.sendTest(SLOT_MS)).toEqual(outcome);
    });

    it("names its target by a digest", async () => {
      const { notifier } = await begin("accepts");

      expect(notifier.targetDigest).toMatch(/^[\da-z-]{8,32}$/);
    });

    it("delivers again after the receiver has recovered", async () => {
      const { notifier, setMood } = await begin("resets");
      await notifier.send([anOutgoing()]);
      setMood("accepts");

      expect(await notifier.send([anOutgoing()])).toEqual({ kind: "delivered" });
    });

    it("delivers any text that can stand in a name", async () => {
      const { notifier, received } = await begin("accepts");
      const connectionName =
        '\u202E"\\<script>{{DATE(2026-11-22T04:05:00Z)}}\n**b** [x](javascript:1) \uD83D ✨ שלום \u0000';

      const outcome = await notifier.send([anOutgoing({ facts: aNotification({ connectionName }) })]);

      expect(outcome).toEqual({ kind: "delivered" });
      expect(received()).toHaveLength(1);
    });

    it("delivers many at once", async () => {
      const { notifier, received } = await begin("accepts");

      const outcomes = await Promise.all(
        Array.from({ length: 20 }, (_, n) => notifier.send([anOutgoing({ id: `n-${n}` })])),
      );

      expect(outcomes).toEqual(Array.from({ length: 20 }, () => ({ kind: "delivered" })));
      expect(received()).toHaveLength(20);
    });
  });
}
