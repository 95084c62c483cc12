import { describe, expect, it } from "vitest";
import { toLogLine } from "../../../../src/adapters/telemetry/to-log-line.ts";

describe("toLogLine()", () => {
  it("writes an event as one line of JSON", () => {
    const line = toLogLine({ kind: "event", name: "TenantPolled", fields: { tenantId: "t", kind: "polled", n: 2 } });

    expect(line).toBe('{"record":"event","name":"TenantPolled","fields":{"tenantId":"t","kind":"polled","n":2}}');
  });

  it("writes a call under its operation", () => {
    const call = {
      dependency: "graph",
      operation: "list",
      target: "t",
      success: false,
      durationMs: 5,
      status: 503,
    } as const;

    expect(JSON.parse(toLogLine({ kind: "dependency", call }))).toEqual({
      record: "dependency",
      name: "list",
      fields: call,
    });
  });

  it("writes a metric with its value", () => {
    expect(JSON.parse(toLogLine({ kind: "metric", name: "age", value: 3, fields: { a: 1 } }))).toEqual({
      record: "metric",
      name: "age",
      fields: { a: 1, value: 3 },
    });
  });

  it("writes an exception with message and stack, and without the text of its cause", () => {
    const error = new TypeError("Cannot read the row", { cause: new Error("s3cret") });

    const line = toLogLine({ kind: "exception", error, fields: { invocationId: "i" } });

    expect(JSON.parse(line)).toMatchObject({
      record: "exception",
      name: "TypeError",
      fields: { invocationId: "i", message: "Cannot read the row", causes: "Error" },
    });
    expect(line).not.toContain("s3cret");
  });

  it("stays one line whatever a text holds", () => {
    const line = toLogLine({ kind: "event", name: "E", fields: { text: 'a\nb\r\u2028"c' } });

    expect(line.split(/[\n\r]/)).toHaveLength(1);
    expect(JSON.parse(line)).toMatchObject({ fields: { text: 'a\nb\r\u2028"c' } });
  });

  it.each([
    [1_000, 1_000],
    [1_001, 1_000],
    [90_000, 1_000],
  ])("cuts a text of %d characters to %d with its mark", (length, kept) => {
    const line = toLogLine({ kind: "event", name: "E", fields: { text: "x".repeat(length) } });

    const { fields }: { fields: { text: string } } = JSON.parse(line);
    expect(fields.text).toHaveLength(kept);
    expect(fields.text.endsWith("…")).toBe(length > 1_000);
  });

  it("drops the fields of a line that the host would cut", () => {
    const fields = Object.fromEntries(Array.from({ length: 40 }, (_, index) => [`f${index}`, "x".repeat(1_000)]));

    const line = toLogLine({ kind: "event", name: "E", fields });

    expect(line).toBe('{"record":"event","name":"E","fields":{"cut":true}}');
  });
});
