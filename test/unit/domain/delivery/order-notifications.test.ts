import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  NOTIFICATION_KINDS,
  type NotificationFacts,
  type NotificationKind,
  type OutboxRow,
} from "../../../../src/domain/delivery/notification.ts";
import { orderNotifications, pausedRows, type SendView } from "../../../../src/domain/delivery/order-notifications.ts";
import type { Severity } from "../../../../src/domain/rules/rule.ts";
import type { Silence } from "../../../../src/domain/suppression/silence.ts";
import { anOutboxRow, SLOT_MS, stored } from "../../../builders/a-notification.ts";

const HOUR_MS = 3_600_000;
const NOW_MS = SLOT_MS + HOUR_MS;

function aRow(name: string, facts: Partial<NotificationFacts> = {}, row: Partial<Omit<OutboxRow, "facts">> = {}) {
  return stored(anOutboxRow(facts, row), name);
}

function aSilence(overrides: Partial<Silence> = {}): Silence {
  const order = { by: "anna", reason: "patch night", writtenAtMs: SLOT_MS };
  return { id: "s-1", match: {}, fromMs: SLOT_MS, untilMs: NOW_MS + 1, ...order, ...overrides };
}

/** What becomes of each row, by its name. */
function summaryOf(rows: Parameters<typeof orderNotifications>[0], view: SendView = {}) {
  const order = orderNotifications(rows, NOW_MS, view);
  return {
    ready: order.ready.map(({ row }) => row.etag),
    waiting: Object.fromEntries(order.waiting.map(({ row, reason }) => [row.etag, reason])),
    superseded: order.superseded.map((each) => [each.rows.map(({ etag }) => etag), each.reason]),
  };
}

const NOTHING = { ready: [], waiting: {}, superseded: [] };

/** The rows of an episode, one minute apart, in the order given. */
function anEpisode(
  ...rows: readonly (NotificationKind | readonly [NotificationKind, Partial<OutboxRow>, Severity?])[]
) {
  return rows.map((each, index) => {
    const [kind, row = {}, severity = "error"] = typeof each === "string" ? [each] : each;
    return aRow(`${index + 1} ${kind}`, { kind, severity, slotMs: SLOT_MS + index * 60_000 }, row);
  });
}

function superseded(...names: readonly string[]) {
  return names.map((name) => [[name], "newer-notification"]);
}

function wholeEpisode(...names: readonly string[]) {
  return [names, "silenced-whole-episode"];
}

describe("pausedRows()", () => {
  it.each([
    { label: "that failed", row: { attempts: 3, nextAttemptAtMs: NOW_MS + 60_000 }, isPaused: true },
    { label: "that was put off without an attempt", row: { nextAttemptAtMs: NOW_MS + 1 }, isPaused: true },
    { label: "whose lease is over", row: { leaseUntilMs: NOW_MS, nextAttemptAtMs: NOW_MS + 1 }, isPaused: true },
    { label: "that is due", row: { nextAttemptAtMs: NOW_MS }, isPaused: false },
    { label: "due later than any of ours", row: { nextAttemptAtMs: NOW_MS + 29 * HOUR_MS + 1 }, isPaused: false },
    { label: "that is leased", row: { leaseUntilMs: NOW_MS + 1, nextAttemptAtMs: NOW_MS + 1 }, isPaused: false },
    { label: "that is dead", row: { dead: true, nextAttemptAtMs: NOW_MS + 1 }, isPaused: false },
  ])("says of a row $label: $isPaused", ({ row, isPaused }) => {
    const one = aRow("fired", {}, row);

    expect(pausedRows([one], NOW_MS)).toEqual(isPaused ? [one] : []);
  });
});

describe("orderNotifications()", () => {
  it("sends only the oldest row of one alert and channel", () => {
    const rows = [aRow("escalated", { kind: "escalated", slotMs: SLOT_MS + 1 }), aRow("fired")];

    expect(summaryOf(rows)).toEqual({ ...NOTHING, ready: ["fired"], waiting: { escalated: "behind-older" } });
  });

  it("keeps alerts and channels apart", () => {
    const rows = [
      aRow("fired"),
      aRow("other-channel", {}, { channel: "pager" }),
      aRow("other-alert", { alertKey: "bbbb", slotMs: SLOT_MS + 1 }),
    ];

    expect(summaryOf(rows).ready).toEqual(["fired", "other-channel", "other-alert"]);
  });

  it("puts the gravest first, then the oldest", () => {
    const rows = [
      aRow("warning", { alertKey: "1", severity: "warning" }),
      aRow("new-critical", { alertKey: "2", severity: "critical", slotMs: SLOT_MS + 2 }),
      aRow("critical", { alertKey: "3", severity: "critical", slotMs: SLOT_MS + 1 }),
      aRow("error", { alertKey: "4", severity: "error" }),
    ];

    expect(summaryOf(rows).ready).toEqual(["critical", "new-critical", "error", "warning"]);
  });

  it("never sends a dead row and lets the resolved behind it go", () => {
    const rows = [aRow("fired", {}, { dead: true }), aRow("resolved", { kind: "resolved", slotMs: SLOT_MS + 1 })];

    expect(summaryOf(rows)).toEqual({ ...NOTHING, ready: ["resolved"], waiting: { fired: "dead" } });
  });

  it.each([
    { label: "due exactly now", row: { nextAttemptAtMs: NOW_MS }, reason: undefined },
    { label: "due in a millisecond", row: { nextAttemptAtMs: NOW_MS + 1 }, reason: "not-due" },
    { label: "due in 29 hours", row: { nextAttemptAtMs: NOW_MS + 29 * HOUR_MS }, reason: "not-due" },
    { label: "due later than any of ours", row: { nextAttemptAtMs: NOW_MS + 29 * HOUR_MS + 1 }, reason: undefined },
    { label: "leased until now", row: { leaseUntilMs: NOW_MS }, reason: undefined },
    { label: "leased for a millisecond", row: { leaseUntilMs: NOW_MS + 1 }, reason: "leased" },
    { label: "leased for a minute", row: { leaseUntilMs: NOW_MS + 60_000 }, reason: "leased" },
    { label: "leased for longer than we ever do", row: { leaseUntilMs: NOW_MS + 60_001 }, reason: undefined },
    { label: "leased and paused", row: { leaseUntilMs: NOW_MS + 1, nextAttemptAtMs: NOW_MS + 9 }, reason: "leased" },
  ])("says $reason of a row that is $label", ({ row, reason }) => {
    const want = reason === undefined ? { ready: ["fired"] } : { waiting: { fired: reason } };

    expect(summaryOf([aRow("fired", {}, row)])).toEqual({ ...NOTHING, ...want });
  });

  it.each(["not-due", "leased"])("holds newer rows behind one that is %s", (reason) => {
    const older = reason === "leased" ? { leaseUntilMs: NOW_MS + 5 } : { nextAttemptAtMs: NOW_MS + 5 };
    const rows = [aRow("resolved", { kind: "resolved", slotMs: SLOT_MS + 1 }), aRow("fired", {}, older)];

    expect(summaryOf(rows)).toEqual({ ...NOTHING, waiting: { fired: reason, resolved: "behind-older" } });
  });

  describe("pauses", () => {
    const failed = { attempts: 3, lastAttemptAtMs: NOW_MS - 60_000, nextAttemptAtMs: NOW_MS + 60_000 };

    it.each([
      { label: "planned since its last attempt", newer: { nextAttemptAtMs: NOW_MS - 59_999 }, isReady: true },
      { label: "planned before its last attempt", newer: { nextAttemptAtMs: NOW_MS - 60_000 }, isReady: false },
      { label: "tried itself", newer: { nextAttemptAtMs: NOW_MS, attempts: 1 }, isReady: false },
    ])("end for a failed row when something newer of its alert was $label: $isReady", ({ newer, isReady }) => {
      const { ready } = orderNotifications(anEpisode(["fired", failed], ["escalated", newer]), NOW_MS);

      expect(ready.map(({ row, isFresh }) => [row.etag, isFresh])).toEqual(isReady ? [["1 fired", true]] : []);
    });

    it("make a row stale: only one that had no attempt since the newest was planned is fresh", () => {
      const rows = [aRow("tried", { alertKey: "1" }, { attempts: 1 }), aRow("new", { alertKey: "2" })];

      const { ready } = orderNotifications(rows, NOW_MS);

      expect(ready.map(({ row, isFresh }) => [row.etag, isFresh])).toEqual([
        ["tried", false],
        ["new", true],
      ]);
    });
  });

  describe("reminders", () => {
    it.each([
      {
        label: "anything newer",
        rows: anEpisode("reminder", "escalated"),
        want: { superseded: superseded("1 reminder"), ready: ["2 escalated"] },
      },
      {
        label: "a newer reminder",
        rows: anEpisode("reminder", "reminder", "reminder"),
        want: { superseded: superseded("1 reminder", "2 reminder"), ready: ["3 reminder"] },
      },
      {
        label: "the end, also after attempts",
        rows: anEpisode(["reminder", { attempts: 4, nextAttemptAtMs: NOW_MS + 9 }], "resolved"),
        want: { superseded: superseded("1 reminder"), ready: ["2 resolved"] },
      },
      {
        label: "nothing while somebody sends it",
        rows: anEpisode(["reminder", { attempts: 1, leaseUntilMs: NOW_MS + 9 }], "resolved"),
        want: { waiting: { "1 reminder": "leased", "2 resolved": "behind-older" } },
      },
    ])("are superseded by $label", ({ rows, want }) => {
      expect(summaryOf(rows)).toEqual({ ...NOTHING, ...want });
    });

    it("of an event of its own are sent in their order", () => {
      const facts = { kind: "reminder", reason: "changed-again" } as const;
      const rows = [
        aRow("another event", { ...facts, slotMs: SLOT_MS + 1 }),
        aRow("an event", facts),
        aRow("resolved", { kind: "resolved", slotMs: SLOT_MS + 2 }),
      ];

      expect(summaryOf(rows)).toEqual({
        ...NOTHING,
        ready: ["an event"],
        waiting: { "another event": "behind-older", resolved: "behind-older" },
      });
    });

    it("alone are superseded: what else waits is sent in its order", () => {
      const rows = anEpisode("fired", "reminder", "deescalated", "escalated", "resolved");

      expect(summaryOf(rows)).toEqual({
        ready: ["1 fired"],
        superseded: superseded("2 reminder"),
        waiting: { "3 deescalated": "behind-older", "4 escalated": "behind-older", "5 resolved": "behind-older" },
      });
    });
  });

  describe("silences", () => {
    const silences = [aSilence()];

    it.each([
      { label: "one row", rows: anEpisode("fired"), want: { waiting: { "1 fired": "held" } } },
      {
        label: "all rows but the end, which goes when the fired was tried, and makes them stale",
        rows: anEpisode(["fired", { attempts: 1 }], "escalated", "resolved"),
        want: { ready: ["3 resolved"], waiting: { "1 fired": "held", "2 escalated": "held" } },
      },
      {
        label: "no end of an episode that its channel was told of",
        rows: anEpisode("escalated", "resolved"),
        want: { ready: ["2 resolved"], waiting: { "1 escalated": "held" } },
      },
      {
        label: "a whole episode that nobody heard of, which is dropped together",
        rows: anEpisode("fired", "escalated", "resolved"),
        want: {
          superseded: [wholeEpisode("2 escalated"), wholeEpisode("1 fired", "3 resolved")],
        },
      },
      {
        label: "and drops no episode whose end was tried",
        rows: anEpisode("fired", ["resolved", { attempts: 1 }]),
        want: { ready: ["2 resolved"], waiting: { "1 fired": "held" } },
      },
      {
        label: "and drops no episode in which anything was tried",
        rows: anEpisode("fired", ["escalated", { attempts: 1 }], "resolved"),
        want: { ready: ["3 resolved"], waiting: { "1 fired": "held", "2 escalated": "held" } },
      },
      {
        label: "no dead row, and drops no episode whose fired is dead",
        rows: anEpisode(["fired", { attempts: 9, dead: true }], "escalated", "resolved"),
        want: { ready: ["3 resolved"], waiting: { "1 fired": "dead", "2 escalated": "held" } },
      },
      {
        label: "no row that somebody is sending",
        rows: anEpisode(["fired", { attempts: 1, leaseUntilMs: NOW_MS + 1 }], "resolved"),
        want: { waiting: { "1 fired": "leased", "2 resolved": "behind-older" } },
      },
    ])("hold $label", ({ rows, want }) => {
      expect(summaryOf(rows, { silences })).toEqual({ ...NOTHING, ...want });
    });

    it.each([
      { label: "is still to come", silence: { fromMs: NOW_MS + 1 } },
      { label: "is over", silence: { untilMs: NOW_MS } },
      { label: "is about another rule", silence: { match: { rule: "expiry" } } },
      { label: "is about another connection", silence: { match: { connection: "Kandji*" } } },
    ])("hold nothing when the silence $label", ({ silence }) => {
      expect(summaryOf(anEpisode("fired"), { silences: [aSilence(silence)] }).ready).toEqual(["1 fired"]);
    });

    it("let a severity go that they do not cover, with the held rows before it", () => {
      const rows = anEpisode("fired", ["escalated", {}, "critical"], "resolved");

      const { ready } = orderNotifications(rows, NOW_MS, { silences: [aSilence({ match: { severity: "error" } })] });

      expect(ready.map(({ row, outdated }) => [row.etag, outdated.map(({ etag }) => etag)])).toEqual([
        ["2 escalated", ["1 fired"]],
      ]);
    });

    it("drop no pair for a channel that merely fails", () => {
      const put = { nextAttemptAtMs: NOW_MS + 60_000 };

      expect(summaryOf(anEpisode(["fired", put], ["resolved", put]))).toEqual({
        ...NOTHING,
        waiting: { "1 fired": "not-due", "2 resolved": "behind-older" },
      });
    });

    it.each([0, 2])("keep what another episode of the alert is told, tried %s times", (attempts) => {
      const older = aRow("older", { kind: "flapping", episode: "flapping" }, { attempts });
      const fired = aRow("fired", { slotMs: SLOT_MS + 1 });
      const resolved = aRow("resolved", { kind: "resolved", slotMs: SLOT_MS + 2 });

      expect(summaryOf([older, fired, resolved], { silences })).toEqual({
        ...NOTHING,
        waiting: { older: "held" },
        superseded: [wholeEpisode("fired", "resolved")],
      });
    });

    it("let the end go of an episode that was told, though the fired of another one is held", () => {
      const other = aRow("other", { episode: "other" });
      const resolved = aRow("resolved", { kind: "resolved", slotMs: SLOT_MS + 1 });

      expect(summaryOf([other, resolved], { silences })).toEqual({
        ...NOTHING,
        ready: ["resolved"],
        waiting: { other: "held" },
      });
    });
  });

  it("names each row once: ready, superseded, or waiting with a reason", () => {
    const kind = fc.constantFrom(...NOTIFICATION_KINDS);
    const row = fc.record({
      kind,
      alertKey: fc.constantFrom("a", "b"),
      severity: fc.constantFrom<Severity>("warning", "critical"),
      attempts: fc.nat(2),
      dueInMs: fc.integer({ min: -1_000, max: 1_000 }),
      leaseInMs: fc.option(fc.integer({ min: -1_000, max: 1_000 }), { nil: undefined }),
      dead: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(row, { maxLength: 12 }), fc.boolean(), (specs, isSilenced) => {
        const rows = specs.map(({ kind: is, alertKey, severity, attempts, dueInMs, leaseInMs, dead }, index) =>
          aRow(
            String(index),
            { kind: is, alertKey, severity, slotMs: SLOT_MS + index },
            {
              attempts,
              nextAttemptAtMs: NOW_MS + dueInMs,
              ...(leaseInMs === undefined ? {} : { leaseUntilMs: NOW_MS + leaseInMs }),
              ...(dead && is === "fired" ? { dead } : {}),
            },
          ),
        );

        const silences = isSilenced ? [aSilence({ match: { severity: "warning" } })] : [];
        const order = orderNotifications(rows, NOW_MS, { silences });

        const settled = order.superseded.flatMap((each) => each.rows);
        const named = [...order.ready.map(({ row: ready }) => ready), ...settled];
        const waiting = order.waiting.map((each) => each.row);
        expect([...named, ...waiting].map(({ etag }) => etag).sort()).toEqual(rows.map(({ etag }) => etag).sort());
      }),
    );
  });
});
