import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  acknowledgementKey,
  auditKey,
  dayKey,
  deliveryKey,
  endedSilenceKey,
  eventKey,
  eventKeyOf,
  feedKey,
  goneKey,
  olderRange,
  outboxKey,
  silenceKey,
  slotPrefixOf,
  slotRange,
  snapshotKey,
  stateKey,
  under,
} from "../../../../src/adapters/tables/row-keys.ts";
import { InvariantError } from "../../../../src/domain/errors.ts";
import { anOutboxRow } from "../../../builders/a-notification.ts";

const connectionKey = "0123456789abcdef0123456789abcdef";
const alertKey = "a".repeat(32);
/** 2026-11-22T04:00:00Z; 8204679999999 is what is left of it up to 13 nines. */
const slotMs = 1_795_320_000_000;
const row = anOutboxRow({ alertKey, slotMs, episode: `${alertKey}-${slotMs}`, kind: "fired" }, { channel: "ops-1" });
const delivery = {
  id: "x",
  facts: row.facts,
  channel: row.channel,
  outcome: "delivered",
  attempts: 1,
  settledAtMs: slotMs + 1,
} as const;

describe("keys of rows", () => {
  it.each([
    { row: "state", key: stateKey(connectionKey), want: `live|state|${connectionKey}` },
    { row: "gone state", key: goneKey(connectionKey), want: `gone|${connectionKey}` },
    { row: "notification", key: outboxKey(row), want: `live|outbox|${alertKey}|1795320000000|ops-1` },
    {
      row: "early notification",
      key: outboxKey(anOutboxRow({ alertKey, slotMs: 7 })),
      want: `live|outbox|${alertKey}|0000000000007|ops`,
    },
    { row: "event", key: eventKey({ connectionKey, slotMs }), want: `event|${connectionKey}|8204679999999` },
    { row: "event in the feed", key: feedKey({ connectionKey, slotMs }), want: `feed|8204679999999|${connectionKey}` },
    { row: "snapshot", key: snapshotKey({ connectionKey, slotMs }), want: `snap|${connectionKey}|8204679999999` },
    { row: "day", key: dayKey({ connectionKey, dayMs: slotMs }), want: `day|${connectionKey}|8204679999999` },
    { row: "acknowledgement", key: acknowledgementKey({ alertKey }), want: `live|ack|${alertKey}` },
    { row: "silence", key: silenceKey({ id: "s-1" }), want: "live|silence|s-1" },
    {
      row: "silence set aside",
      key: endedSilenceKey({ id: "s-1", untilMs: slotMs }),
      want: "silence|8204679999999|s-1",
    },
    { row: "audit entry", key: auditKey({ id: "a-1", atMs: slotMs }), want: "audit|8204679999999|a-1" },
    {
      row: "delivery",
      key: deliveryKey(delivery),
      want: `delivery|8204679999998|${alertKey}-1795320000000.1795320000000.fired.ops-1`,
    },
    {
      row: "dead letter",
      key: deliveryKey({ ...delivery, outcome: "dead" }),
      want: `dead|8204679999998|${alertKey}-1795320000000.1795320000000.fired.ops-1`,
    },
  ])("name a $row as the design says", ({ key, want }) => {
    expect(key).toBe(want);
  });

  it.each(["", "a|b", "a/b", "a\\b", "a#b", "a?b", "a\nb", "a'b", "a b", "ä", "a".repeat(201)])(
    "refuse a part that could name another row or none: %j",
    (part) => {
      expect(() => stateKey(part)).toThrow(InvariantError);
      expect(() => silenceKey({ id: part })).toThrow(InvariantError);
      expect(() => acknowledgementKey({ alertKey: part })).toThrow(InvariantError);
      expect(() => auditKey({ id: part, atMs: slotMs })).toThrow(InvariantError);
      expect(() => outboxKey(anOutboxRow({}, { channel: part }))).toThrow(InvariantError);
    },
  );

  it.each([-1, 0.5, Number.NaN, 10_000_000_000_000])("refuse %d as an instant and name it", (bad) => {
    expect(() => snapshotKey({ connectionKey, slotMs: bad })).toThrow(`current value is ${bad}`);
    expect(() => outboxKey(anOutboxRow({ slotMs: bad }))).toThrow(`current value is ${bad}`);
  });

  it("sort newest first", () => {
    const instant = fc.integer({ min: 0, max: 9_999_999_999_999 });
    fc.assert(
      fc.property(instant, instant, (a, b) => {
        const [first, second] = [a, b].map((each) => snapshotKey({ connectionKey, slotMs: each }));

        expect(String(first) < String(second)).toBe(a > b);
      }),
    );
  });
});

describe("eventKeyOf()", () => {
  it("leads from the feed to the history of the connection", () => {
    expect(eventKeyOf(feedKey({ connectionKey, slotMs }))).toBe(eventKey({ connectionKey, slotMs }));
  });

  it.each(["feed|", "feed|9", "feed|8204673939999", "feed|8204673939999|a b", "feed|8204673939999|a|copy"])(
    "leads nowhere from %j",
    (stray) => {
      expect(eventKeyOf(stray)).toBeUndefined();
    },
  );
});

describe("slotPrefixOf()", () => {
  it.each([
    { key: snapshotKey({ connectionKey, slotMs }), want: `snap|${connectionKey}|` },
    { key: dayKey({ connectionKey, dayMs: slotMs }), want: `day|${connectionKey}|` },
    { key: feedKey({ connectionKey, slotMs }), want: "feed|" },
    { key: deliveryKey(delivery), want: "delivery|" },
    { key: deliveryKey({ ...delivery, outcome: "dead" }), want: "dead|" },
  ])("cuts $key before its instant", ({ key, want }) => {
    expect(slotPrefixOf(key)).toBe(want);
  });
});

describe("under()", () => {
  it("holds the keys that go on after the prefix and no others", () => {
    const { after, before } = under("live|");

    const inside = ["live", "live|", "live|head", "live|state|f", "live|~", "live}", "livelier|x"].filter(
      (key) => key > after && key < before,
    );

    expect(inside).toEqual(["live|head", "live|state|f", "live|~"]);
  });
});

describe("slotRange() and olderRange()", () => {
  const instant = fc.integer({ min: 0, max: 9_999_999_999_998 });
  const bound = fc.oneof(instant, fc.double({ noNaN: true }));

  it("hold the slots from `fromMs` up to, not including, `toMs`", () => {
    fc.assert(
      fc.property(instant, bound, bound, (slot, fromMs, toMs) => {
        const range = slotRange("feed|", { tenantId: "t", fromMs, toMs, limit: 1 });
        const key = feedKey({ connectionKey, slotMs: slot });

        expect(key > range.after && key < range.before).toBe(slot >= fromMs && slot < toMs);
      }),
    );
  });

  it("hold the slots before `olderThanMs`", () => {
    fc.assert(
      fc.property(instant, bound, (slot, olderThanMs) => {
        const range = olderRange("dead|", olderThanMs);
        const key = deliveryKey({ ...delivery, outcome: "dead", settledAtMs: slot });

        expect(key > range.after && key < range.before).toBe(slot < olderThanMs);
      }),
    );
  });

  it("never reach beyond the range, whatever position a page asks for", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (after) => {
        const whole = { tenantId: "t", fromMs: 1_000, toMs: 2_000, limit: 1 };

        const range = slotRange("feed|", { ...whole, after });

        expect(range.after >= slotRange("feed|", whole).after).toBe(true);
        expect(range.before).toBe(slotRange("feed|", whole).before);
      }),
    );
  });
});
