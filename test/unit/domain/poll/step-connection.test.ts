import { describe, expect, it } from "vitest";
import type { SourceId, SourceRead } from "../../../../src/domain/connections/source.ts";
import { DAY_MS, MINUTE_MS } from "../../../../src/domain/units.ts";
import { aPolicy, goodReads } from "../../../builders/a-policy.ts";
import { aCompliancePartnerRow } from "../../../builders/graph-rows.ts";
import { aPlanWorld, type PlanWorld } from "../../../builders/plan-world.ts";

const PERIOD_MS = 15 * MINUTE_MS;
const START_MS = Date.UTC(2026, 10, 22);
const WEEK_POLLS = (7 * DAY_MS) / PERIOD_MS;

/** Polls with or without the partner `one`; its neighbour is always there. */
function poll(world: PlanWorld, index: number, seen: "there" | "absent" | "blind" | "unwatched"): void {
  const slotMs = START_MS + index * PERIOD_MS;
  const beatMs = START_MS + 90 * DAY_MS;
  const ids = seen === "there" ? ["one", "neighbour"] : ["neighbour"];
  const rows = ids.map((id) => aCompliancePartnerRow({ id, beatMs }));
  const sourceId: SourceId = "complianceManagementPartners";
  const reads: readonly SourceRead[] = goodReads({ [sourceId]: rows })
    .filter((read) => seen !== "unwatched" || read.sourceId !== sourceId)
    .map((read) => (seen === "blind" ? { sourceId: read.sourceId, outcome: "unreadable", reason: "throttled" } : read));
  world.poll({ slotMs, reads, policy: aPolicy() });
}

/** What history says of the coming and going of the partner `one`. */
function comings(world: PlanWorld): readonly string[] {
  return world
    .events()
    .filter(({ connectionId }) => connectionId.endsWith(":one"))
    .flatMap(({ slotMs, changes }) =>
      changes.flatMap((change) => {
        const index = (slotMs - START_MS) / PERIOD_MS;
        if (change.type === "appeared") return `${index} ${change.returned ? "returned" : "appeared"}`;
        return change.type === "disappeared" ? `${index} ${change.reason}` : [];
      }),
    );
}

describe("stepConnection()", () => {
  it("tells that a connection has left with its 4th absence, and that it is back", () => {
    const world = aPlanWorld();

    for (const [index, seen] of (
      ["there", "absent", "absent", "absent", "absent", "absent", "there"] as const
    ).entries())
      poll(world, index, seen);

    expect(comings(world)).toEqual(["0 appeared", "4 absent", "6 returned"]);
  });

  it("says nothing of an absence that is over before it is believed", () => {
    const world = aPlanWorld();

    for (const [index, seen] of (["there", "absent", "absent", "absent", "there"] as const).entries())
      poll(world, index, seen);

    expect(comings(world)).toEqual(["0 appeared"]);
  });

  it("tells that a connection is back whose absence was accepted", () => {
    const world = aPlanWorld();
    poll(world, 0, "there");
    for (const index of [1, 2, 3, 4, 1 + WEEK_POLLS]) poll(world, index, "absent");

    for (const index of [2 + WEEK_POLLS, 3 + WEEK_POLLS]) poll(world, index, "there");

    const [left, back] = [1 + WEEK_POLLS, 2 + WEEK_POLLS];
    expect(comings(world)).toEqual(["0 appeared", "4 absent", `${left} connection-gone`, `${back} returned`]);
  });

  it("tells that a connection is back whose source is watched again", () => {
    const world = aPlanWorld();

    for (const [index, seen] of (["there", "unwatched", "there", "there"] as const).entries()) poll(world, index, seen);

    expect(comings(world)).toEqual(["0 appeared", "1 source-not-watched", "2 returned"]);
  });

  it("accepts no absence while blind", () => {
    const world = aPlanWorld();
    poll(world, 0, "there");
    for (const index of [1, 2, 3, 4]) poll(world, index, "absent");

    poll(world, 4 + WEEK_POLLS, "blind");

    expect(comings(world)).toEqual(["0 appeared", "4 absent"]);
    const missing = world.stateOf("compliance-management-partner:one")?.alerts["connection-missing"];
    expect(missing?.phase).toBe("firing");
  });
});
