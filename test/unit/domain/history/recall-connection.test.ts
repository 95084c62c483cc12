import { describe, expect, it } from "vitest";
import type { Change, ConnectionEvent } from "../../../../src/domain/history/connection-event.ts";
import { reachesBack, recallConnection } from "../../../../src/domain/history/recall-connection.ts";
import type { Timeline } from "../../../../src/domain/history/timeline.ts";
import type { WindowMark } from "../../../../src/domain/suppression/maintenance-window.ts";
import type { QuietReason } from "../../../../src/domain/suppression/quiet-reason.ts";
import { anAlert, anAlertChange, anEvent, aRecord, aSource, aState, minute } from "./a-record.ts";

const NOW_MS = minute(101);
const SILENCE: QuietReason = { kind: "silence", id: "s-1", untilMs: minute(50), by: "ann", reason: "known" };

function quieted(began: readonly QuietReason[], ended: readonly QuietReason[] = []): Change {
  return { type: "suppression", ruleId: "heartbeat-age", began, ended };
}

function tell<T>({ first, turns }: Timeline<T>, say: (value: T) => string): string {
  return [say(first), ...turns.map(({ atMs, value }) => `${atMs / minute(1)}:${say(value)}`)].join(" ");
}

function window(atMinute: number, began: readonly WindowMark[], ended: readonly WindowMark[] = []): ConnectionEvent {
  return anEvent(atMinute, { type: "maintenance", began, ended });
}

function tellMaintenance(record: Parameters<typeof aRecord>[0]): string {
  const { maintenance } = recallConnection(aRecord({ tenant: aState(), ...record }), NOW_MS);
  return tell(maintenance, (names) => names.join("+"));
}

describe("recallConnection()", () => {
  it("tells of every rule that judges the kind, in the order of the catalogue", () => {
    const { alerts } = recallConnection(aRecord(), NOW_MS);

    expect(alerts.map(({ ruleId }) => ruleId)).toEqual([
      "partner-state",
      "heartbeat-age",
      "first-heartbeat",
      "configuration-changed",
      "connection-missing",
      "data-problem",
    ]);
  });

  it("tells each rule's alert by its own changes", () => {
    const events = [anEvent(5, anAlertChange(), anAlertChange({ ruleId: "partner-state", to: "pending" }))];

    const { alerts } = recallConnection(aRecord({ events }), NOW_MS);

    const told = alerts.map(({ standing }) => tell(standing, ({ phase }) => phase));
    expect(told.slice(0, 3)).toEqual(["inactive 5:pending", "inactive 5:firing", "inactive"]);
  });

  it("tells why an alert was quiet, from before the oldest event to now", () => {
    const acknowledged: QuietReason = { kind: "acknowledged", untilMs: minute(99), by: "ann", reason: "mine" };
    const renewed: QuietReason = { ...acknowledged, untilMs: minute(120) };
    const events = [anEvent(5, quieted([SILENCE])), anEvent(9, quieted([{ kind: "flapping" }], [renewed]))];
    const state = aState({ alerts: { "heartbeat-age": anAlert({ quiet: [SILENCE, { kind: "flapping" }] }) } });

    const { alerts } = recallConnection(aRecord({ events, state }), NOW_MS);

    const quiet = alerts.map((alert) => tell(alert.quiet, (reasons) => reasons.map(({ kind }) => kind).join("+")));
    expect(quiet[1]).toBe("acknowledged 5:acknowledged+silence 9:silence+flapping");
    expect(quiet[0]).toBe("");
  });

  it("leaves out events newer than the state: the next look will have both", () => {
    const events = [anEvent(100, anAlertChange({ from: "firing", to: "recovering" })), anEvent(101, anAlertChange())];

    const { alerts } = recallConnection(aRecord({ events }), NOW_MS);

    expect(alerts.map(({ standing }) => tell(standing, ({ phase }) => phase))[1]).toBe("firing 100:recovering");
  });

  describe("maintenance", () => {
    const [all, partners, connectors] = [
      { name: "patch night", match: {} },
      { name: "Bridge", match: { connection: "*Bridge", kind: "compliance-management-partner" } },
      { name: "connectors", match: { kind: "connector" } },
    ] as const;

    it("is a window of the tenant whose match fits the connection", () => {
      const tenantEvents = [window(20, [all, connectors]), window(22, [partners]), window(24, [], [all, partners])];

      expect(tellMaintenance({ tenantEvents })).toBe(" 20:patch night 22:patch night+Bridge 24:");
    });

    it("is also the window that the tenant is in now", () => {
      const tenant = aState({ activeWindows: [all, connectors] });

      expect(tellMaintenance({ tenant })).toBe("patch night");
    });
  });

  describe("blindness", () => {
    const sourceEvents = [
      anEvent(5, { type: "gap", fromMs: minute(3), toMs: minute(5), reason: "throttled" }),
      anEvent(9, { type: "gap", fromMs: minute(7), toMs: minute(9), reason: "not-polled" }),
    ];
    const told = (record: Parameters<typeof aRecord>[0]) =>
      tell(recallConnection(aRecord({ sourceEvents, ...record }), NOW_MS).sight, ({ blind = "sees" }) => blind);

    it("of a connection is that of its source", () => {
      expect(told({})).toBe("sees 0:sees 3:throttled 5:sees 7:not-polled 9:sees");
    });

    it("of a source is only that nobody asked: that it cannot be read is seen", () => {
      expect(told({ state: aSource() })).toBe("sees 0:sees 3:sees 5:sees 7:not-polled 9:sees");
    });
  });
});

describe("reachesBack()", () => {
  const FROM = 10;
  const rose = anAlertChange({ from: "firing", reason: "severity-rose" });
  const noted: Change = { type: "configuration", severity: "info", changes: [] };
  const returned: Change = { type: "appeared", returned: true };

  it.each([
    { name: "nothing", events: [], want: false },
    { name: "no event older than the window", events: [anEvent(10, noted)], want: false },
    { name: "an older event", events: [anEvent(9, noted)], want: true },
    { name: "an alert's rise alone", events: [anEvent(9, noted), anEvent(12, rose)], want: false },
    { name: "the rise and what was before it", events: [anEvent(9, anAlertChange()), anEvent(12, rose)], want: true },
    {
      name: "the rise of another rule",
      events: [anEvent(9, anAlertChange({ ruleId: "sync-age" })), anEvent(12, rose)],
      want: false,
    },
    {
      name: "the rise and the beginning in the window",
      events: [anEvent(9, noted), anEvent(11, anAlertChange()), anEvent(12, rose)],
      want: true,
    },
    { name: "a rise at the window's first instant", events: [anEvent(9, noted), anEvent(10, rose)], want: true },
    { name: "a return alone", events: [anEvent(9, noted), anEvent(12, returned)], want: false },
    {
      name: "a return and the disappearance",
      events: [anEvent(9, noted), anEvent(11, { type: "disappeared", reason: "absent" }), anEvent(12, returned)],
      want: true,
    },
    {
      name: "a first appearance",
      events: [anEvent(9, noted), anEvent(12, { type: "appeared", returned: false })],
      want: true,
    },
  ])("is $want with $name", ({ events, want }) => {
    expect(reachesBack(events.toReversed(), minute(FROM))).toBe(want);
  });
});
