import { describe, expect, it } from "vitest";
import { deliveriesQuerySchema } from "../../../src/http/deliveries-query.schema.ts";

describe("deliveriesQuerySchema", () => {
  it("takes every parameter at once", () => {
    const query = { tenant: "fleet", status: "dead", maxpagesize: "7", pagetoken: "x" };

    expect(deliveriesQuerySchema.parse(query)).toEqual({ ...query, maxpagesize: 7 });
  });

  it.each([{ status: "superseded" }, { status: "" }, { maxpagesize: "0" }, { channel: "ops" }])(
    "refuses %j",
    (query) => {
      expect(deliveriesQuerySchema.safeParse(query).success).toBe(false);
    },
  );
});
