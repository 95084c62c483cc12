import { describe, expect, it } from "vitest";
import { judgeConnections } from "../../../../src/domain/poll/judge-connections.ts";
import { aConnector, aPartner, aSource, aState } from "../../http/builders.ts";

function verdictsOf(...states: readonly Parameters<typeof aState>[0][]) {
  return judgeConnections(states.map((state) => aState(state))).map(({ verdict }) => verdict);
}

describe("judgeConnections()", () => {
  const partner = { reading: aPartner() };
  const read = { reading: aSource("complianceManagementPartners") };
  const unreadable = {
    reading: aSource("complianceManagementPartners", { outcome: "unreadable", reason: "throttled" }),
  };

  it("knows a connection whose source was read", () => {
    expect(verdictsOf(partner, read)).toEqual(["ok", "ok"]);
  });

  it.each([
    { name: "could not be read", readings: [unreadable] },
    { name: "has no reading", readings: [] },
    { name: "is another one", readings: [{ reading: aSource("connectorStatus") }] },
  ])("does not know a connection whose source $name", ({ readings }) => {
    expect(verdictsOf(partner, ...readings)[0]).toBe("unknown");
  });

  it("keeps the order given", () => {
    const connector = { reading: aConnector() };

    expect(judgeConnections([aState(connector), aState(partner)]).map(({ state }) => state.reading.kind)).toEqual([
      "connector",
      "compliance-management-partner",
    ]);
  });
});
