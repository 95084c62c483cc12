import { describe, expect, it } from "vitest";
import { datedRows } from "../../../../dashboard/model/dated-rows.ts";
import { aTenant, hoursAgo, NOW, named } from "../builders.ts";

function dated(name: string, ...hours: readonly number[]) {
  return named(name, { deadlines: hours.map((ago) => ({ kind: "expiry", dateTime: hoursAgo(ago) })) });
}

describe("datedRows()", () => {
  it("lists what is ahead soonest first over all tenants, and what has passed newest first", () => {
    const bodies = [aTenant([dated("a", -9, 5)]), aTenant([dated("b", -3, 1)], { tenantName: "Fabrikam" })];

    const { ahead, passed } = datedRows(bodies, NOW);

    expect(ahead.map(({ name, tenantName }) => `${name} ${tenantName}`)).toEqual(["b Fabrikam", "a Contoso"]);
    expect(passed.map(({ name }) => name)).toEqual(["b", "a"]);
  });
});
