import { describe, expect, it } from "vitest";
import type { GraphFailure } from "../../../../src/adapters/graph/graph-call.ts";
import type { PagesOutcome } from "../../../../src/adapters/graph/read-pages.ts";
import { readSource, type WantedSource } from "../../../../src/adapters/graph/read-source.ts";

const ROWS: PagesOutcome = { kind: "rows", rows: [{ id: "1" }] };
const UNKNOWN_HERE: GraphFailure = { kind: "failed", reason: "not-found", retryable: false, unknownHere: true };
const THROTTLED: GraphFailure = { kind: "failed", reason: "throttled", retryable: true, status: 429 };

/** Reads from a Graph in which each form of a source has its outcome. */
async function read(wanted: WantedSource, outcomes: Readonly<Record<string, PagesOutcome>>) {
  const tried: string[] = [];
  const result = await readSource(wanted, async ({ form = "list" }) => {
    tried.push(form);
    return outcomes[form] ?? UNKNOWN_HERE;
  });
  return { result, tried };
}

describe("readSource()", () => {
  it("gives the rows of a partner collection, without a form", async () => {
    const { result } = await read({ sourceId: "deviceManagementPartners", remembered: "root" }, { list: ROWS });

    expect(result).toEqual({ sourceId: "deviceManagementPartners", outcome: "read", rows: [{ id: "1" }] });
  });

  it.each([
    { remembered: undefined, order: ["property", "select", "root"] },
    { remembered: "property", order: ["property", "select", "root"] },
    { remembered: "select", order: ["select", "property", "root"] },
    { remembered: "root", order: ["root", "property", "select"] },
  ] as const)(
    "tries the forms of connectorStatus in the order $order after $remembered",
    async ({ remembered, order }) => {
      const { result, tried } = await read({ sourceId: "connectorStatus", remembered }, {});

      expect(tried).toEqual(order);
      expect(result).toEqual({ sourceId: "connectorStatus", outcome: "not-available", reason: "not-found" });
    },
  );

  it.each(["property", "select", "root"] as const)("names the form that worked: %s", async (form) => {
    const { result } = await read({ sourceId: "connectorStatus", remembered: undefined }, { [form]: ROWS });

    expect(result).toMatchObject({ outcome: "read", form });
  });

  it("tries no other form once one is known but cannot be read", async () => {
    const { result, tried } = await read(
      { sourceId: "connectorStatus", remembered: undefined },
      { property: THROTTLED },
    );

    expect(tried).toEqual(["property"]);
    expect(result).toEqual({ sourceId: "connectorStatus", outcome: "unreadable", reason: "throttled" });
  });

  it.each(["unlicensed", "not-found", "not-supported"] as const)("calls %s not available", async (reason) => {
    const { result } = await read(
      { sourceId: "deviceManagementPartners", remembered: undefined },
      { list: { kind: "failed", reason, retryable: false } },
    );

    expect(result).toEqual({ sourceId: "deviceManagementPartners", outcome: "not-available", reason });
  });

  it.each(["unauthorized", "forbidden", "throttled", "unavailable", "malformed"] as const)(
    "calls %s unreadable and keeps its detail, but nothing else of the failure",
    async (reason) => {
      const { result } = await read(
        { sourceId: "complianceManagementPartners", remembered: undefined },
        { list: { kind: "failed", reason, retryable: true, status: 500, detail: "words" } },
      );

      expect(result).toEqual({
        sourceId: "complianceManagementPartners",
        outcome: "unreadable",
        reason,
        detail: "words",
      });
    },
  );
});
