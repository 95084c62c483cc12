import { describe, expect, it } from "vitest";
import { alertsQuerySchema } from "../../../src/http/alerts-query.schema.ts";

describe("alertsQuerySchema", () => {
  it("takes every filter at once", () => {
    const query = { tenant: "fleet", phase: "firing", severity: "error", rule: "tenant-late" };

    expect(alertsQuerySchema.parse(query)).toEqual(query);
  });

  it.each([{ phase: "inactive" }, { phase: "" }, { severity: "Error" }, { rule: "tenant" }, { maxpagesize: "1" }])(
    "refuses %j",
    (query) => {
      expect(alertsQuerySchema.safeParse(query).success).toBe(false);
    },
  );
});
