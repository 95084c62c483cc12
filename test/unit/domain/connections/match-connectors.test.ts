import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type KnownConnector, matchConnectors } from "../../../../src/domain/connections/match-connectors.ts";
import { parseConnectors } from "../../../../src/domain/connections/parse-connectors.ts";
import type { ConnectorReading } from "../../../../src/domain/connections/reading.ts";
import { aConnectorRow } from "../../../builders/graph-rows.ts";
import { aConnector, NOW_MS, PARSE_CONTEXT } from "./a-reading.ts";

function instance(id: string): ConnectorReading {
  return aConnector({ connectionId: `connector:vppTokenLastSyncDateTime:${id}`, instanceId: id });
}

/** The connector that was called `id` at first, and goes by another instance id by now. */
function known(id: string, more: { readonly lastSent?: string; readonly isPresent?: boolean } = {}): KnownConnector {
  const { lastSent = id, isPresent = true } = more;
  return { reading: { ...instance(id), instanceId: lastSent }, isPresent };
}

/** The instance ids in the identities that the connectors of a read are given. */
function match(before: readonly KnownConnector[], current: readonly string[]): readonly (string | undefined)[] {
  return matchConnectors(before, current.map(instance)).map(({ connectionId }) => connectionId.split(":").at(-1));
}

describe("matchConnectors()", () => {
  it("keeps the identity of the only connector of a name, whatever its instance id says now", () => {
    const [matched] = matchConnectors([known("old")], [instance("new")]);

    expect(matched).toStrictEqual({ ...instance("new"), connectionId: instance("old").connectionId });
  });

  it.each([
    { name: "two were there before", before: [known("a"), known("b")], current: ["c"] },
    { name: "two are there now", before: [known("a")], current: ["b", "c"] },
    { name: "none was there before", before: [], current: ["c"] },
    { name: "two are missed", before: ["a", "b"].map((id) => known(id, { isPresent: false })), current: ["c"] },
  ])("leaves the identity alone where $name", ({ before, current }) => {
    expect(match(before, current)).toStrictEqual(current);
  });

  it("matches each name by itself", () => {
    const other = aConnector({ connectorName: "appleDepLastSyncDateTime" });

    const matched = matchConnectors([known("old"), { reading: other, isPresent: true }], [other, instance("new")]);

    expect(matched.map(({ connectionId }) => connectionId)).toStrictEqual([
      other.connectionId,
      instance("old").connectionId,
    ]);
  });

  const absent = { isPresent: false };

  it.each([
    { name: "one that is missed, when none is there", before: [known("a", absent)], current: ["b"], want: ["a"] },
    { name: "the one that is there", before: [known("a", absent), known("b")], current: ["c"], want: ["b"] },
    { name: "itself, though it was missed", before: [known("a", absent), known("b")], current: ["a"], want: ["a"] },
    {
      name: "the one that carried its instance id last, beside a new one",
      before: [known("a", { lastSent: "b" })],
      current: ["b", "c"],
      want: ["a", "c"],
    },
    {
      name: "nobody, when the identity belongs to another row",
      before: [known("a", { lastSent: "b" })],
      current: ["a", "b"],
      want: ["a", "b"],
    },
  ])("takes a connector for $name", ({ before, current, want }) => {
    expect(match(before, current)).toStrictEqual(want);
  });

  it("gives no identity twice, whatever was there and whatever the ids hold", () => {
    const rows = fc.array(
      fc.record({ name: fc.constantFrom("a", "a:b", "c"), instanceId: fc.constantFrom("a", "b:c", "c", "\u0000", "") }),
    );
    const polls = fc.array(fc.tuple(rows, fc.boolean()), { maxLength: 6 });
    fc.assert(
      fc.property(polls, (read) => {
        const states = new Map<string, KnownConnector>();
        for (const [sent, isPresent] of read) {
          const current = parseConnectors(
            sent.map((row) => aConnectorRow({ ...row, atMs: NOW_MS })),
            PARSE_CONTEXT,
          );

          const matched = matchConnectors([...states.values()], current);

          expect(new Set(matched.map(({ connectionId }) => connectionId)).size).toBe(current.length);
          for (const reading of matched) states.set(reading.connectionId, { reading, isPresent });
        }
      }),
    );
  });
});
