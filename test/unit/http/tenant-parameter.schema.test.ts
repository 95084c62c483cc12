import { describe, expect, it } from "vitest";
import { tenantParameter } from "../../../src/http/tenant-parameter.schema.ts";
import { TENANT } from "./builders.ts";

describe("tenantParameter", () => {
  it("reads a GUID in any letter case as lower case", () => {
    expect(tenantParameter.parse(TENANT.tenantId.toUpperCase())).toBe(TENANT.tenantId);
  });

  it.each(["", "contoso.onmicrosoft.com", `{${TENANT.tenantId}}`, `${TENANT.tenantId}\n`, ` ${TENANT.tenantId}`])(
    "refuses %j",
    (text) => {
      expect(tenantParameter.safeParse(text).success).toBe(false);
    },
  );
});
