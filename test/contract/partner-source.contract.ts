import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { SOURCE_IDS, type SourceId, type SourceRead } from "../../src/domain/connections/source.ts";
import type { PartnerSource } from "../../src/ports/partner-source.ts";

/** What a source answers from now on: these rows, or what the implementation reads as the outcome of that reason. */
export type ServedSource =
  | { readonly rows: readonly unknown[] }
  | { readonly reason: "unlicensed" | "not-supported" | "forbidden" | "throttled" | "unavailable" | "malformed" };

/** A partner source with a tenant whose sources can be set; all are empty at first. */
export interface PartnerSourceWorld {
  readonly source: PartnerSource;
  readonly tenantId: string;
  readonly serve: (sourceId: SourceId, served: ServedSource) => void;
  readonly stop: () => Promise<void>;
}

const NOT_AVAILABLE = ["unlicensed", "not-supported"] as const;
const UNREADABLE = ["forbidden", "throttled", "unavailable", "malformed"] as const;

/** What every partner source keeps; run on the fake and on the real adapter. */
export function describePartnerSource(name: string, makeWorld: () => Promise<PartnerSourceWorld>): void {
  describe(`${name} as a partner source`, () => {
    let world: PartnerSourceWorld;

    beforeEach(async () => {
      world = await makeWorld();
    });

    afterEach(() => world.stop());

    async function read(sources: readonly SourceId[] = SOURCE_IDS): Promise<readonly SourceRead[]> {
      const reads = await world.source.read({ tenantId: world.tenantId, sources });
      // Only a source that is reached over a wire has a clock of its own.
      return reads.map(({ clockSkewMs: _skew, ...given }) => given);
    }

    it.each([
      { sources: SOURCE_IDS },
      { sources: SOURCE_IDS.toReversed() },
      { sources: ["connectorStatus"] as const },
      { sources: [] },
    ])("answers each source once, in the order asked: $sources", async ({ sources }) => {
      const reads = await read(sources);

      expect(reads.map(({ sourceId }) => sourceId)).toEqual(sources);
    });

    it.each(SOURCE_IDS)("gives all rows of %s as sent, odd ones too", async (sourceId) => {
      const rows = [{ id: "1", lastHeartbeatDateTime: "String (timestamp)" }, { id: "1" }, null, "odd", 7, []];
      world.serve(sourceId, { rows });

      const [given] = await read([sourceId]);

      expect(given).toMatchObject({ sourceId, outcome: "read", rows });
    });

    it("gives an empty source as read, not as missing", async () => {
      expect(await read(["deviceManagementPartners"])).toEqual([
        { sourceId: "deviceManagementPartners", outcome: "read", rows: [] },
      ]);
    });

    it("names a form for connectorStatus only, and keeps to the one that is remembered", async () => {
      const [partners, connectors] = await world.source.read({
        tenantId: world.tenantId,
        sources: ["deviceManagementPartners", "connectorStatus"],
        connectorStatusForm: "select",
      });

      expect(partners).not.toHaveProperty("form");
      expect(connectors).toMatchObject({ outcome: "read", form: "select" });
    });

    it.each(NOT_AVAILABLE)("says that a source is not available, and why: %s", async (reason) => {
      world.serve("complianceManagementPartners", { reason });

      const [given] = await read(["complianceManagementPartners"]);

      expect(given).toEqual({ sourceId: "complianceManagementPartners", outcome: "not-available", reason });
    });

    it.each(UNREADABLE)("says that a source is unreadable, and why: %s", async (reason) => {
      world.serve("connectorStatus", { reason });

      const [given] = await read(["connectorStatus"]);

      expect(given).toMatchObject({ sourceId: "connectorStatus", outcome: "unreadable", reason });
    });

    it.each(SOURCE_IDS)("lets the others be read when %s fails", async (sourceId) => {
      world.serve(sourceId, { reason: "unavailable" });

      const reads = await read();

      expect(reads.filter(({ outcome }) => outcome !== "read").map((failed) => failed.sourceId)).toEqual([sourceId]);
    });

    it("reads again after a failure", async () => {
      world.serve("deviceManagementPartners", { reason: "unavailable" });
      await read();
      world.serve("deviceManagementPartners", { rows: [{ id: "1" }] });

      const [given] = await read();

      expect(given).toMatchObject({ outcome: "read", rows: [{ id: "1" }] });
    });
  });
}
