import { describe, expect, it } from "vitest";
import { runPoll } from "../../../src/app/run-poll.ts";
import type { SourceRead } from "../../../src/domain/connections/source.ts";
import { ContentionError } from "../../../src/domain/errors.ts";
import { HOUR_MS, MINUTE_MS } from "../../../src/domain/units.ts";
import type { SourceRequest } from "../../../src/ports/partner-source.ts";
import { aPolicy, digest, goodReads, TENANT_ID } from "../../builders/a-policy.ts";
import { aCompliancePartnerRow } from "../../builders/graph-rows.ts";
import { fakeStores } from "../../fakes/app-world.ts";
import { createFakeWorkQueue } from "../../fakes/fake-work-queue.ts";

const PERIOD_MS = 15 * MINUTE_MS;
const SLOT_MS = Date.UTC(2026, 10, 22);

/** A poll's surroundings with everything it asked for laid open. */
function aWorld(options: { readonly conflicts?: number; readonly reads?: readonly SourceRead[] } = {}) {
  const stores = fakeStores();
  const queue = createFakeWorkQueue();
  const asked: SourceRequest[] = [];
  const calls: string[] = [];
  let nowMs = SLOT_MS;
  let conflicts = options.conflicts ?? 0;
  const deps = {
    source: {
      read: async (request: SourceRequest) => {
        asked.push(request);
        return (
          options.reads ??
          goodReads({ complianceManagementPartners: [aCompliancePartnerRow({ beatMs: SLOT_MS - 40 * HOUR_MS })] })
        );
      },
    },
    store: {
      loadLive: (tenantId: string) => {
        calls.push("loadLive");
        return stores.store.loadLive(tenantId);
      },
      loadGone: (tenantId: string) => {
        calls.push("loadGone");
        return stores.store.loadGone(tenantId);
      },
      commit: async (...commit: Parameters<typeof stores.store.commit>) => {
        calls.push("commit");
        conflicts -= 1;
        return conflicts >= 0 ? ("conflict" as const) : stores.store.commit(...commit);
      },
    },
    overview: stores.overview,
    queue,
    clock: { nowMs: () => nowMs },
    digest,
  };
  const poll = (slotMs = SLOT_MS, atMs = slotMs) => {
    nowMs = atMs;
    return runPoll(deps, { request: { tenantId: TENANT_ID, slotMs }, policy: aPolicy() });
  };
  return { poll, queue, asked, calls, stores };
}

describe("runPoll()", () => {
  it("loads once, reads once, commits once and projects", async () => {
    const world = aWorld();
    await world.poll();
    world.calls.length = 0;

    const report = await world.poll(SLOT_MS + PERIOD_MS);

    expect(report).toEqual({ kind: "polled", transactions: 1, notifications: 1, rang: true });
    expect(world.calls).toEqual(["loadLive", "commit"]);
    expect((await world.stores.overview.loadLines())[0]?.overview).toMatchObject({
      lastSlotMs: SLOT_MS + PERIOD_MS,
      worstSeverity: "warning",
    });
  });

  it("looks among the connections that left only when an unknown one appears", async () => {
    const world = aWorld();

    await world.poll();

    expect(world.calls).toEqual(["loadLive", "loadGone", "commit"]);
  });

  it("leaves before Graph when the slot was polled, but rings for what is still due", async () => {
    const world = aWorld();
    await world.poll();
    await world.poll(SLOT_MS + PERIOD_MS);
    world.queue.takeDeliveries();

    const report = await world.poll(SLOT_MS + PERIOD_MS);

    expect(report).toEqual({ kind: "already-polled", transactions: 0, notifications: 0, rang: true });
    expect(world.asked).toHaveLength(2);
    expect(world.queue.takeDeliveries()).toEqual([{ request: { tenantId: TENANT_ID }, delayMs: 0 }]);
  });

  it("rings no bell when nothing is due", async () => {
    const world = aWorld({ reads: goodReads() });

    const report = await world.poll();

    expect(report.rang).toBe(false);
    expect(world.queue.takeDeliveries()).toEqual([]);
  });

  it("plans anew from the same reading after a conflict", async () => {
    const world = aWorld({ conflicts: 4 });

    const report = await world.poll();

    expect(report.kind).toBe("polled");
    expect(world.asked).toHaveLength(1);
    expect(world.calls.filter((call) => call === "loadLive")).toHaveLength(5);
  });

  it("gives the message back after five conflicts", async () => {
    const world = aWorld({ conflicts: 5 });

    await expect(world.poll()).rejects.toThrow(ContentionError);
  });

  it("refuses a slot more than a minute ahead of its clock, and takes one a minute ahead", async () => {
    const world = aWorld();

    await expect(world.poll(SLOT_MS, SLOT_MS - MINUTE_MS - 1)).rejects.toThrow("Cannot poll a slot of the future");
    expect(world.asked).toEqual([]);

    expect((await world.poll(SLOT_MS, SLOT_MS - MINUTE_MS)).kind).toBe("polled");
  });

  it("asks for the form of connectorStatus that worked last time", async () => {
    const reads = goodReads().map((read) =>
      read.sourceId === "connectorStatus" ? { ...read, form: "select" as const } : read,
    );
    const world = aWorld({ reads });

    await world.poll();
    await world.poll(SLOT_MS + PERIOD_MS);

    expect(world.asked.map(({ connectorStatusForm }) => connectorStatusForm)).toEqual([undefined, "select"]);
  });
});
