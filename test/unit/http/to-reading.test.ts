import { describe, expect, it } from "vitest";
import { toReading, toSnapshotReading } from "../../../src/http/to-reading.ts";
import { aConnector, aPartner, aSource, at } from "./builders.ts";

/** What a reader of the JSON gets. */
function overTheWire(body: unknown): unknown {
  return JSON.parse(JSON.stringify(body));
}

describe("toSnapshotReading()", () => {
  it("writes a partner with its dates as instant and as sent, null for never, and nothing for what was not read", () => {
    const partner = aPartner({
      lastContact: "never",
      lastBeat: { atMs: at("2026-11-01T00:00:00Z"), asSent: "2026-11-01T01:00:00+01:00" },
      removalDeadline: { atMs: at("2026-12-01T00:00:00.5Z"), asSent: "2026-12-01T00:00:00.5000000Z" },
      problems: [{ code: "bad-date", property: "x", asSent: "soon" }],
    });

    expect(overTheWire(toSnapshotReading(partner))).toEqual({
      kind: "compliance-management-partner",
      connectionId: "compliance-management-partner:jamf",
      displayName: "Jamf",
      state: "enabled",
      lastContact: null,
      lastBeat: { dateTime: "2026-11-01T00:00:00Z", asSent: "2026-11-01T01:00:00+01:00" },
      removalDeadline: { dateTime: "2026-12-01T00:00:00.500Z", asSent: "2026-12-01T00:00:00.5000000Z" },
      onboarded: { ios: true },
      assignments: {},
      problems: [{ code: "bad-date", property: "x", asSent: "soon" }],
    });
  });

  it("writes a connector with its date", () => {
    expect(overTheWire(toSnapshotReading(aConnector()))).toEqual({
      kind: "connector",
      connectionId: "connector:apnsExpirationDateTime:default",
      displayName: "Apple push certificate",
      connectorName: "apnsExpirationDateTime",
      meaning: "expiry",
      reportedHealth: "healthy",
      eventDate: { dateTime: "2026-12-01T00:00:00Z", asSent: "2026-12-01T00:00:00Z" },
      problems: [],
    });
  });
});

describe("toReading()", () => {
  it("writes our own view of a source", () => {
    const source = aSource("connectorStatus", {
      outcome: "unreadable",
      reason: "forbidden",
      detail: "Grant it",
      failedPolls: 2,
      failingSinceMs: at("2026-11-22T10:15:00Z"),
    });

    expect(overTheWire(toReading(source))).toEqual({
      kind: "source",
      connectionId: "source:connectorStatus",
      displayName: "connectorStatus",
      sourceId: "connectorStatus",
      outcome: "unreadable",
      reason: "forbidden",
      detail: "Grant it",
      failedPolls: 2,
      lastGoodDateTime: "2026-11-22T10:00:20Z",
      failingSinceDateTime: "2026-11-22T10:15:00Z",
      rowCount: 1,
      problems: [],
    });
  });

  const own = { displayName: "x", problems: [], lastGoodAtMs: at("2026-11-22T10:00:00Z") };
  const views = [
    {
      reading: {
        ...own,
        kind: "tenant",
        connectionId: "tenant:a",
        readable: true,
        failedPolls: 0,
        clockSkewMs: -301_400,
      },
      written: { kind: "tenant", connectionId: "tenant:a", readable: true, failedPolls: 0, clockSkewSeconds: -301 },
    },
    {
      reading: { ...own, kind: "fleet", connectionId: "fleet", tenantCount: 4, unreadableCount: 2 },
      written: { kind: "fleet", connectionId: "fleet", tenantCount: 4, unreadableCount: 2 },
    },
    {
      reading: {
        ...own,
        kind: "tenant-watch",
        connectionId: "tenant:a",
        periodMs: 900_000,
        waitingSinceMs: at("2026-11-22T09:00:00Z"),
      },
      written: {
        kind: "tenant-watch",
        connectionId: "tenant:a",
        period: "PT15M",
        waitingSinceDateTime: "2026-11-22T09:00:00Z",
      },
    },
    {
      reading: {
        ...own,
        kind: "channel",
        connectionId: "channel:ops",
        failures: 7,
        isOpen: true,
        deadAtMs: at("2026-11-22T08:00:00Z"),
        offSinceMs: at("2026-11-22T07:00:00Z"),
      },
      written: {
        kind: "channel",
        connectionId: "channel:ops",
        failures: 7,
        isOpen: true,
        deadDateTime: "2026-11-22T08:00:00Z",
        offSinceDateTime: "2026-11-22T07:00:00Z",
      },
    },
  ] as const;

  it.each(views)("writes our own view of $reading.connectionId as $reading.kind", ({ reading, written }) => {
    const common = { displayName: "x", problems: [], lastGoodDateTime: "2026-11-22T10:00:00Z" };

    expect(overTheWire(toReading(reading))).toEqual({ ...common, ...written });
  });

  it("writes a partner as a snapshot does", () => {
    expect(toReading(aPartner())).toEqual(toSnapshotReading(aPartner()));
  });
});
