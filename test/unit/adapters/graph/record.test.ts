import { describe, expect, it } from "vitest";
import type { GraphOutcome } from "../../../../src/adapters/graph/graph-call.ts";
import { record } from "../../../../src/adapters/graph/record.ts";
import type { DependencyCall, Telemetry } from "../../../../src/ports/telemetry.ts";

const CALL = {
  method: "GET",
  url: "https://graph.microsoft.com/v1.0/deviceManagement/x?$skiptoken=secret",
  headers: { authorization: "Bearer secret" },
};

async function recordOf(outcome: GraphOutcome): Promise<readonly DependencyCall[]> {
  const calls: DependencyCall[] = [];
  const telemetry: Telemetry = {
    event: () => {},
    dependency: (call) => calls.push(call),
    exception: () => {},
    metric: () => {},
  };
  let nowMs = 5_000;
  const link = record({ telemetry, clock: { nowMs: () => nowMs }, operation: "list-things", tenantId: "tenant-1" });

  const returned = await link(async () => {
    nowMs += 120;
    return outcome;
  })(CALL);

  expect(returned).toBe(outcome);
  return calls;
}

describe("record()", () => {
  it("records a good call with its duration and status", async () => {
    expect(await recordOf({ kind: "page", status: 200, rows: [{ id: "1" }] })).toEqual([
      {
        dependency: "graph",
        operation: "list-things",
        target: "tenant-1",
        success: true,
        durationMs: 120,
        status: 200,
      },
    ]);
  });

  it("records a failure with its reason and nothing of its detail", async () => {
    const failure: GraphOutcome = {
      kind: "failed",
      reason: "forbidden",
      retryable: false,
      status: 403,
      detail: "words",
    };

    const calls = await recordOf(failure);

    expect(calls).toEqual([
      {
        dependency: "graph",
        operation: "list-things",
        target: "tenant-1",
        success: false,
        durationMs: 120,
        status: 403,
        reason: "forbidden",
      },
    ]);
  });

  it("records no status when there was no answer", async () => {
    const [call] = await recordOf({ kind: "failed", reason: "unavailable", retryable: true });

    expect(call).not.toHaveProperty("status");
  });
});
