import { describe, expect, it } from "vitest";
import {
  hasOwnIdentity,
  instantOf,
  isCarriedOver,
  isConnector,
  isPartner,
  isRow,
  ROW_KINDS,
} from "../../../../src/domain/connections/reading.ts";
import { aCompliancePartner, aConnector, aPartner, aSource, aTenant, at, NOW_MS } from "./a-reading.ts";

describe("isPartner()", () => {
  it("is true of both partner types and of nothing else", () => {
    const verdicts = [aPartner(), aCompliancePartner(), aConnector(), aSource()].map(isPartner);

    expect(verdicts).toStrictEqual([true, true, false, false]);
  });
});

describe("isConnector()", () => {
  it("is true of a connector and of nothing else", () => {
    const verdicts = [aConnector(), aPartner(), aSource(), aTenant()].map(isConnector);

    expect(verdicts).toStrictEqual([true, false, false, false]);
  });
});

describe("isRow()", () => {
  it("is true of the kinds that stand for rows, and of nothing else", () => {
    const readings = [aPartner(), aCompliancePartner(), aConnector(), aSource(), aTenant()];

    expect(readings.map(isRow)).toStrictEqual([true, true, true, false, false]);
    expect(readings.filter(isRow).map(({ kind }) => kind)).toStrictEqual(ROW_KINDS);
  });
});

describe("instantOf()", () => {
  it("returns the instant of a date that was read, and none for never and not read", () => {
    const instants = [at(NOW_MS), "never" as const, undefined].map(instantOf);

    expect(instants).toStrictEqual([NOW_MS, undefined, undefined]);
  });
});

describe("hasOwnIdentity()", () => {
  it.each([
    { code: "missing-id", want: false },
    { code: "unreadable-row", want: false },
    { code: "bad-date", want: true },
  ] as const)("is $want with the problem $code", ({ code, want }) => {
    const reading = aPartner({ problems: [{ code, property: "id" }] });

    expect(hasOwnIdentity(reading)).toBe(want);
  });
});

describe("isCarriedOver()", () => {
  it("is true of what an earlier reading lent, and of nothing else", () => {
    const reading = aPartner({ carriedOver: ["lastContact"] });

    const verdicts = [
      isCarriedOver(reading, "lastContact"),
      isCarriedOver(reading, "state"),
      isCarriedOver(aPartner(), "state"),
    ];

    expect(verdicts).toStrictEqual([true, false, false]);
  });
});
