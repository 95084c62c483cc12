import { describe, expect, it } from "vitest";
import { listConnections } from "../../../src/app/list-connections.ts";
import type { AlertState } from "../../../src/domain/alerts/alert-state.ts";
import type { ConnectionState } from "../../../src/domain/poll/connection-state.ts";
import type { Head } from "../../../src/domain/poll/poll-plan.ts";
import type { Severity } from "../../../src/domain/rules/rule.ts";
import { anAlert, aPartner, aSource, aState, at, TENANT } from "../http/builders.ts";
import { aStoreOf } from "../http/stored-states.ts";

const HEAD: Head = {
  lastSlotMs: at("2026-11-22T10:00:00Z"),
  observedAtMs: at("2026-11-22T10:00:20Z"),
  periodMs: 900_000,
  sources: { complianceManagementPartners: "read" },
};
const READ_SOURCE = aState({ reading: aSource("complianceManagementPartners") });

function firing(severity?: Severity): Partial<Record<"heartbeat-age", AlertState>> {
  const { severity: _, ...alert } = anAlert();
  return { "heartbeat-age": severity === undefined ? alert : { ...alert, severity } };
}

function named(displayName: string, id: string, rest: Partial<ConnectionState> = {}) {
  return aState({ reading: aPartner({ displayName, connectionId: id }), connectionKey: id, ...rest });
}

async function verdictOf(state: Partial<ConnectionState>, source: ConnectionState = READ_SOURCE) {
  const store = await aStoreOf({ states: [aState(state), source] });
  const { connections } = await listConnections({ store }, TENANT.tenantId);
  return connections.find((connection) => connection.state.connectionKey !== source.connectionKey)?.verdict;
}

describe("listConnections()", () => {
  it("reads the tenant once, and gives head and unreadable rows", async () => {
    const store = await aStoreOf({ states: [READ_SOURCE], head: HEAD, unreadable: ["x"] });
    const asked: string[] = [];
    const loadLive = (tenantId: string) => {
      asked.push(tenantId);
      return store.loadLive(tenantId);
    };

    const list = await listConnections({ store: { loadLive } }, TENANT.tenantId);

    expect(list).toEqual({
      head: HEAD,
      connections: [{ state: READ_SOURCE, verdict: "ok" }],
      unreadable: [{ rowKey: "live|state|x", connectionKey: "x" }],
    });
    expect(asked).toEqual([TENANT.tenantId]);
  });

  it("gives nothing before the first poll", async () => {
    const store = await aStoreOf({});

    expect(await listConnections({ store }, TENANT.tenantId)).toEqual({ connections: [], unreadable: [] });
  });

  const ignored = { standing: { standing: "ignored", reason: "old" } } as const;
  const failing = aState({
    reading: aSource("complianceManagementPartners", { outcome: "unreadable", reason: "forbidden" }),
  });
  const pending = { "heartbeat-age": anAlert({ phase: "pending" }) };
  const inactive = { "heartbeat-age": anAlert({ phase: "inactive" }) };

  it.each([
    { name: "has no alert", state: {}, verdict: "ok" },
    { name: "has an alert that ended", state: { alerts: inactive }, verdict: "ok" },
    { name: "has a breach to confirm", state: { alerts: pending }, verdict: "pending" },
    { name: "fires", state: { alerts: firing("error") }, verdict: "error" },
    { name: "fires at no severity", state: { alerts: firing() }, verdict: "info" },
    { name: "recovers", state: { alerts: { "heartbeat-age": anAlert({ phase: "recovering" }) } }, verdict: "error" },
    {
      name: "fires twice",
      state: { alerts: { ...firing("warning"), expiry: anAlert({ severity: "critical" }) } },
      verdict: "critical",
    },
    { name: "was not there", state: { absentPolls: 1 }, verdict: "unknown" },
    { name: "is ignored", state: ignored, verdict: "not-judged" },
    { name: "is ignored and was not there", state: { ...ignored, absentPolls: 1 }, verdict: "not-judged" },
    { name: "is ignored and fires all the same", state: { ...ignored, alerts: firing("warning") }, verdict: "warning" },
  ])("says $verdict of a connection that $name", async ({ state, verdict }) => {
    expect(await verdictOf(state)).toBe(verdict);
  });

  it.each([
    { name: "has no alert", state: {}, verdict: "unknown" },
    { name: "fires at info", state: { alerts: firing("info") }, verdict: "unknown" },
    { name: "fires at warning", state: { alerts: firing("warning") }, verdict: "warning" },
    { name: "is ignored", state: ignored, verdict: "not-judged" },
  ])("says $verdict of a connection that $name while its source cannot be read", async ({ state, verdict }) => {
    expect(await verdictOf(state, failing)).toBe(verdict);
  });

  it("says unknown of a connection whose source has no state to read", async () => {
    expect(await verdictOf({}, aState({ reading: aSource("connectorStatus") }))).toBe("unknown");
  });

  it.each([
    { name: "source", reading: aSource("connectorStatus", { outcome: "unreadable" }) },
    {
      name: "tenant",
      reading: {
        kind: "tenant",
        connectionId: "tenant:x",
        displayName: "x",
        problems: [],
        readable: false,
        failedPolls: 1,
      },
    } as const,
  ])("says unknown of a $name that could not be read and does not fire yet", async ({ reading }) => {
    expect(await verdictOf({ reading })).toBe("unknown");
  });

  it("puts the worst first, then goes by name and key", async () => {
    const states = [
      named("a", "7", ignored),
      named("b", "5"),
      named("b", "4"),
      named("a", "6"),
      named("z", "3", { absentPolls: 1 }),
      named("z", "2", { alerts: firing("warning") }),
      named("z", "1", { alerts: firing("critical") }),
      { ...READ_SOURCE, connectionKey: "8", standing: ignored.standing },
    ];
    const store = await aStoreOf({ states: states.toReversed() });

    const { connections } = await listConnections({ store }, TENANT.tenantId);

    expect(connections.map(({ state }) => state.connectionKey)).toEqual(["1", "2", "3", "6", "4", "5", "7", "8"]);
  });
});
