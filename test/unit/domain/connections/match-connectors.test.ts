import { describe, expect, it } from "vitest";
import { matchConnectors } from "../../../../src/domain/connections/match-connectors.ts";
import type { ConnectorReading } from "../../../../src/domain/connections/reading.ts";
import { aConnector } from "./a-reading.ts";

function instance(id: string): ConnectorReading {
  return aConnector({ connectionId: `connector:vppTokenLastSyncDateTime:${id}`, instanceId: id });
}

describe("matchConnectors()", () => {
  it("keeps the identity of the only connector of a name, whatever its instance id says now", () => {
    const [matched] = matchConnectors([instance("old")], [instance("new")]);

    expect(matched).toStrictEqual({ ...instance("new"), connectionId: instance("old").connectionId });
  });

  it.each([
    { name: "two were there before", previous: ["a", "b"], current: ["c"] },
    { name: "two are there now", previous: ["a"], current: ["b", "c"] },
    { name: "none was there before", previous: [], current: ["c"] },
  ])("leaves the identity alone where $name", ({ previous, current }) => {
    const matched = matchConnectors(previous.map(instance), current.map(instance));

    expect(matched).toStrictEqual(current.map(instance));
  });

  it("matches each name by itself", () => {
    const other = aConnector({ connectorName: "appleDepLastSyncDateTime" });

    const matched = matchConnectors([instance("old"), other], [other, instance("new")]);

    expect(matched.map(({ connectionId }) => connectionId)).toStrictEqual([
      other.connectionId,
      instance("old").connectionId,
    ]);
  });
});
