import { describe, expect, it } from "vitest";
import { findLateTenants, type LatenessInput } from "../../../../src/domain/poll/find-late-tenants.ts";
import { HOUR_MS, MINUTE_MS } from "../../../../src/domain/units.ts";
import { aPolicy } from "../../../builders/a-policy.ts";
import { anOverviewLine } from "./an-overview-line.ts";

const NOW_MS = Date.UTC(2026, 10, 22);
const [a, b] = ["a", "b"].map((tenantId) => ({ tenantId, tenantName: tenantId, periodMs: 15 * MINUTE_MS })) as [
  LatenessInput["tenants"][number],
  LatenessInput["tenants"][number],
];

function find(input: Partial<LatenessInput>) {
  const { rules } = aPolicy();
  const late = findLateTenants({ tenants: [a], lines: [], unregisteredSinceMs: 0, rules, ...input }, NOW_MS);
  return [...late.keys()];
}

describe("findLateTenants()", () => {
  it("finds those whose newest poll is too old, and no others", () => {
    const lines = [
      anOverviewLine({ tenantId: "a", polledAtMs: NOW_MS - HOUR_MS - 1 }),
      anOverviewLine({ tenantId: "b", polledAtMs: NOW_MS - HOUR_MS }),
      anOverviewLine({ tenantId: "gone", polledAtMs: 1 }),
    ];

    expect(find({ tenants: [a, b], lines })).toEqual(["a"]);
  });

  it("lets a tenant without a line wait since the given time", () => {
    expect(find({ unregisteredSinceMs: NOW_MS - HOUR_MS })).toEqual([]);
    expect(find({ unregisteredSinceMs: NOW_MS - HOUR_MS - 1 })).toEqual(["a"]);
  });

  it("takes our return from the fleet's line unless it is given", () => {
    const late = anOverviewLine({ tenantId: "a", polledAtMs: 1 });
    const lines = [late, anOverviewLine({ tenantId: "fleet", polledAtMs: 1, resumedSlotMs: NOW_MS - HOUR_MS })];

    expect(find({ lines })).toEqual([]);
    expect(find({ lines: [late] })).toEqual(["a"]);
    expect(find({ lines: [late], resumedSlotMs: NOW_MS })).toEqual([]);
  });

  it("goes by the limits of the rule, also when it is switched off", () => {
    const lines = [anOverviewLine({ tenantId: "a", polledAtMs: NOW_MS - 31 * MINUTE_MS })];
    const limits = { warnAfterPeriods: 2 };
    const rules = { ...aPolicy().rules, rules: { "tenant-late": { enabled: false, limits } } };

    expect(find({ lines })).toEqual([]);
    expect(find({ lines, rules })).toEqual(["a"]);
  });

  it("says how many periods each may go without a poll", () => {
    const overrides = [
      { match: { connection: "tenant:b" }, rules: { "tenant-late": { limits: { warnAfterPeriods: 2 } } } },
    ];
    const rules = { ...aPolicy().rules, overrides };

    const late = findLateTenants({ tenants: [a, b], lines: [], unregisteredSinceMs: 0, rules }, NOW_MS);

    expect([...late]).toEqual([
      ["a", 4],
      ["b", 2],
    ]);
  });
});
