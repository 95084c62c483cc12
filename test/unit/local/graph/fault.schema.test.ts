import { describe, expect, it } from "vitest";
import { faultSchema } from "../../../../local/graph/fault.schema.ts";

describe("faultSchema", () => {
  it.each([
    { fault: { kind: "throttled", body: "intune", retryAfter: { dateInSeconds: -60 }, times: 1 }, want: true },
    { fault: { kind: "throttled", retryAfter: 30 }, want: false },
    { fault: { kind: "server-error", status: 503, html: true }, want: true },
    { fault: { kind: "server-error", status: 501 }, want: false },
    { fault: { kind: "server-error" }, want: false },
    { fault: { kind: "paging", mode: "endless" }, want: true },
    { fault: { kind: "paging", mode: "backwards" }, want: false },
    { fault: { kind: "body", status: 200, body: "" }, want: true },
    { fault: { kind: "body", status: 101, body: "" }, want: false },
    { fault: { kind: "reset", times: 0 }, want: false },
    { fault: { kind: "reset", status: 500 }, want: false },
    { fault: { kind: "down" }, want: false },
  ])("takes $fault: $want", ({ fault, want }) => {
    expect(faultSchema.safeParse(fault).success).toBe(want);
  });
});
