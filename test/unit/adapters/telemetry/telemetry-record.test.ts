import { describe, expect, it } from "vitest";
import { type TelemetryRecord, toTelemetry } from "../../../../src/adapters/telemetry/telemetry-record.ts";

describe("toTelemetry()", () => {
  it("hands each call to the sink as data", () => {
    const records: TelemetryRecord[] = [];
    const telemetry = toTelemetry((record) => void records.push(record));
    const call = { dependency: "graph", operation: "list", target: "t", success: true, durationMs: 5 } as const;
    const error = new Error("x");

    telemetry.event("TenantPolled", { tenantId: "t" });
    telemetry.dependency(call);
    telemetry.exception(error, { tenantId: "t" });
    telemetry.metric("age", 3);

    expect(records).toEqual([
      { kind: "event", name: "TenantPolled", fields: { tenantId: "t" } },
      { kind: "dependency", call },
      { kind: "exception", error, fields: { tenantId: "t" } },
      { kind: "metric", name: "age", value: 3, fields: {} },
    ]);
  });
});
