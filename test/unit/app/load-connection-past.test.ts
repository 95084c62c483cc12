import { describe, expect, it } from "vitest";
import { loadConnectionPast } from "../../../src/app/load-connection-past.ts";
import type { Change, ConnectionEvent } from "../../../src/domain/history/connection-event.ts";
import type { ConnectionPast } from "../../../src/domain/history/recall-connection.ts";
import { cutWindow } from "../../../src/domain/history/timeline.ts";
import { MINUTE_MS } from "../../../src/domain/units.ts";
import { digest } from "../../builders/a-policy.ts";
import { anEvent, aSource, aState, at, PARTNER_ID, TENANT } from "../http/builders.ts";
import { aStoredHistory, type StoredHistory } from "../http/stored-history.ts";

const KEY = digest(PARTNER_ID);
const SOURCE_KEY = digest("source:complianceManagementPartners");
const TENANT_KEY = digest(`tenant:${TENANT.tenantId}`);
const NOW_MS = at("2026-11-22T10:01:00Z");
const WINDOW = { fromMs: at("2026-11-22T08:00:00Z"), toMs: at("2026-11-22T09:00:00Z") };
const SOURCE = aState({ reading: aSource("complianceManagementPartners") });
const TENANT_STATE = aState({
  reading: {
    kind: "tenant",
    connectionId: `tenant:${TENANT.tenantId}`,
    displayName: "",
    problems: [],
    readable: true,
    failedPolls: 0,
  },
});

const firing: Change = {
  type: "alert",
  ruleId: "heartbeat-age",
  from: "inactive",
  to: "firing",
  severity: "error",
  reason: "confirmed",
  episode: "e-1",
  told: {},
};

async function aWorld(...events: readonly ConnectionEvent[]): Promise<StoredHistory> {
  const history = aStoredHistory(TENANT.tenantId);
  await history.addStates(aState(), SOURCE, TENANT_STATE);
  await history.addEvents(...events);
  return history;
}

function load(history: StoredHistory, fromMs = WINDOW.fromMs) {
  const deps = { history, store: history.store, digest };
  return loadConnectionPast(deps, { tenantId: TENANT.tenantId, connectionKey: KEY, fromMs, nowMs: NOW_MS });
}

async function pastOf(history: StoredHistory): Promise<ConnectionPast> {
  const loaded = await load(history);
  if (loaded.kind !== "past") throw new Error(`Cannot look back: ${loaded.kind}`);
  return loaded.past;
}

describe("loadConnectionPast()", () => {
  it("reads the states once, then the events of connection, source and tenant", async () => {
    const history = await aWorld(anEvent());

    const loaded = await load(history);

    expect(loaded.kind).toBe("past");
    expect(history.calls).toEqual(["loadLive", "events", "events", "events"]);
  });

  it("takes an alert's change after the window for what was in it", async () => {
    const changes: Change[] = [{ ...firing, from: "firing", to: "recovering", reason: "recovering" }];
    const history = await aWorld(anEvent({ slotMs: at("2026-11-22T09:45:00Z"), changes }));

    const { alerts } = await pastOf(history);

    const heartbeat = alerts.find(({ ruleId }) => ruleId === "heartbeat-age")?.standing;
    expect(heartbeat?.first).toMatchObject({ phase: "firing", severity: "error" });
  });

  it("takes a gap of the source that ended after the window for blindness in it", async () => {
    const gap = { type: "gap", fromMs: WINDOW.fromMs, toMs: at("2026-11-22T09:30:00Z"), reason: "throttled" } as const;
    const history = await aWorld(
      anEvent({ connectionKey: SOURCE_KEY, slotMs: at("2026-11-22T09:30:00Z"), changes: [gap] }),
    );

    const { sight } = await pastOf(history);

    expect(cutWindow(sight, WINDOW, JSON.stringify).map(({ value }) => value.blind)).toEqual(["throttled"]);
  });

  it("is blind since the last good read of a source that cannot be read now", async () => {
    const lastGoodAtMs = at("2026-11-22T08:30:00Z");
    const reading = aSource("complianceManagementPartners", {
      outcome: "unreadable",
      reason: "forbidden",
      lastGoodAtMs,
    });
    const history = aStoredHistory(TENANT.tenantId);
    await history.addStates(aState(), aState({ reading }));

    const { sight } = await pastOf(history);

    expect(sight.turns.at(-1)).toMatchObject({ atMs: lastGoodAtMs, value: { blind: "forbidden" } });
  });

  it("takes the tenant's windows for those that are for the connection", async () => {
    const slotMs = at("2026-11-22T08:30:00Z");
    const history = await aWorld(
      anEvent({
        connectionKey: TENANT_KEY,
        slotMs,
        changes: [
          {
            type: "maintenance",
            began: [
              { name: "patch night", match: { connection: "*" } },
              { name: "connectors", match: { kind: "connector" } },
            ],
            ended: [],
          },
        ],
      }),
    );

    const { maintenance } = await pastOf(history);

    expect(maintenance.turns).toEqual([{ atMs: slotMs, value: ["patch night"] }]);
  });

  it("reads on until what was before a risen severity is known", async () => {
    const reminders = Array.from({ length: 1_000 }, (_, index) =>
      anEvent({
        slotMs: WINDOW.fromMs - index * MINUTE_MS,
        changes: [{ type: "configuration", severity: "info", changes: [] }],
      }),
    );
    const history = await aWorld(
      anEvent({ slotMs: WINDOW.fromMs - 2_000 * MINUTE_MS, changes: [{ ...firing, severity: "warning" }] }),
      ...reminders,
      anEvent({ slotMs: WINDOW.fromMs + MINUTE_MS, changes: [{ ...firing, from: "firing", reason: "severity-rose" }] }),
    );

    const { alerts } = await pastOf(history);

    const heartbeat = alerts.find(({ ruleId }) => ruleId === "heartbeat-age")?.standing;
    expect(heartbeat?.turns.map(({ value }) => value.severity)).toEqual(["warning", "error"]);
    expect(history.calls.filter((call) => call === "events")).toHaveLength(4);
  });

  it("reads no older page once it knows enough", async () => {
    const events = Array.from({ length: 1_001 }, (_, index) => anEvent({ slotMs: WINDOW.fromMs - index * MINUTE_MS }));
    const history = await aWorld(...events);

    await load(history);

    expect(history.calls.filter((call) => call === "events")).toHaveLength(3);
  });

  it("finds a connection among the gone", async () => {
    const history = await aWorld();
    await history.retire(KEY);

    const { sight } = await pastOf(history);

    expect(sight.turns.at(-1)?.value).toMatchObject({ isWatched: false, standing: "gone" });
    expect(history.calls).toEqual(["loadLive", "loadGone", "events", "events", "events"]);
  });

  it("does not know a connection that never was", async () => {
    const history = aStoredHistory(TENANT.tenantId);

    expect(await load(history)).toEqual({ kind: "unknown-connection" });
  });

  it("does not guess where the state cannot be read", async () => {
    const history = await aWorld();
    history.spoil(KEY);

    expect(await load(history)).toEqual({ kind: "unreadable-connection" });
    expect(history.calls).toEqual(["loadLive"]);
  });

  it("reads the own events of a source once", async () => {
    const history = await aWorld();
    const deps = { history, store: history.store, digest };

    await loadConnectionPast(deps, { tenantId: TENANT.tenantId, connectionKey: SOURCE_KEY, fromMs: 0, nowMs: NOW_MS });

    expect(history.calls).toEqual(["loadLive", "events", "events"]);
  });
});
