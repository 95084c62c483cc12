import { beforeEach, describe, expect, it } from "vitest";
import type { WorkQueue } from "../../../src/ports/work-queue.ts";
import { SLOT_MS, TENANT } from "./storage-builders.ts";

/** A work queue with its other end. */
export interface QueuesUnderTest {
  readonly queue: WorkQueue;
  /** The requests sent so far, in order, with their delays in whole seconds. */
  readonly sent: (kind: "poll" | "delivery") => readonly { readonly request: unknown; readonly delayS: number }[];
}

/** What every WorkQueue holds to. */
export function describeWorkQueue(open: () => Promise<QueuesUnderTest>): void {
  let queues: QueuesUnderTest;

  beforeEach(async () => {
    queues = await open();
  });

  describe("requestPoll()", () => {
    it("sends tenant and slot, and nothing to the other queue", async () => {
      await queues.queue.requestPoll({ tenantId: TENANT, slotMs: SLOT_MS }, 0);

      expect(queues.sent("poll")).toEqual([{ request: { tenantId: TENANT, slotMs: SLOT_MS }, delayS: 0 }]);
      expect(queues.sent("delivery")).toEqual([]);
    });

    it.each([{ graphUnavailable: true }, { graphUnavailable: false }, { closing: true } as const])(
      "sends %j with them",
      async (more) => {
        const request = { tenantId: TENANT, slotMs: SLOT_MS, ...more };

        await queues.queue.requestPoll(request, 0);

        expect(queues.sent("poll")).toEqual([{ request, delayS: 0 }]);
      },
    );

    it("sends many at once, each with its delay", async () => {
      const delaysS = Array.from({ length: 20 }, (_, n) => n);

      await Promise.all(
        delaysS.map((delayS) => queues.queue.requestPoll({ tenantId: TENANT, slotMs: delayS }, delayS * 1_000)),
      );

      const found = queues.sent("poll");
      expect(found).toHaveLength(20);
      expect(found).toEqual(
        expect.arrayContaining(delaysS.map((delayS) => ({ request: { tenantId: TENANT, slotMs: delayS }, delayS }))),
      );
    });
  });

  describe("requestDelivery()", () => {
    it("sends the tenant, and nothing to the other queue", async () => {
      await queues.queue.requestDelivery({ tenantId: TENANT }, 60_000);

      expect(queues.sent("delivery")).toEqual([{ request: { tenantId: TENANT }, delayS: 60 }]);
      expect(queues.sent("poll")).toEqual([]);
    });
  });
}
