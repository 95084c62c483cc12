import { readdirSync, readFileSync } from "node:fs";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseSource } from "../../../../src/domain/connections/parse-source.ts";
import { SOURCE_IDS } from "../../../../src/domain/connections/source.ts";
import { PARSE_CONTEXT } from "./a-reading.ts";

const anySource = fc.constantFrom(...SOURCE_IDS);
const anyDate = fc.oneof(
  fc.constantFrom(null, "0001-01-01T00:00:00Z", "2026-07-23T16:00:00Z", "String"),
  fc.jsonValue(),
);

/** Rows that look like Graph's, so that more than the first check of each parser is reached. */
const anyRow = fc.oneof(
  fc.jsonValue(),
  fc.record(
    {
      id: fc.oneof(fc.constantFrom("a", "b", ""), fc.jsonValue()),
      connectorName: fc.oneof(fc.constantFrom("vppTokenExpirationDateTime", "futureValue", "new"), fc.jsonValue()),
      connectorInstanceId: fc.oneof(fc.constantFrom(null, "x", "y"), fc.jsonValue()),
      status: fc.oneof(fc.constantFrom("healthy", 2), fc.jsonValue()),
      partnerState: fc.oneof(fc.constantFrom("enabled", 3), fc.jsonValue()),
      eventDateTime: anyDate,
      lastHeartbeatDateTime: anyDate,
      whenPartnerDevicesWillBeRemoved: anyDate,
      displayName: fc.jsonValue(),
      isConfigured: fc.jsonValue(),
      macOsOnboarded: fc.jsonValue(),
      groupsRequiringPartnerEnrollment: fc.oneof(fc.array(fc.record({ target: fc.jsonValue() })), fc.jsonValue()),
    },
    { requiredKeys: [] },
  ),
);

describe("parseSource()", () => {
  it("never fails, gives each connection one reading, and loses no row but those that share an identity", () => {
    fc.assert(
      fc.property(anySource, fc.array(anyRow, { maxLength: 8 }), (sourceId, rows) => {
        const readings = parseSource({ sourceId, rows }, PARSE_CONTEXT);

        const ids = readings.map(({ connectionId }) => connectionId);
        const alone = rows.map((row) => parseSource({ sourceId, rows: [row] }, PARSE_CONTEXT)[0]?.connectionId ?? "");
        const nameless = alone.filter((id) => id.includes(":unreadable-1")).length;
        const named = new Set(alone.filter((id) => !id.includes(":unreadable-1"))).size;
        expect(new Set(ids).size).toBe(ids.length);
        expect(ids).toHaveLength(nameless + named);
      }),
      { numRuns: 500 },
    );
  });

  it("gives readings that are JSON and fit a stored property of 30,000 characters", () => {
    fc.assert(
      fc.property(anySource, fc.array(anyRow, { maxLength: 3 }), (sourceId, rows) => {
        const readings = parseSource({ sourceId, rows }, PARSE_CONTEXT);

        for (const reading of readings) {
          const text = JSON.stringify(reading);
          expect(text.length).toBeLessThanOrEqual(30_000);
          expect(JSON.parse(text)).toEqual(reading);
        }
      }),
      { numRuns: 300 },
    );
  });

  it("fits 30,000 characters when every text is as long and as awkward as can be", () => {
    const text = '"\\'.repeat(5_000);
    const list = Array.from({ length: 30 }, () => ({ target: { "@odata.type": text, groupId: text } }));
    const platforms = ["android", "ios", "macOs", "linux", "windows"];
    const lists = Object.fromEntries(platforms.map((platform) => [`${platform}EnrollmentAssignments`, list]));
    const flags = Object.fromEntries(platforms.map((platform) => [`${platform}Onboarded`, text]));
    const row = {
      id: text,
      displayName: text,
      partnerState: text,
      partnerAppType: text,
      singleTenantAppId: text,
      isConfigured: text,
      lastHeartbeatDateTime: text,
      whenPartnerDevicesWillBeRemovedDateTime: text,
      whenPartnerDevicesWillBeMarkedAsNonCompliantDateTime: text,
      groupsRequiringPartnerEnrollment: list,
      ...lists,
      ...flags,
    };

    const readings = parseSource({ sourceId: "deviceManagementPartners", rows: [row, row] }, PARSE_CONTEXT);

    expect(readings).toHaveLength(1);
    expect(JSON.stringify(readings[0]).length).toBeLessThan(30_000);
  });

  it.each(samples())("reads the sample $file as a row of every source", ({ body }) => {
    const readings = SOURCE_IDS.flatMap((sourceId) => parseSource({ sourceId, rows: [body] }, PARSE_CONTEXT));

    expect(readings).toHaveLength(SOURCE_IDS.length);
  });
});

function samples(): readonly { readonly file: string; readonly body: unknown }[] {
  return ["captured", "constructed", "documented"].flatMap((folder) => {
    const path = new URL(`../../../fixtures/graph-samples/${folder}/`, import.meta.url);
    return readdirSync(path).map((file) => ({ file, body: JSON.parse(readFileSync(new URL(file, path), "utf8")) }));
  });
}
