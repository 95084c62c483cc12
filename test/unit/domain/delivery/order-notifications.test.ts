import { describe, expect, it } from "vitest";
import type { NotificationFacts, OutboxRow } from "../../../../src/domain/delivery/notification.ts";
import { orderNotifications } from "../../../../src/domain/delivery/order-notifications.ts";
import { anOutboxRow, SLOT_MS, stored } from "../../../builders/a-notification.ts";

const NOW_MS = SLOT_MS + 3_600_000;

function aRow(name: string, facts: Partial<NotificationFacts> = {}, row: Partial<Omit<OutboxRow, "facts">> = {}) {
  return stored(anOutboxRow(facts, row), name);
}

function summaryOf(rows: Parameters<typeof orderNotifications>[0]) {
  const { ready, waiting, nextDueAtMs } = orderNotifications(rows, NOW_MS);
  return {
    ready: ready.map(({ etag }) => etag),
    waiting: Object.fromEntries(waiting.map(({ row, reason }) => [row.etag, reason])),
    nextDueAtMs,
  };
}

describe("orderNotifications()", () => {
  it("sends only the oldest row of one alert and channel", () => {
    const rows = [aRow("escalated", { kind: "escalated", slotMs: SLOT_MS + 1 }), aRow("fired")];

    expect(summaryOf(rows)).toEqual({
      ready: ["fired"],
      waiting: { escalated: "behind-older" },
      nextDueAtMs: undefined,
    });
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

    expect(summaryOf(rows)).toEqual({ ready: ["resolved"], waiting: { fired: "dead" }, nextDueAtMs: undefined });
  });

  it.each([
    { label: "due exactly now", row: { nextAttemptAtMs: NOW_MS }, reason: undefined },
    { label: "due in a millisecond", row: { nextAttemptAtMs: NOW_MS + 1 }, reason: "not-due", dueAtMs: NOW_MS + 1 },
    { label: "leased until now", row: { leaseUntilMs: NOW_MS }, reason: undefined },
    { label: "leased for a millisecond", row: { leaseUntilMs: NOW_MS + 1 }, reason: "leased", dueAtMs: NOW_MS + 1 },
    {
      label: "leased and paused even longer",
      row: { leaseUntilMs: NOW_MS + 1, nextAttemptAtMs: NOW_MS + 9 },
      reason: "leased",
      dueAtMs: NOW_MS + 9,
    },
  ])("says $reason of a row that is $label", ({ row, reason, dueAtMs }) => {
    const want =
      reason === undefined
        ? { ready: ["fired"], waiting: {} }
        : { ready: [], waiting: { fired: reason }, nextDueAtMs: dueAtMs };

    expect(summaryOf([aRow("fired", {}, row)])).toEqual({ nextDueAtMs: undefined, ...want });
  });

  it.each(["not-due", "leased"])("holds newer rows behind one that is %s", (reason) => {
    const older = reason === "leased" ? { leaseUntilMs: NOW_MS + 5 } : { nextAttemptAtMs: NOW_MS + 5 };
    const rows = [aRow("resolved", { kind: "resolved", slotMs: SLOT_MS + 1 }), aRow("fired", {}, older)];

    expect(summaryOf(rows)).toEqual({
      ready: [],
      waiting: { fired: reason, resolved: "behind-older" },
      nextDueAtMs: NOW_MS + 5,
    });
  });

  it("names the earliest time of all that wait", () => {
    const rows = [
      aRow("late", { alertKey: "1" }, { nextAttemptAtMs: NOW_MS + 50 }),
      aRow("soon", { alertKey: "2" }, { nextAttemptAtMs: NOW_MS + 20 }),
      aRow("dead", { alertKey: "3" }, { nextAttemptAtMs: NOW_MS + 10, dead: true }),
    ];

    expect(summaryOf(rows).nextDueAtMs).toBe(NOW_MS + 20);
  });
});
