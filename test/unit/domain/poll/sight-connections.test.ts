import { describe, expect, it } from "vitest";
import type { SourceRead } from "../../../../src/domain/connections/source.ts";
import type { ConnectionState } from "../../../../src/domain/poll/connection-state.ts";
import type { Observed } from "../../../../src/domain/poll/observed.ts";
import type { PollContext } from "../../../../src/domain/poll/poll-context.ts";
import { type SightedConnection, sightConnections } from "../../../../src/domain/poll/sight-connections.ts";
import { MINUTE_MS } from "../../../../src/domain/units.ts";
import { aPolicy, digest, goodReads } from "../../../builders/a-policy.ts";
import { aCompliancePartnerRow, aConnectorRow } from "../../../builders/graph-rows.ts";
import { aPlanWorld } from "../../../builders/plan-world.ts";

const SLOT_MS = Date.UTC(2026, 10, 22);
const NEXT_MS = SLOT_MS + 15 * MINUTE_MS;
const policy = aPolicy();
const context: PollContext = {
  policy,
  slotMs: NEXT_MS,
  observedAtMs: NEXT_MS,
  nowMs: NEXT_MS,
  periodMs: 15 * MINUTE_MS,
  digest,
  suppression: { silences: [], acknowledgements: [], windows: [], openAbove: [] },
};

const partnerRows = { complianceManagementPartners: [aCompliancePartnerRow({ id: "one", beatMs: SLOT_MS })] };

/** What a poll of these rows leaves behind. */
function statesAfter(reads: readonly SourceRead[]) {
  const world = aPlanWorld();
  world.poll({ slotMs: SLOT_MS, reads, policy });
  return world.live().states;
}

function kinds(sighted: readonly SightedConnection[]): Readonly<Record<string, string>> {
  return Object.fromEntries(
    sighted.map(({ stored, sighting }) => {
      const reading = sighting.kind === "seen" ? sighting.reading : stored?.value.reading;
      return [reading?.connectionId ?? "?", stored === undefined ? `new ${sighting.kind}` : sighting.kind];
    }),
  );
}

const none = { gone: [] as readonly ConnectionState[], unreadableKeys: new Set<string>(), head: undefined };

function tenant(reads: readonly SourceRead[]): Observed {
  return { kind: "tenant", reads };
}

describe("sightConnections()", () => {
  it("puts the tenant and the sources first", () => {
    const sighted = sightConnections({ ...none, states: [], observed: tenant(goodReads(partnerRows)) }, context);

    expect(Object.keys(kinds(sighted))).toEqual([
      `tenant:${policy.tenantId}`,
      "source:deviceManagementPartners",
      "source:complianceManagementPartners",
      "source:connectorStatus",
      "compliance-management-partner:one",
    ]);
  });

  it.each([
    {
      what: "absent where its source was read whole",
      read: { outcome: "read", rows: [aCompliancePartnerRow({ id: "two" })] },
      kind: "absent",
    },
    {
      what: "unseen where its source could not be read",
      read: { outcome: "unreadable", reason: "throttled" },
      kind: "blind",
    },
    { what: "unseen where its source lost all rows at once", read: { outcome: "read", rows: [] }, kind: "blind" },
    {
      what: "unseen where its source is said not to exist any more",
      read: { outcome: "not-available", reason: "unlicensed" },
      kind: "blind",
    },
  ] as const)("takes a known connection for $what", ({ read, kind }) => {
    const reads: SourceRead[] = [{ sourceId: "complianceManagementPartners", ...read }];

    const sighted = kinds(
      sightConnections({ ...none, states: statesAfter(goodReads(partnerRows)), observed: tenant(reads) }, context),
    );

    expect(sighted["compliance-management-partner:one"]).toBe(kind);
  });

  it("takes a connection, and a source, for unwatched when the source was not asked for", () => {
    const reads = goodReads().filter(({ sourceId }) => sourceId === "connectorStatus");

    const sighted = kinds(
      sightConnections({ ...none, states: statesAfter(goodReads(partnerRows)), observed: tenant(reads) }, context),
    );

    expect(sighted).toMatchObject({
      "compliance-management-partner:one": "unwatched",
      "source:complianceManagementPartners": "unwatched",
      "source:connectorStatus": "seen",
    });
  });

  it("knows a connector again whose instance id changed", () => {
    const states = statesAfter(goodReads({ connectorStatus: [aConnectorRow({ instanceId: "old", atMs: SLOT_MS })] }));
    const reads = goodReads({ connectorStatus: [aConnectorRow({ instanceId: "new", atMs: SLOT_MS })] });

    const sighted = kinds(sightConnections({ ...none, states, observed: tenant(reads) }, context));

    expect(Object.keys(sighted).filter((id) => id.startsWith("connector:"))).toEqual([
      "connector:vppTokenExpirationDateTime:old",
    ]);
  });

  it("takes a connector with a new instance id for the one that was there, not for one that is missed", () => {
    const world = aPlanWorld();
    const reads = [["a", "b"], ["b"], ["c"]].map((instances) =>
      goodReads({ connectorStatus: instances.map((instanceId) => aConnectorRow({ instanceId, atMs: SLOT_MS })) }),
    );
    const [first = [], second = [], third = []] = reads;
    world.poll({ slotMs: SLOT_MS - 15 * MINUTE_MS, reads: first, policy });
    world.poll({ slotMs: SLOT_MS, reads: second, policy });

    const sighted = kinds(sightConnections({ ...none, states: world.live().states, observed: tenant(third) }, context));

    expect(Object.entries(sighted).filter(([id]) => id.startsWith("connector:"))).toEqual([
      ["connector:vppTokenExpirationDateTime:b", "seen"],
      ["connector:vppTokenExpirationDateTime:a", "absent"],
    ]);
  });

  it("finds a connection that returns among the gone, and not one that is still there", () => {
    const states = statesAfter(goodReads(partnerRows));
    const gone = states.map(({ value }) => value);
    const reads = goodReads(partnerRows);

    const returning = sightConnections({ ...none, gone, states: [], observed: tenant(reads) }, context).flatMap(
      (connection) => connection.returning ?? [],
    );

    expect(returning.map(({ reading }) => reading.connectionId)).toContain("compliance-management-partner:one");
    expect(
      sightConnections({ ...none, gone, states, observed: tenant(reads) }, context).flatMap(
        (connection) => connection.returning ?? [],
      ),
    ).toEqual([]);
  });

  it.each([
    { what: "everything, when the tenant has left the configuration", observed: { kind: "closing" } as const },
    {
      what: "what the fleet no longer watches",
      observed: { kind: "fleet", tenants: [], lines: [], channels: [], channelHealth: [] } as const,
    },
  ])("takes for removed $what", ({ observed }) => {
    const states = statesAfter(goodReads(partnerRows));

    const unseen = sightConnections({ ...none, states, observed }, context).filter(
      ({ stored }) => stored !== undefined,
    );

    expect(unseen.map(({ sighting }) => sighting)).toEqual(
      states.map(() => ({ kind: "unwatched", reason: "removed-from-configuration" })),
    );
  });

  it("sees the fleet first, it and each tenant from outside, then the channels", () => {
    const view = { tenants: [policy], lines: [], channels: ["ops"], channelHealth: [] };

    const sighted = sightConnections({ ...none, states: [], observed: { kind: "fleet", ...view } }, context);

    expect(Object.keys(kinds(sighted))).toEqual(["fleet", "tenant:fleet", `tenant:${policy.tenantId}`, "channel:ops"]);
  });
});
