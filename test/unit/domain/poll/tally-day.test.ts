import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { SourceRead } from "../../../../src/domain/connections/source.ts";
import type { DailyRollup } from "../../../../src/domain/history/daily.ts";
import type { ConnectionState } from "../../../../src/domain/poll/connection-state.ts";
import { judgeConnections } from "../../../../src/domain/poll/judge-connections.ts";
import type { TenantPolicy } from "../../../../src/domain/poll/tenant-policy.ts";
import { DAY_MS, HOUR_MS, MINUTE_MS } from "../../../../src/domain/units.ts";
import { aPolicy, digest, goodReads } from "../../../builders/a-policy.ts";
import { aCompliancePartnerRow } from "../../../builders/graph-rows.ts";
import { aPlanWorld, type PlanWorld } from "../../../builders/plan-world.ts";

const PERIOD_MS = HOUR_MS;
const DAY = Date.UTC(2026, 10, 22);
const PARTNER = "compliance-management-partner:one";

type Seen = "well" | "silent" | "absent" | "blind" | "unwatched";

/** Polls the partner once; `silent` fires heartbeat-age as an error at once. */
function poll(world: PlanWorld, hour: number, seen: Seen, overrides: Partial<TenantPolicy> = {}): void {
  const slotMs = DAY + hour * HOUR_MS;
  const beatMs = slotMs - (seen === "silent" ? 4 * DAY_MS : HOUR_MS);
  const rows = seen === "absent" ? [] : [aCompliancePartnerRow({ id: "one", beatMs })];
  const others = [aCompliancePartnerRow({ id: "other", beatMs })];
  const reads = goodReads({ complianceManagementPartners: [...rows, ...others] })
    .filter(({ sourceId }) => seen !== "unwatched" || sourceId !== "complianceManagementPartners")
    .map((read): SourceRead => (seen === "blind" ? blindRead(read) : read));
  world.poll({ slotMs, reads, policy: aHastyPolicy(overrides) });
}

function blindRead({ sourceId }: SourceRead): SourceRead {
  return { sourceId, outcome: "unreadable", reason: "throttled" };
}

function aHastyPolicy(overrides: Partial<TenantPolicy>): TenantPolicy {
  const rules = { "heartbeat-age": { confirmPolls: 1, recoverPolls: 1, keepFiringMs: 0 } };
  return aPolicy({ periodMs: PERIOD_MS, rules: { preset: "recommended", rules, overrides: [] }, ...overrides });
}

function stateOf(world: PlanWorld, connectionId = PARTNER): ConnectionState {
  const state = world.stateOf(connectionId);
  if (state === undefined) throw new Error("Cannot test: the world holds no such connection");
  return state;
}

function daysOf(world: PlanWorld, connectionId = PARTNER): readonly Omit<DailyRollup, "connectionKey">[] {
  return world
    .daily()
    .filter(({ connectionKey }) => connectionKey === digest(connectionId))
    .map(({ connectionKey: _key, ...day }) => day);
}

/** The end of a bar, as many days as there were. */
function barOf(world: PlanWorld): string {
  return (stateOf(world).bar90 ?? "").replace(/^-+/, "");
}

describe("tallyDay()", () => {
  it("counts each hour as the poll at its beginning left it", () => {
    const world = aPlanWorld();

    for (const [hour, seen] of (["well", "well", "silent", "silent", "well"] as const).entries())
      poll(world, hour, seen);

    expect(stateOf(world).today).toEqual({
      verdictsMs: { ok: 2 * HOUR_MS, error: 2 * HOUR_MS },
      partsMs: { up: 2 * HOUR_MS, down: 2 * HOUR_MS },
      fired: 1,
      now: { verdict: "ok", part: "up" },
    });
    expect(barOf(world)).toBe("e");
  });

  it("closes the day with the first poll of the next one, once", () => {
    const world = aPlanWorld();

    for (const hour of [22, 23, 24, 25]) poll(world, hour, "well");

    expect(daysOf(world)).toEqual([
      {
        dayMs: DAY,
        verdictsMs: { ok: 2 * HOUR_MS, unknown: 22 * HOUR_MS },
        partsMs: { up: 2 * HOUR_MS, unknown: 22 * HOUR_MS },
        fired: 0,
      },
    ]);
    expect(stateOf(world).today?.verdictsMs).toEqual({ ok: HOUR_MS });
    expect(barOf(world)).toBe("oo");
  });

  it.each(["absent", "blind", "unwatched"] as const)("closes the day whatever the poll sees: %s", (seen) => {
    const world = aPlanWorld();
    poll(world, 22, "well");

    poll(world, 24, seen);

    expect(daysOf(world).map(({ dayMs }) => dayMs)).toContain(DAY);
  });

  it("closes the day of every live connection, the tenant and its sources among them", () => {
    const world = aPlanWorld();
    poll(world, 23, "well");

    poll(world, 24, "well");

    const keys = world.daily().map(({ connectionKey }) => connectionKey);
    expect(keys.toSorted()).toEqual(
      world
        .live()
        .states.map(({ value }) => value.connectionKey)
        .toSorted(),
    );
  });

  it("counts a poll that does not count for alerts", () => {
    const world = aPlanWorld();
    poll(world, 1, "well");

    poll(world, 1.25, "well");

    expect(stateOf(world).today?.verdictsMs).toEqual({ ok: HOUR_MS / 4 });
  });

  it("knows nothing between two polls of which one was blind", () => {
    const world = aPlanWorld();

    for (const [hour, seen] of (["well", "well", "blind", "well", "well"] as const).entries()) poll(world, hour, seen);

    expect(stateOf(world).today).toMatchObject({
      verdictsMs: { ok: 2 * HOUR_MS, unknown: 2 * HOUR_MS },
      partsMs: { up: 2 * HOUR_MS, unknown: 2 * HOUR_MS },
    });
    expect(barOf(world)).toBe("b");
  });

  it("still says what is open while blind, and yet counts neither up nor down", () => {
    const world = aPlanWorld();

    for (const [hour, seen] of (["well", "silent", "blind", "blind"] as const).entries()) poll(world, hour, seen);

    expect(stateOf(world).today).toMatchObject({
      verdictsMs: { ok: HOUR_MS, error: 2 * HOUR_MS },
      partsMs: { up: HOUR_MS, unknown: 2 * HOUR_MS },
    });
  });

  it("believes a poll for 3 periods and no longer", () => {
    const world = aPlanWorld();
    poll(world, 1, "well");

    poll(world, 9, "well");

    expect(stateOf(world).today?.verdictsMs).toEqual({ ok: 3 * HOUR_MS, unknown: 5 * HOUR_MS });
  });

  it("has no row and no letter for days without a poll", () => {
    const world = aPlanWorld();
    poll(world, 1, "silent");

    poll(world, 24 * 4 + 1, "well");

    expect(daysOf(world).map(({ dayMs }) => dayMs)).toEqual([DAY]);
    expect(barOf(world)).toBe("e---b");
  });

  it("counts maintenance apart, blind or not", () => {
    const world = aPlanWorld();
    const window = {
      name: "patches",
      startMinute: 0,
      durationMs: DAY_MS,
      timeZone: "UTC",
      match: { connection: "*one" },
    };
    const maintenance = [{ ...window, weekdays: ["sun"] as const }];

    poll(world, 0, "silent", { maintenance });
    poll(world, 1, "blind", { maintenance });
    poll(world, 2, "well");

    expect(stateOf(world).today?.partsMs).toEqual({ maintenance: 2 * HOUR_MS });
    expect(stateOf(world, "compliance-management-partner:other").today?.partsMs).toEqual({ unknown: 2 * HOUR_MS });
  });

  it("is neither up nor down while it is not judged", () => {
    const world = aPlanWorld();
    const ignore = [{ connection: PARTNER, reason: "retired soon" }];

    poll(world, 0, "well", { ignore });
    poll(world, 1, "well", { ignore });

    expect(stateOf(world).today).toMatchObject({
      verdictsMs: { "not-judged": HOUR_MS },
      partsMs: { unknown: HOUR_MS },
    });
    expect(barOf(world)).toBe("n");
  });

  it("says of a source whether it could be read, and never that it was up", () => {
    const world = aPlanWorld();

    for (const [hour, seen] of (["well", "blind", "well", "well"] as const).entries()) poll(world, hour, seen);

    expect(stateOf(world, "source:complianceManagementPartners").today).toMatchObject({
      verdictsMs: { unknown: 2 * HOUR_MS, ok: HOUR_MS },
      partsMs: { unknown: 3 * HOUR_MS },
    });
  });

  it("closes the day of a connection that leaves, and knows nothing until it returns", () => {
    const world = aPlanWorld();
    poll(world, 23, "well");
    poll(world, 25, "unwatched");
    const left = daysOf(world);

    poll(world, 28, "well");

    expect(left.map(({ dayMs, verdictsMs }) => [dayMs - DAY, verdictsMs])).toEqual([
      [0, { ok: HOUR_MS, unknown: 23 * HOUR_MS }],
      [DAY_MS, { ok: HOUR_MS, unknown: 23 * HOUR_MS }],
    ]);
    expect(stateOf(world).today?.verdictsMs).toEqual({ ok: HOUR_MS, unknown: 3 * HOUR_MS });
    expect(barOf(world)).toBe("ob");
  });

  it("knows nothing of one that was not judged either, from when it left", () => {
    const world = aPlanWorld();
    const ignore = [{ connection: PARTNER, reason: "retired soon" }];

    for (const [hour, seen] of (["well", "unwatched", "well"] as const).entries()) poll(world, hour, seen, { ignore });

    expect(stateOf(world).today?.verdictsMs).toEqual({ "not-judged": HOUR_MS, unknown: HOUR_MS });
  });

  it("closes the same day again when a connection returns on another one, with the same figures", () => {
    const world = aPlanWorld();
    poll(world, 1, "well");
    poll(world, 2, "unwatched");

    poll(world, 30, "well");

    const [first, second, ...others] = daysOf(world);
    expect(first).toEqual(second);
    expect(others).toEqual([]);
  });
});

/** Polls some periods apart, seen in some way. */
const someStory = fc.array(
  fc.record({
    afterMinutes: fc.constantFrom(20, 60, 60, 60, 120, 180, 181, 600, 1_500, 4_000),
    seen: fc.constantFrom<Seen>("well", "well", "silent", "blind", "absent", "unwatched"),
  }),
  { minLength: 2, maxLength: 60 },
);

interface Poll {
  readonly minute: number;
  readonly seen: Seen;
  readonly state: ConnectionState | undefined;
  readonly verdict: string;
}

describe("tallyDay() over random polls", () => {
  it("I7: tells of each day what a naive count of minutes tells", () => {
    fc.assert(
      fc.property(someStory, (story) => {
        const { world, polls } = play(story);
        const naive = countMinutes(polls);

        // A day that is not over has no row.
        const open = world.stateOf(PARTNER) === undefined ? undefined : dayOf(polls.at(-1)?.minute ?? 0);
        const wanted = [...naive].filter(([day]) => day !== open);
        const closed = new Map(daysOf(world).map(({ dayMs, verdictsMs }) => [(dayMs - DAY) / DAY_MS, verdictsMs]));
        expect(Object.fromEntries(closed)).toEqual({ ...Object.fromEntries(closed), ...Object.fromEntries(wanted) });
        expect([...closed.keys()].filter((day) => !naive.has(day))).toEqual([]);
      }),
      { seed: 20_261_122, numRuns: 150 },
    );
  });
});

function dayOf(minute: number): number {
  return Math.floor(minute / 1_440);
}

function play(story: readonly { readonly afterMinutes: number; readonly seen: Seen }[]) {
  const world = aPlanWorld();
  const polls: Poll[] = [];
  let minute = 30;
  poll(world, minute / 60, "well");
  for (const { afterMinutes, seen } of [{ afterMinutes: 0, seen: "well" as const }, ...story]) {
    minute += afterMinutes;
    if (afterMinutes > 0) poll(world, minute / 60, seen);
    const judged = judgeConnections(world.live().states.map(({ value }) => value));
    const found = judged.find(({ state }) => state.reading.connectionId === PARTNER);
    polls.push({ minute, seen, state: found?.state, verdict: found?.verdict ?? "unknown" });
  }
  return { world, polls };
}

/** Walks each minute of each day on which the connection was polled, and asks the polls around it. */
function countMinutes(polls: readonly Poll[]): ReadonlyMap<number, Readonly<Record<string, number>>> {
  const watched = polls.filter(({ state }, index) => state !== undefined || polls[index - 1]?.state !== undefined);
  const counts = new Map<number, Record<string, number>>();
  for (const day of new Set(watched.map(({ minute }) => dayOf(minute)))) {
    const ofDay: Record<string, number> = {};
    for (let minute = day * 1_440; minute < (day + 1) * 1_440; minute += 1) {
      const verdict = verdictAt(polls, minute);
      ofDay[verdict] = (ofDay[verdict] ?? 0) + MINUTE_MS;
    }
    counts.set(day, ofDay);
  }
  return counts;
}

function verdictAt(polls: readonly Poll[], minute: number): string {
  const before = polls.findLast((one) => one.minute <= minute);
  const after = polls.find((one) => one.minute > minute);
  if (before?.state === undefined || after === undefined) return "unknown";
  if (minute - before.minute >= (3 * PERIOD_MS) / MINUTE_MS) return "unknown";
  const isOpen = Object.values(before.state.alerts).some(({ phase }) => phase === "firing" || phase === "recovering");
  const isUnseen = after.seen === "blind" || before.seen === "unwatched";
  return isUnseen && !isOpen ? "unknown" : before.verdict;
}
