import { beforeEach, describe, expect, it } from "vitest";
import type { TenantOverview } from "../../../src/domain/poll/tenant-overview.ts";
import type { OverviewLine } from "../../../src/ports/monitor-store.ts";
import { anOverview, HOSTILE_TEXTS, SLOT_MS, TENANT } from "./storage-builders.ts";
import type { OpenStorage, StorageUnderTest } from "./storage-under-test.ts";

const OTHER_TENANT = "00000000-0000-4000-8000-0000000000a2";

function lineOf(overview: TenantOverview): Omit<TenantOverview, "connections"> {
  const { connections: _, ...line } = overview;
  return line;
}

/** What every OverviewStore holds to. */
export function describeOverviewStore(open: OpenStorage): void {
  let storage: StorageUnderTest;

  beforeEach(() => {
    storage = open();
  });

  async function loadLine(): Promise<OverviewLine | undefined> {
    const lines = await storage.overviewStore.loadLines();
    return lines.find(({ tenantId }) => tenantId === TENANT);
  }

  describe("loadLines()", () => {
    it("finds nothing before the first schedule", async () => {
      const lines = await storage.overviewStore.loadLines();

      expect(lines).toEqual([]);
    });

    it("gives one line a tenant, polled or not", async () => {
      await storage.overviewStore.register(OTHER_TENANT, SLOT_MS);
      await storage.overviewStore.register(TENANT, SLOT_MS);
      await storage.overviewStore.project(anOverview());

      const lines = await storage.overviewStore.loadLines();

      expect(lines).toEqual([
        { tenantId: TENANT, configuredSinceMs: SLOT_MS, overview: lineOf(anOverview()) },
        { tenantId: OTHER_TENANT, configuredSinceMs: SLOT_MS },
      ]);
    });

    it("takes a projection that cannot be read for a tenant that was not polled yet", async () => {
      await storage.overviewStore.register(TENANT, SLOT_MS);
      await storage.overviewStore.register(OTHER_TENANT, SLOT_MS);
      await storage.overviewStore.project(anOverview());
      await storage.corrupt("overview", "tenants", TENANT);

      const lines = await storage.overviewStore.loadLines();

      expect(lines.map(({ tenantId, overview }) => ({ tenantId, overview }))).toEqual([
        { tenantId: TENANT, overview: undefined },
        { tenantId: OTHER_TENANT, overview: undefined },
      ]);
    });
  });

  describe("loadFullLines()", () => {
    it("gives the lines with their connections, polled or not", async () => {
      const overview = anOverview({
        counts: { polls: 3, failedPolls: 1, notifications: 2 },
        outbox: { waiting: 1, dead: 0 },
      });
      await storage.overviewStore.register(OTHER_TENANT, SLOT_MS);
      await storage.overviewStore.project(overview);

      const lines = await storage.overviewStore.loadFullLines();

      expect(lines).toEqual([
        { tenantId: TENANT, configuredSinceMs: SLOT_MS, overview },
        { tenantId: OTHER_TENANT, configuredSinceMs: SLOT_MS },
      ]);
    });

    it("takes a projection that cannot be read for a tenant that was not polled yet", async () => {
      await storage.overviewStore.register(TENANT, SLOT_MS);
      await storage.overviewStore.project(anOverview());
      await storage.corrupt("overview", "tenants", TENANT);

      const lines = await storage.overviewStore.loadFullLines();

      expect(lines.map(({ tenantId, overview }) => ({ tenantId, overview }))).toEqual([{ tenantId: TENANT }]);
    });
  });

  describe("register()", () => {
    it("leaves a line as it is that is there already", async () => {
      await storage.overviewStore.register(TENANT, SLOT_MS);
      await storage.overviewStore.project(anOverview());

      await storage.overviewStore.register(TENANT, SLOT_MS + 1);

      expect(await loadLine()).toEqual({
        tenantId: TENANT,
        configuredSinceMs: SLOT_MS,
        overview: lineOf(anOverview()),
      });
    });
  });

  describe("remove()", () => {
    it("removes the line of a tenant, and no other", async () => {
      await storage.overviewStore.register(TENANT, SLOT_MS);
      await storage.overviewStore.project(anOverview());
      await storage.overviewStore.register(OTHER_TENANT, SLOT_MS);

      await storage.overviewStore.remove(TENANT);

      expect((await storage.overviewStore.loadLines()).map(({ tenantId }) => tenantId)).toEqual([OTHER_TENANT]);
    });

    it("does nothing where there is no line", async () => {
      await storage.overviewStore.register(OTHER_TENANT, SLOT_MS);

      await storage.overviewStore.remove(TENANT);

      expect(await storage.overviewStore.loadLines()).toHaveLength(1);
    });
  });

  describe("project()", () => {
    it("keeps what only some lines have", async () => {
      const fleet = anOverview({ tenantId: "fleet", resumedSlotMs: SLOT_MS, unreadableReason: "throttled" });

      await storage.overviewStore.project(fleet);

      expect(await storage.overviewStore.loadLines()).toEqual([
        { tenantId: "fleet", configuredSinceMs: SLOT_MS, overview: lineOf(fleet) },
      ]);
    });

    it("leaves nothing of the projection before but the registration", async () => {
      await storage.overviewStore.register(TENANT, SLOT_MS - 1);
      await storage.overviewStore.project(anOverview({ worstSeverity: "critical", blindSources: ["a"], more: 3 }));
      const { worstSeverity: _, ...calm } = anOverview({ lastSlotMs: SLOT_MS + 1 });

      await storage.overviewStore.project(calm);

      expect(await loadLine()).toEqual({ tenantId: TENANT, configuredSinceMs: SLOT_MS - 1, overview: lineOf(calm) });
    });

    it("makes a line readable again", async () => {
      await storage.overviewStore.register(TENANT, SLOT_MS);
      await storage.corrupt("overview", "tenants", TENANT);

      await storage.overviewStore.project(anOverview());

      expect((await loadLine())?.overview).toEqual(lineOf(anOverview()));
    });

    it("counts a tenant that was polled before its first schedule as configured since that poll", async () => {
      await storage.overviewStore.project(anOverview());

      expect((await loadLine())?.configuredSinceMs).toBe(SLOT_MS);
    });

    it.each(HOSTILE_TEXTS)("keeps a tenant's name of $label", async ({ text }) => {
      const overview = anOverview({ tenantName: text, blindSources: [text] });

      await storage.overviewStore.project(overview);

      expect((await loadLine())?.overview).toEqual(lineOf(overview));
    });
  });
}
