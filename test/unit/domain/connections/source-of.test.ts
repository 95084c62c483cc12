import { describe, expect, it } from "vitest";
import { parseSource } from "../../../../src/domain/connections/parse-source.ts";
import { SOURCE_IDS } from "../../../../src/domain/connections/source.ts";
import { sourceOf } from "../../../../src/domain/connections/source-of.ts";
import { PARSE_CONTEXT } from "./a-reading.ts";

describe("sourceOf()", () => {
  it.each(SOURCE_IDS)("names %s for the readings that are made of its rows", (sourceId) => {
    const readings = parseSource({ sourceId, rows: [{}] }, PARSE_CONTEXT);

    expect(readings.map(({ kind }) => sourceOf(kind))).toEqual([sourceId]);
  });

  it.each(["source", "tenant", "fleet", "tenant-watch", "channel"] as const)("names none for a %s", (kind) => {
    expect(sourceOf(kind)).toBeUndefined();
  });
});
