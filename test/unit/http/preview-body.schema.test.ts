import { describe, expect, it } from "vitest";
import { previewBodySchema } from "../../../src/http/preview-body.schema.ts";

describe("previewBodySchema", () => {
  it("wants nothing but rules", () => {
    expect(previewBodySchema.parse({ rules: { expiry: {} } })).toEqual({ rules: { expiry: {} } });
  });

  it.each(["0123456789abcdef0123456789ABCDEF", "connector:apns, the second:default"])(
    "takes %s for a connection",
    (connection) => {
      expect(previewBodySchema.safeParse({ rules: {}, connection }).success).toBe(true);
    },
  );
});
