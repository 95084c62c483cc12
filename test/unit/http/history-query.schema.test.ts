import { describe, expect, it } from "vitest";
import { z } from "zod";
import { HISTORY_VIEWS, historyQuerySchema } from "../../../src/http/history-query.schema.ts";

describe("historyQuerySchema", () => {
  it("says as JSON Schema what a caller may send", () => {
    const { properties, additionalProperties } = z.toJSONSchema(historyQuerySchema, { io: "input" });

    expect(additionalProperties).toBe(false);
    expect(properties).toMatchObject({
      view: { enum: HISTORY_VIEWS },
      from: { type: "string" },
      maxpagesize: { type: "string" },
    });
  });
});
