import { describe, expect, it } from "vitest";
import { createInsightsSink, type InsightsClient } from "../../../../src/adapters/telemetry/insights-sink.ts";
import { DependencyError } from "../../../../src/domain/errors.ts";

/** A client that keeps what it is given, by the name of the method. */
function aClient() {
  const tracked: (readonly [string, unknown])[] = [];
  const keep = (method: string) => (given: unknown) => void tracked.push([method, given]);
  const client: InsightsClient = {
    trackEvent: keep("event"),
    trackDependency: keep("dependency"),
    trackException: keep("exception"),
    trackMetric: keep("metric"),
  };
  return { tracked, sink: createInsightsSink(client) };
}

describe("createInsightsSink()", () => {
  it("sends an event with the fields that have a value", () => {
    const { tracked, sink } = aClient();

    sink({ kind: "event", name: "TenantPolled", fields: { tenantId: "t", reason: undefined } });

    expect(tracked).toEqual([["event", { name: "TenantPolled", properties: { tenantId: "t" } }]]);
  });

  it("sends a call as a dependency, its status as a property", () => {
    const { tracked, sink } = aClient();
    const call = {
      dependency: "graph",
      operation: "list",
      target: "t",
      success: false,
      durationMs: 5,
      status: 503,
    } as const;

    sink({ kind: "dependency", call });

    const sent = { name: "list", dependencyTypeName: "graph", target: "t", duration: 5, success: false };
    expect(tracked).toEqual([["dependency", { ...sent, properties: { status: 503 } }]]);
  });

  it("sends a metric", () => {
    const { tracked, sink } = aClient();

    sink({ kind: "metric", name: "age", value: 3, fields: { tenantId: "t" } });

    expect(tracked).toEqual([["metric", { name: "age", value: 3, properties: { tenantId: "t" } }]]);
  });

  it("sends a copy of an error, without what hangs on it", () => {
    const { tracked, sink } = aClient();
    const cause = new Error("s3cret");
    const error = new DependencyError("Cannot list", {
      dependency: "graph",
      operation: "list",
      retryable: false,
      cause,
    });

    sink({ kind: "exception", error, fields: { invocationId: "i" } });

    const [[, sent] = ["", undefined]] = tracked;
    expect(sent).toEqual({
      exception: expect.objectContaining({ name: "DependencyError", message: "Cannot list" }),
      properties: { invocationId: "i", dependency: "graph", operation: "list", retryable: false, causes: "Error" },
    });
    expect(sent).not.toHaveProperty("exception.cause");
    expect(sent).not.toHaveProperty("exception.failure");
    expect(sent).toHaveProperty("exception.stack", expect.stringMatching(/^DependencyError: Cannot list\n {4}at /));
  });
});
