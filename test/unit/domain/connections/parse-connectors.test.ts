import { describe, expect, it } from "vitest";
import { parseConnectors } from "../../../../src/domain/connections/parse-connectors.ts";
import type { ConnectorReading } from "../../../../src/domain/connections/reading.ts";
import { toIso } from "../../../../src/domain/time.ts";
import { DAY_MS, HOUR_MS } from "../../../../src/domain/units.ts";
import { at, NOW_MS, PARSE_CONTEXT } from "./a-reading.ts";

const SYNC = "vppTokenLastSyncDateTime";
const EXPIRY = "vppTokenExpirationDateTime";

function aRow(overrides: object = {}): object {
  return {
    connectorName: SYNC,
    connectorInstanceId: null,
    status: "healthy",
    eventDateTime: toIso(NOW_MS - HOUR_MS),
    ...overrides,
  };
}

function parse(...rows: readonly unknown[]): readonly ConnectorReading[] {
  return parseConnectors(rows, PARSE_CONTEXT);
}

describe("parseConnectors()", () => {
  it("reads a connector with its meaning and name from the catalogue", () => {
    const [reading] = parse(aRow());

    expect(reading).toStrictEqual({
      kind: "connector",
      connectionId: "connector:vppTokenLastSyncDateTime:default",
      displayName: "Apple VPP token sync",
      connectorName: SYNC,
      meaning: "sync",
      reportedHealth: "healthy",
      eventDate: at(NOW_MS - HOUR_MS),
      problems: [],
    });
  });

  it("keeps an unlisted name without guessing what its date means", () => {
    const [reading] = parse(aRow({ connectorName: "newConnectorLastSyncDateTime" }));

    expect(reading).toMatchObject({
      displayName: "newConnectorLastSyncDateTime",
      meaning: "none",
      problems: [{ code: "unknown-enum", property: "connectorName", asSent: "newConnectorLastSyncDateTime" }],
    });
  });

  it.each([
    { sent: 2, want: SYNC },
    { sent: "constructor", want: "constructor" },
    { sent: 99, want: "unreadable-1" },
    { sent: null, want: "unreadable-1" },
  ])("reads the connectorName $sent as $want", ({ sent, want }) => {
    const [reading] = parse(aRow({ connectorName: sent }));

    expect(reading?.connectorName).toBe(want);
  });

  it.each([
    { status: 1, health: "warning", codes: [] },
    { status: "degraded", health: "unknown", codes: ["unknown-enum"] },
    { status: undefined, health: "unknown", codes: ["bad-value"] },
  ])("reads the status $status as $health", ({ status, health, codes }) => {
    const [reading] = parse(aRow({ status }));

    expect(reading?.reportedHealth).toBe(health);
    expect(reading?.problems.map(({ code }) => code)).toStrictEqual(codes);
  });

  it.each([
    {
      name: "an expiry in the past that Microsoft calls healthy",
      row: aRow({ connectorName: EXPIRY }),
      codes: ["inconsistent"],
    },
    {
      name: "an expiry in the past that Microsoft calls unhealthy",
      row: aRow({ connectorName: EXPIRY, status: "unhealthy" }),
      codes: [],
    },
    {
      name: "an expiry ahead",
      row: aRow({ connectorName: EXPIRY, eventDateTime: toIso(NOW_MS + 90 * DAY_MS) }),
      codes: [],
    },
    { name: "a sync far ahead", row: aRow({ eventDateTime: toIso(NOW_MS + 12 * HOUR_MS) }), codes: ["inconsistent"] },
    { name: "a sync date that was not sent", row: aRow({ eventDateTime: undefined }), codes: ["bad-value"] },
    {
      name: "a date without meaning that was not sent",
      row: aRow({ connectorName: "futureValue", eventDateTime: undefined }),
      codes: [],
    },
  ])("notes $codes of $name", ({ row, codes }) => {
    const [reading] = parse(row);

    expect(reading?.problems.map(({ code }) => code)).toStrictEqual(codes);
  });

  it("keeps rows of one name with distinct instance ids apart and names the instance", () => {
    const readings = parse(aRow({ connectorInstanceId: "one" }), aRow({ connectorInstanceId: "two" }));

    expect(readings.map(({ connectionId, displayName }) => [connectionId, displayName])).toStrictEqual([
      ["connector:vppTokenLastSyncDateTime:one", "Apple VPP token sync (one)"],
      ["connector:vppTokenLastSyncDateTime:two", "Apple VPP token sync (two)"],
    ]);
  });

  it.each([null, "same"])("makes one reading of rows that share the instance id %j", (connectorInstanceId) => {
    const readings = parse(
      aRow({ connectorInstanceId }),
      aRow({ connectorInstanceId, status: "unhealthy", eventDateTime: toIso(NOW_MS - 2 * HOUR_MS) }),
      aRow({ connectorInstanceId, status: "warning", eventDateTime: "String" }),
    );

    expect(readings).toHaveLength(1);
    expect(readings[0]).toMatchObject({
      displayName: "Apple VPP token sync",
      reportedHealth: "unhealthy",
      eventDate: at(NOW_MS - 2 * HOUR_MS),
      problems: [{ code: "several-rows", property: "connectorName", asSent: "3" }, { code: "bad-date" }],
    });
  });

  it("takes not knowing as worse than healthy, and never where no row has a date", () => {
    const [reading] = parse(aRow({ eventDateTime: null }), aRow({ status: "degraded", eventDateTime: "String" }));

    expect(reading).toMatchObject({ reportedHealth: "unknown", reportedHealthAsSent: "degraded", eventDate: "never" });
  });

  it("takes the date of the only row that has one", () => {
    const date = "2026-07-20T00:00:00Z";

    const [reading] = parse(
      aRow({ eventDateTime: null }),
      aRow({ eventDateTime: date }),
      aRow({ eventDateTime: "String" }),
    );

    expect(reading).toMatchObject({ eventDate: { asSent: date } });
  });
});
