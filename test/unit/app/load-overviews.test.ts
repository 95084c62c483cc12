import { describe, expect, it } from "vitest";
import { loadOverviews } from "../../../src/app/load-overviews.ts";
import { createFakeOverviewStore } from "../../fakes/fake-overview-store.ts";
import { createMemoryStorage } from "../../fakes/memory-storage.ts";
import { OTHER_TENANT, TENANT } from "../http/builders.ts";
import { anOverview } from "../http/watched-overviews.ts";

describe("loadOverviews()", () => {
  it("gives each tenant what its last poll said, in the order asked for, under its present name", async () => {
    const overview = createFakeOverviewStore(createMemoryStorage());
    const polled = anOverview({ tenantName: "Former name" });
    await overview.register(TENANT.tenantId, 5);
    await overview.project(polled);
    await overview.register("7c9e6679-7425-40de-944b-ffffffffffff", 5);

    expect(await loadOverviews({ overview }, [OTHER_TENANT, TENANT])).toEqual([
      OTHER_TENANT,
      { ...TENANT, overview: polled },
    ]);
  });
});
