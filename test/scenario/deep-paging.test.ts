import { TableClient, type TransactionAction } from "@azure/data-tables";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createTableStorage } from "../../src/adapters/tables/create-table-storage.ts";
import { dailyRow, eventRow, snapshotRow } from "../../src/adapters/tables/history-rows.ts";
import { actionsIn } from "../../src/adapters/tables/row-actions.ts";
import { dayKey, eventKey, snapshotKey } from "../../src/adapters/tables/row-keys.ts";
import type { PartnerReading } from "../../src/domain/connections/reading.ts";
import type { ConnectionEvent } from "../../src/domain/history/connection-event.ts";
import type { DailyRollup } from "../../src/domain/history/daily.ts";
import type { Snapshot } from "../../src/domain/history/snapshot.ts";
import { toDate, toIso } from "../../src/domain/time.ts";
import { DAY_MS, MINUTE_MS } from "../../src/domain/units.ts";
import type { HistoryBody } from "../../src/http/contract/history.ts";
import { createHistoryRoute } from "../../src/http/history-route.ts";
import type { HttpReply, Route } from "../../src/http/http-types.ts";
import { digest, TENANT_ID } from "../builders/a-policy.ts";
import { textOf } from "../builders/text-of.ts";
import { type ProxiedAzurite, startProxiedAzurite } from "../fakes/proxied-azurite.ts";

const PERIOD_MS = 15 * MINUTE_MS;
const NOW_MS = Date.UTC(2026, 10, 22);
const CONNECTION = "compliance-management-partner:00000000-0000-4000-8000-000000000001";
const connectionKey = digest(CONNECTION);
/** Just less than a year in which each poll saw something new. */
const snapshotSlots = slots(35_000);
const eventSlots = slots(2_000);
/** More than the 400 days that a window can hold. */
const days = Array.from({ length: 500 }, (_, index) => NOW_MS - (index + 1) * DAY_MS);
const rows = actionsIn(TENANT_ID);

let azurite: ProxiedAzurite;
let route: Route;
let nowMs: number;

beforeAll(async () => {
  azurite = await startProxiedAzurite();
  await tableOf().createTable();
  await write([
    ...snapshotSlots.map(snapshotAt),
    ...eventSlots.map(eventAt),
    ...days.map((dayMs) => rows.insert(dayKey({ connectionKey, dayMs }), dailyRow.toColumns(aDay(dayMs)))),
  ]);
});
afterAll(() => azurite.stop());
beforeEach(() => {
  nowMs = NOW_MS;
  const { monitorStore: store, historyStore: history } = createTableStorage({ connection: azurite });
  const tenants = [{ tenantId: TENANT_ID, tenantName: "Contoso" }];
  route = createHistoryRoute({ history, store, tenants, digest, links: {}, clock: { nowMs: () => nowMs } });
});

/** The newest slots up to the last quarter of an hour, newest first, as history is read. */
function slots(count: number): readonly number[] {
  return Array.from({ length: count }, (_, index) => NOW_MS - (index + 1) * PERIOD_MS);
}

function snapshotAt(slotMs: number): TransactionAction {
  const reading: PartnerReading = {
    kind: "compliance-management-partner",
    connectionId: CONNECTION,
    displayName: "Jamf Device Compliance",
    problems: [],
    state: "enabled",
    lastContact: { atMs: slotMs - MINUTE_MS, asSent: toIso(slotMs - MINUTE_MS) },
    onboarded: { macOs: true },
    assignments: {},
  };
  const snapshot: Snapshot = { connectionKey, slotMs, observedAtMs: slotMs, reading };
  return rows.insert(snapshotKey(snapshot), snapshotRow.toColumns(snapshot));
}

function eventAt(slotMs: number): TransactionAction {
  const event: ConnectionEvent = {
    connectionKey,
    connectionId: CONNECTION,
    displayName: "Jamf Device Compliance",
    slotMs,
    observedAtMs: slotMs,
    changes: [{ type: "state", from: "enabled", to: "unavailable" }],
  };
  return rows.insert(eventKey(event), eventRow.toColumns(event));
}

function aDay(dayMs: number): DailyRollup {
  return { connectionKey, dayMs, verdictsMs: { ok: DAY_MS }, partsMs: { up: DAY_MS }, fired: 0 };
}

function tableOf(): TableClient {
  return TableClient.fromConnectionString(azurite.direct.connectionString, "monitor", {
    allowInsecureConnection: true,
  });
}

/** Writes rows past the proxy, by transactions of 100 in four lanes. */
async function write(actions: readonly TransactionAction[]): Promise<void> {
  const table = tableOf();
  const batches = Array.from({ length: Math.ceil(actions.length / 100) }, (_, index) =>
    actions.slice(index * 100, index * 100 + 100),
  ).values();
  const lane = async (): Promise<void> => {
    for (const batch of batches) await table.submitTransaction([...batch]);
  };
  await Promise.all([lane(), lane(), lane(), lane()]);
}

function get(address: URL): Promise<HttpReply> {
  const { searchParams: query } = address;
  const call = { params: {}, headers: new Headers(), text: async () => "", invocationId: "i" };
  return route({ ...call, method: "GET", url: address.href, query });
}

/** Somebody who reads a list to its end, page by page. */
interface Reader {
  /** The slots or days read so far, in the order they came. */
  readonly read: string[];
  readonly nextLink: () => URL | undefined;
  /** Reads one page more; says how many storage requests that took, and how large it was. */
  readonly turn: () => Promise<{ readonly requests: number; readonly rows: number }>;
}

function aReader(query: Readonly<Record<string, string>>): Reader {
  const from = toIso(NOW_MS - 400 * DAY_MS);
  const parameters = new URLSearchParams({ connection: CONNECTION, from, ...query });
  let link: URL | undefined = new URL(`http://127.0.0.1/api/v1/history?${parameters.toString()}`);
  const read: string[] = [];
  return {
    read,
    nextLink: () => link,
    turn: async () => {
      if (link === undefined) throw new RangeError("Cannot read on: the last page was read");
      azurite.reset();
      const reply = await get(link);
      expect(reply).toMatchObject({ status: 200 });
      const body: HistoryBody = JSON.parse(textOf(reply));
      const names = body.value.map((row) =>
        "date" in row ? row.date : "slotDateTime" in row ? row.slotDateTime : "?",
      );
      read.push(...names);
      link = body.nextLink === undefined ? undefined : new URL(body.nextLink);
      return { requests: azurite.requests().length, rows: names.length };
    },
  };
}

/** Lets readers take turns, a page each, until all have read everything; `between` happens after each page. */
async function takeTurns(readers: readonly Reader[], between: (pages: number) => Promise<void> = async () => {}) {
  const turns: { readonly requests: number; readonly rows: number }[] = [];
  while (readers.some(({ nextLink }) => nextLink() !== undefined)) {
    for (const reader of readers.filter(({ nextLink }) => nextLink() !== undefined)) {
      turns.push(await reader.turn()); // one after the other, because each one's requests are counted
      await between(turns.length);
    }
  }
  return turns;
}

describe("35,000 snapshots of one connection", () => {
  it("come each once and in order, a page by one request, while new ones arrive between the pages", async () => {
    const reader = aReader({ view: "snapshots", maxpagesize: "1000" });

    const turns = await takeTurns([reader], async (pages) => {
      nowMs = NOW_MS + pages * PERIOD_MS;
      await write([nowMs, NOW_MS - PERIOD_MS + pages].map(snapshotAt)); // behind the window, and inside it
    });

    expect(reader.read).toEqual(snapshotSlots.map(toIso));
    expect(turns).toEqual(Array.from({ length: 35 }, () => ({ requests: 1, rows: 1_000 })));
  });
});

describe("several readers of one connection at the same time", () => {
  it("each read their own list, a page by one request", async () => {
    const [aMs, bMs, cMs] = [NOW_MS - 100 * DAY_MS, NOW_MS - 200 * DAY_MS, NOW_MS - 360 * DAY_MS];
    const wide = aReader({ view: "snapshots", from: toIso(bMs), to: toIso(aMs), maxpagesize: "1000" });
    const deep = aReader({ view: "snapshots", to: toIso(cMs), maxpagesize: "37" });
    const events = aReader({ view: "events" });
    const daily = aReader({ view: "daily", maxpagesize: "30" });

    const turns = await takeTurns([wide, deep, events, daily]);

    expect(wide.read).toEqual(snapshotSlots.filter((slotMs) => slotMs >= bMs && slotMs < aMs).map(toIso));
    expect(deep.read).toEqual(snapshotSlots.filter((slotMs) => slotMs < cMs).map(toIso));
    expect(events.read).toEqual(eventSlots.map(toIso));
    expect(daily.read).toEqual(days.slice(0, 400).map(toDate));
    expect(new Set(turns.map(({ requests }) => requests))).toEqual(new Set([1]));
  });
});

/** The address of the second page of a list. */
async function aNextLink(query: Readonly<Record<string, string>>): Promise<URL> {
  const reader = aReader(query);
  await reader.turn();
  return reader.nextLink() ?? new URL("http://nowhere");
}

describe("a page token", () => {
  it.each<{ what: string; alter: (link: URL, foreign: URL) => void }>([
    { what: "of another view", alter: take("view", "events") },
    { what: "of another page size", alter: take("maxpagesize", "99") },
    { what: "of another window", alter: take("from", toIso(NOW_MS - DAY_MS)) },
    { what: "of another connection", alter: take("connection", digest("compliance-management-partner:other")) },
    {
      what: "that another reader was given",
      alter: (link, foreign) => link.searchParams.set("pagetoken", foreign.searchParams.get("pagetoken") ?? ""),
    },
    {
      what: "whose position was moved",
      alter: ({ searchParams }) => {
        const moved = searchParams.get("pagetoken")?.replace(/\d\.(?=\w{32}$)/, (end) => (end === "9." ? "8." : "9."));
        searchParams.set("pagetoken", moved ?? "");
      },
    },
  ])("$what is answered by 400, and storage is not asked", async ({ alter }) => {
    const link = await aNextLink({ view: "snapshots" });
    const foreign = await aNextLink({ view: "daily" });
    azurite.reset();
    alter(link, foreign);

    const reply = await get(link);

    expect([reply.status, JSON.parse(textOf(reply)).errors]).toMatchObject([400, [{ parameter: "pagetoken" }]]);
    expect(azurite.requests()).toEqual([]);
  });

  it("whose row is gone still says where to go on", async () => {
    const slot = eventSlots[99] ?? 0;
    const link = await aNextLink({ view: "events" });
    await tableOf().deleteEntity(TENANT_ID, eventKey({ connectionKey, slotMs: slot }));

    const { value } = JSON.parse(textOf(await get(link)));

    expect(value[0].slotDateTime).toBe(toIso(slot - PERIOD_MS));
    await write([eventAt(slot)]);
  });
});

function take(name: string, value: string): (link: URL) => void {
  return ({ searchParams }) => searchParams.set(name, value);
}
