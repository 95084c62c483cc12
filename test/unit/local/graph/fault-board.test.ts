import { describe, expect, it } from "vitest";
import { createFaultBoard } from "../../../../local/graph/fault-board.ts";
import { defineScenario } from "../../../../local/scenarios/load-scenario.ts";
import { tenantOf } from "../../../../local/scenarios/state-at.ts";

const A = "00000000-0000-4000-8000-0000000000a1";
const B = "00000000-0000-4000-8000-0000000000b1";
const DAY_MS = 86_400_000;

const scenario = defineScenario({
  name: "test",
  title: "test",
  tenants: [
    { id: A, name: "A (simulated)", faults: [{ from: "P1D", to: "P2D", fault: { kind: "empty", times: 1 } }] },
    { id: B, name: "B (simulated)" },
  ],
});
const a = tenantOf(scenario, A);
const b = tenantOf(scenario, B);

describe("createFaultBoard()", () => {
  it("has no fault at first but the scenario's, in its time", () => {
    const board = createFaultBoard();

    expect(board.take(a, "connectorStatus", 0)).toBeUndefined();
    expect(board.take(b, "connectorStatus", DAY_MS)).toBeUndefined();
    expect(board.take(a, "connectorStatus", DAY_MS)?.kind).toBe("empty");
  });

  it("prefers the tenant's own to all tenants', a source's to all sources', and any to the scenario's", () => {
    const board = createFaultBoard();
    const kinds = (): unknown[] =>
      [a, b].flatMap((tenant) =>
        (["connectorStatus", "deviceManagementPartners"] as const).map(
          (source) => board.take(tenant, source, DAY_MS)?.kind,
        ),
      );

    board.set(undefined, "*", { kind: "reset" });
    expect(kinds()).toEqual(["reset", "reset", "reset", "reset"]);

    board.set(undefined, "connectorStatus", { kind: "html" });
    expect(kinds()).toEqual(["html", "reset", "html", "reset"]);

    board.set(A, "*", { kind: "not-found" });
    expect(kinds()).toEqual(["not-found", "not-found", "html", "reset"]);

    board.set(A, "connectorStatus", { kind: "truncated" });
    expect(kinds()).toEqual(["truncated", "not-found", "html", "reset"]);
  });

  it("forgets the fault that is cleared, and all by hand when cleared as a whole", () => {
    const board = createFaultBoard();
    board.set(A, "connectorStatus", { kind: "html" });
    board.set(undefined, "*", { kind: "reset" });

    board.set(A, "connectorStatus", undefined);
    expect(board.take(a, "connectorStatus", 0)?.kind).toBe("reset");

    board.clear();
    expect(board.take(a, "connectorStatus", 0)).toBeUndefined();
    expect(board.take(a, "connectorStatus", DAY_MS)?.kind).toBe("empty");
  });

  it("heals a fault after its times, and counts anew when it is set again", () => {
    const board = createFaultBoard();
    const fault = { kind: "reset", times: 2 } as const;
    board.set(undefined, "*", fault);

    const first = [1, 2, 3].map(() => board.take(b, "connectorStatus", 0)?.kind);
    board.set(undefined, "*", fault);
    const second = [1, 2, 3].map(() => board.take(b, "connectorStatus", 0)?.kind);

    expect(first).toEqual(["reset", "reset", undefined]);
    expect(second).toEqual(first);
  });

  it("heals a fault of the scenario after its times", () => {
    const board = createFaultBoard();

    const kinds = [1, 2].map(() => board.take(a, "connectorStatus", DAY_MS)?.kind);

    expect(kinds).toEqual(["empty", undefined]);
  });
});
