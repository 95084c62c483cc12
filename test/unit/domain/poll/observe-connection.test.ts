import { describe, expect, it } from "vitest";
import type { ConnectionState } from "../../../../src/domain/poll/connection-state.ts";
import { observeConnection } from "../../../../src/domain/poll/observe-connection.ts";
import type { PollContext, Sighting } from "../../../../src/domain/poll/poll-context.ts";
import type { TenantPolicy } from "../../../../src/domain/poll/tenant-policy.ts";
import { windowsAt } from "../../../../src/domain/suppression/is-in-maintenance.ts";
import { DAY_MS, MINUTE_MS } from "../../../../src/domain/units.ts";
import { aPolicy, digest } from "../../../builders/a-policy.ts";
import { aPartner, at } from "../connections/a-reading.ts";

const PERIOD_MS = 15 * MINUTE_MS;
const START_MS = Date.UTC(2026, 10, 22);

function aContext(poll: number, policy: Partial<TenantPolicy> = {}): PollContext {
  const slotMs = START_MS + poll * PERIOD_MS;
  const times = { slotMs, observedAtMs: slotMs + 1_000, nowMs: slotMs + 2_000, periodMs: PERIOD_MS };
  const { maintenance, ...rest } = aPolicy(policy);
  const windows = windowsAt(maintenance, times.nowMs);
  const suppression = { silences: [], acknowledgements: [], windows, openAbove: [] };
  return { ...times, policy: { ...rest, maintenance }, digest, suppression };
}

function seen(isConfigured: boolean): Sighting {
  return { kind: "seen", reading: aPartner({ isConfigured }), hasReturned: false };
}

function inState(state: "enabled" | "rejected" | "unknown", stateAsSent?: string): Sighting {
  const reading = { ...aPartner({ state }), ...(stateAsSent === undefined ? {} : { stateAsSent }) };
  return { kind: "seen", reading, hasReturned: false };
}

/** Feeds one sighting a poll, each to what the one before it left. */
function walk(sightings: readonly (readonly [Sighting, Partial<TenantPolicy>?])[]): ConnectionState | undefined {
  let state: ConnectionState | undefined;
  for (const [poll, [sighting, policy]] of sightings.entries()) {
    state = observeConnection(state, sighting, aContext(poll, policy));
  }
  return state;
}

describe("observeConnection()", () => {
  const ignore = { ignore: [{ connection: "*", reason: "later" }] };

  it.each([
    { after: "the first reading", sightings: [[seen(true)]], poll: undefined },
    { after: "staying active", sightings: [[seen(true)], [seen(true)], [{ kind: "blind" }]], poll: undefined },
    { after: "not being configured", sightings: [[seen(true)], [seen(false)]], poll: undefined },
    { after: "being configured at last", sightings: [[seen(false)], [seen(true)], [seen(true)]], poll: 1 },
    { after: "being configured again", sightings: [[seen(true)], [seen(false)], [seen(true)]], poll: 2 },
    {
      after: "being ignored no longer, unseen",
      sightings: [[seen(true)], [seen(true), ignore], [{ kind: "blind" }]],
      poll: 2,
    },
  ] as const)("knows since when a connection is active after $after", ({ sightings, poll }) => {
    const activeSinceMs = poll === undefined ? undefined : START_MS + poll * PERIOD_MS;

    expect(walk(sightings)?.activeSinceMs).toBe(activeSinceMs);
  });

  it.each([
    { after: "the first reading", sightings: [[inState("rejected")], [inState("rejected")]], poll: undefined },
    { after: "a change", sightings: [[inState("enabled")], [inState("rejected")], [inState("rejected")]], poll: 1 },
    {
      after: "a change unseen",
      sightings: [[inState("enabled")], [{ kind: "blind" }], [inState("rejected")]],
      poll: 2,
    },
    { after: "another new word", sightings: [[inState("unknown", "a")], [inState("unknown", "b")]], poll: 1 },
  ] as const)("knows since when a partner is in its state after $after", ({ sightings, poll }) => {
    expect(walk(sightings)?.stateSinceMs).toBe(poll === undefined ? undefined : START_MS + poll * PERIOD_MS);
  });

  describe("of maintenance", () => {
    const tenant: Sighting = {
      kind: "seen",
      reading: {
        kind: "tenant",
        connectionId: "tenant:one",
        displayName: "Contoso",
        problems: [],
        readable: true,
        failedPolls: 0,
        lastGoodAtMs: START_MS,
      },
      hasReturned: false,
    };
    const window = { name: "patch", startMinute: 0, durationMs: DAY_MS, timeZone: "UTC", match: {} };
    const sundays = { ...window, weekdays: ["sun"] } as const;
    const mondays = { ...window, name: "other", weekdays: ["mon"] } as const;

    it("names the windows that the tenant is in", () => {
      expect(walk([[tenant, { maintenance: [mondays, sundays] }]])?.activeWindows).toEqual([
        { name: "patch", match: {} },
      ]);
    });

    it("names none once they are over", () => {
      expect(walk([[tenant, { maintenance: [sundays] }], [tenant]])?.activeWindows).toBeUndefined();
    });

    it("leaves that to the tenant", () => {
      expect(walk([[seen(true), { maintenance: [sundays] }]])?.activeWindows).toBeUndefined();
    });
  });

  it("measures a partner's silence up to its reading, not up to now", () => {
    const silent = aPartner({ state: "terminated", lastContact: at(START_MS - 120 * DAY_MS) });
    const sighting: Sighting = { kind: "seen", reading: silent, hasReturned: false };
    const before = observeConnection(undefined, sighting, { ...aContext(0), observedAtMs: START_MS });

    const blind = observeConnection(before, { kind: "blind" }, aContext(96));
    const seenAgain = observeConnection(before, sighting, aContext(96));

    expect([blind, seenAgain].map((state) => state?.standing.standing)).toEqual(["active", "retired"]);
  });
});
