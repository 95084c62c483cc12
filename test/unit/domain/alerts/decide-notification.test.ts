import { describe, expect, it } from "vitest";
import type { AlertState, Told } from "../../../../src/domain/alerts/alert-state.ts";
import {
  type ChannelView,
  DEFAULT_REPEAT_MS,
  dateOf,
  decideNotification,
  isSuppressed,
  type SteppedState,
} from "../../../../src/domain/alerts/decide-notification.ts";
import type { Severity } from "../../../../src/domain/rules/rule.ts";
import type { QuietReason } from "../../../../src/domain/suppression/quiet-reason.ts";
import { DAY_MS, HOUR_MS } from "../../../../src/domain/units.ts";
import { aBreach, anAlert, quiet } from "./an-alert.ts";

const SLOT_MS = Date.UTC(2026, 10, 22);

const reasons = {
  silence: { kind: "silence", id: "s-1", untilMs: SLOT_MS + 1, by: "anna", reason: "known" },
  maintenance: { kind: "maintenance", name: "patch night" },
  inhibited: { kind: "inhibited", by: "partner-state" },
  acknowledged: { kind: "acknowledged", untilMs: SLOT_MS + 1, by: "anna", reason: "on it" },
  flapping: { kind: "flapping" },
} as const satisfies Readonly<Record<QuietReason["kind"], QuietReason>>;

const flaps = { firedSlotsMs: [], clearedSlotsMs: [], changedSlotMs: 0, sinceSlotMs: 0 };
const firing = anAlert("firing");
const recovering = anAlert("recovering");
const pending = anAlert("pending");

function graver(severity: Severity): AlertState {
  return anAlert("firing", { severity });
}

/** An alert about a date so many days ahead. */
function dated(days: number, severity: Severity = "warning"): AlertState {
  const measured = { unit: "date", atMs: SLOT_MS + days * DAY_MS } as const;
  return anAlert("firing", { ruleId: "removal-deadline", severity, evaluation: aBreach({ severity, measured }) });
}

function aTold(overrides: Partial<Told> = {}): Told {
  return { severity: "warning", slotMs: SLOT_MS - HOUR_MS, ...overrides };
}

/** Told of a date so many days ahead of now, when it stood in that bucket. */
function toldOfDate(days: number, bucketDays?: number): Told {
  return aTold({ dateMs: SLOT_MS + days * DAY_MS, ...(bucketDays === undefined ? {} : { bucketDays }) });
}

interface Case extends Partial<SteppedState>, Partial<ChannelView> {
  readonly when: string;
  readonly says: string;
}

/** What is decided: the kind and reason of a notification, or why none. */
function decide({ when: _when, says: _says, ...given }: Case): string {
  const { before = firing, after = firing, minSeverity = "warning", ...rest } = given;
  const step = { before, after, reason: "still-firing" as const, quiet: [], slotMs: SLOT_MS, nowMs: SLOT_MS, ...rest };
  const channel = { keepsIncidents: false, knowsFlapping: false, told: undefined, ...rest };
  const decision = decideNotification(
    { repeatMs: DEFAULT_REPEAT_MS, ...step },
    { ...channel, minSeverity: "minSeverity" in given ? given.minSeverity : minSeverity },
  );
  return decision.kind === "hold" ? decision.reason : `${decision.notification}: ${decision.reason}`;
}

describe("decideNotification()", () => {
  describe("while nothing is open", () => {
    it.each<Case>([
      { when: "nothing has happened", before: quiet, after: quiet, says: "no-episode" },
      { when: "a breach is being confirmed", before: quiet, after: pending, says: "no-episode" },
      { when: "a breach has gone unconfirmed", before: pending, after: quiet, says: "no-episode" },
    ])("says $says when $when", (row) => {
      expect(decide(row)).toBe(row.says);
    });
  });

  describe("while a channel was not told", () => {
    const fired = { before: pending, after: firing, reason: "confirmed" } as const;

    it.each<Case>([
      { when: "it fires at the channel's minimum", ...fired, says: "fired: first-firing" },
      { when: "it fires below the minimum", ...fired, minSeverity: "error", says: "below-minimum" },
      { when: "it fires and the channel is not routed", ...fired, minSeverity: undefined, says: "not-routed" },
      { when: "it fires under a silence", ...fired, quiet: [reasons.silence], says: "suppressed" },
      { when: "it fires in maintenance", ...fired, quiet: [reasons.maintenance], says: "suppressed" },
      { when: "it fires inhibited", ...fired, quiet: [reasons.inhibited], says: "suppressed" },
      { when: "it fires acknowledged", ...fired, quiet: [reasons.acknowledged], says: "fired: first-firing" },
      { when: "it recovers", after: recovering, says: "recovering" },
      { when: "it ends", before: recovering, after: quiet, says: "ended-untold" },
      { when: "the channel is new", says: "fired: newly-routed" },
      {
        when: "the severity has risen to the minimum",
        before: anAlert("firing", { severity: "info" }),
        reason: "severity-rose",
        says: "fired: severity-rose",
      },
      {
        when: "the silence is over",
        before: anAlert("firing", { quiet: [reasons.silence] }),
        says: "fired: suppression-ended",
      },
      {
        when: "the severity has risen as the silence ended",
        before: anAlert("firing", { quiet: [reasons.silence] }),
        reason: "severity-rose",
        says: "fired: severity-rose",
      },
      {
        when: "it was acknowledged only",
        before: anAlert("firing", { quiet: [reasons.acknowledged] }),
        says: "fired: newly-routed",
      },
    ])("says $says when $when", (row) => {
      expect(decide(row)).toBe(row.says);
    });
  });

  describe("once a channel was told", () => {
    const told = aTold();
    const error = { after: graver("error"), told } as const;
    const dayOld = aTold({ slotMs: SLOT_MS - 24 * HOUR_MS });

    it.each<Case>([
      { when: "it goes on as told", told, says: "already-told" },
      { when: "it is graver than told", ...error, says: "escalated: severity-rose" },
      {
        when: "it is graver, below a minimum that was raised",
        ...error,
        minSeverity: "critical",
        says: "escalated: severity-rose",
      },
      {
        when: "it is graver and acknowledged",
        ...error,
        quiet: [reasons.acknowledged],
        says: "escalated: severity-rose",
      },
      { when: "it is graver under a silence", ...error, quiet: [reasons.silence], says: "suppressed" },
      { when: "it goes on as told and the channel keeps incidents", told, keepsIncidents: true, says: "already-told" },
      { when: "it is calmer than told", told: aTold({ severity: "error" }), says: "already-told" },
      {
        when: "it is calmer and the channel keeps incidents",
        told: aTold({ severity: "error" }),
        keepsIncidents: true,
        says: "deescalated: severity-fell",
      },
      {
        when: "it is calmer for a channel with incidents under a silence",
        told: aTold({ severity: "error" }),
        keepsIncidents: true,
        quiet: [reasons.silence],
        says: "suppressed",
      },
      { when: "it recovers", after: recovering, told: dayOld, says: "recovering" },
      { when: "it ends", before: recovering, after: quiet, told, says: "resolved: ended" },
      {
        when: "it ends under a silence",
        before: recovering,
        after: quiet,
        told,
        quiet: [reasons.silence],
        says: "resolved: ended",
      },
      {
        when: "it ends as the channel leaves",
        before: firing,
        after: quiet,
        told,
        minSeverity: undefined,
        says: "resolved: ended",
      },
      { when: "the channel leaves", told, minSeverity: undefined, says: "resolved: channel-left" },
      {
        when: "the channel leaves during a recovery",
        after: recovering,
        told,
        minSeverity: undefined,
        says: "resolved: channel-left",
      },
      {
        when: "the channel leaves under a silence",
        told,
        minSeverity: undefined,
        quiet: [reasons.silence],
        says: "resolved: channel-left",
      },
      {
        when: "the channel left before",
        told: aTold({ isClosed: true }),
        minSeverity: undefined,
        says: "closed-before",
      },
      {
        when: "the channel is back and it got graver",
        after: graver("critical"),
        told: aTold({ isClosed: true }),
        says: "closed-before",
      },
      { when: "the channel is back and it ends", after: quiet, told: aTold({ isClosed: true }), says: "closed-before" },
    ])("says $says when $when", (row) => {
      expect(decide(row)).toBe(row.says);
    });

    it.each<Case>([
      { when: "24 hours have passed since a warning", told: dayOld, says: "reminder: repeat-due" },
      { when: "a moment less has passed", told: aTold({ slotMs: dayOld.slotMs + 1 }), says: "already-told" },
      {
        when: "24 hours have passed since an error",
        after: graver("error"),
        told: { ...dayOld, severity: "error" },
        says: "reminder: repeat-due",
      },
      {
        when: "4 hours have passed since it was critical",
        after: graver("critical"),
        told: aTold({ severity: "critical", slotMs: SLOT_MS - 4 * HOUR_MS }),
        says: "reminder: repeat-due",
      },
      {
        when: "a moment less has passed since it was critical",
        after: graver("critical"),
        told: aTold({ severity: "critical", slotMs: SLOT_MS - 4 * HOUR_MS + 1 }),
        says: "already-told",
      },
      {
        when: "it is information of long ago",
        after: graver("info"),
        told: aTold({ severity: "info", slotMs: 0 }),
        says: "already-told",
      },
      {
        when: "repeating is configured",
        told: aTold({ slotMs: SLOT_MS - HOUR_MS }),
        repeatMs: { warning: HOUR_MS },
        says: "reminder: repeat-due",
      },
      { when: "repeating is switched off", told: aTold({ slotMs: 0 }), repeatMs: {}, says: "already-told" },
      { when: "it is acknowledged", told: dayOld, quiet: [reasons.acknowledged], says: "already-told" },
      { when: "it is silenced", told: dayOld, quiet: [reasons.silence], says: "suppressed" },
      { when: "nothing can be seen", told: dayOld, reason: "kept-while-blind", says: "already-told" },
      { when: "it flaps", after: anAlert("firing", { flaps }), told: dayOld, says: "already-told" },
    ])("says $says when a reminder may be due and $when", (row) => {
      expect(decide(row)).toBe(row.says);
    });
  });

  describe("of an alert about events", () => {
    const told = aTold();
    /** An event that came so long after the channel was told last. */
    function event(afterMs: number, severity: Severity = "warning"): AlertState {
      const evaluation = aBreach({ severity, breachedSinceMs: told.slotMs + afterMs });
      return anAlert("firing", { severity, evaluation });
    }
    const events = { tellsEvents: true, told } as const;

    it.each<Case>([
      { when: "it was told of the event", ...events, after: event(0), says: "already-told" },
      { when: "another came", ...events, after: event(1), says: "reminder: changed-again" },
      {
        when: "another came and a repeat is due",
        ...events,
        after: event(1),
        repeatMs: { warning: HOUR_MS },
        says: "reminder: changed-again",
      },
      {
        when: "another came and the one before is acknowledged",
        ...events,
        after: event(1),
        quiet: [reasons.acknowledged],
        says: "reminder: changed-again",
      },
      {
        when: "another came under a silence",
        ...events,
        after: event(1),
        quiet: [reasons.silence],
        says: "suppressed",
      },
      { when: "a graver one came", ...events, after: event(1, "error"), says: "escalated: changed-again" },
      {
        when: "a calmer one came that the channel hears of",
        ...events,
        minSeverity: "info",
        keepsIncidents: true,
        after: event(1, "info"),
        says: "reminder: changed-again",
      },
      { when: "a calmer one came below the minimum", ...events, after: event(1, "info"), says: "already-told" },
      {
        when: "a calmer one came below the minimum of a channel with incidents",
        ...events,
        keepsIncidents: true,
        after: event(1, "info"),
        says: "deescalated: severity-fell",
      },
      {
        when: "a graver one is the first that the channel hears of",
        tellsEvents: true,
        before: event(0, "info"),
        after: event(1),
        reason: "severity-rose",
        says: "fired: changed-again",
      },
      { when: "a breach of another rule began anew", told, after: event(1), says: "already-told" },
    ])("says $says when $when", (row) => {
      expect(decide(row)).toBe(row.says);
    });
  });

  describe("of an alert about a date", () => {
    it.each<Case>([
      {
        when: "it has come into the next bucket",
        after: dated(7),
        told: toldOfDate(7, 14),
        says: "reminder: bucket-crossed",
      },
      { when: "it is in no bucket yet", after: dated(31), told: toldOfDate(31), says: "already-told" },
      {
        when: "it comes into its first bucket",
        after: dated(30),
        told: toldOfDate(30),
        says: "reminder: bucket-crossed",
      },
      { when: "it was told in this bucket", after: dated(6), told: toldOfDate(6, 7), says: "already-told" },
      { when: "it has passed", after: dated(0), told: toldOfDate(0, 1), says: "reminder: bucket-crossed" },
      { when: "it was told as passed", after: dated(-300), told: toldOfDate(-300, 0), says: "already-told" },
      {
        when: "several buckets were crossed unseen",
        after: dated(0.5),
        told: toldOfDate(0.5, 30),
        says: "reminder: bucket-crossed",
      },
      {
        when: "a bucket is crossed while blind",
        after: dated(3),
        told: toldOfDate(3, 7),
        reason: "kept-while-blind",
        says: "reminder: bucket-crossed",
      },
      {
        when: "a bucket is crossed under a silence",
        after: dated(3),
        told: toldOfDate(3, 7),
        quiet: [reasons.silence],
        says: "suppressed",
      },
      {
        when: "a bucket is crossed while acknowledged",
        after: dated(3),
        told: toldOfDate(3, 7),
        quiet: [reasons.acknowledged],
        says: "already-told",
      },
      {
        when: "the date itself comes while acknowledged",
        after: dated(0),
        told: toldOfDate(0, 1),
        quiet: [reasons.acknowledged],
        says: "reminder: bucket-crossed",
      },
      {
        when: "a bucket is crossed while flapping",
        after: { ...dated(3), flaps },
        told: toldOfDate(3, 7),
        quiet: [reasons.flapping],
        says: "reminder: bucket-crossed",
      },
      {
        when: "a bucket is crossed as it gets graver",
        after: dated(7, "critical"),
        told: toldOfDate(7, 14),
        says: "escalated: severity-rose",
      },
      {
        when: "time passes, as it never repeats on a clock",
        after: dated(20),
        told: { ...toldOfDate(20, 30), slotMs: 0 },
        says: "already-told",
      },
      { when: "it has moved later", after: dated(9), told: toldOfDate(8, 14), says: "deescalated: date-moved-later" },
      {
        when: "it has moved later and is calmer",
        after: dated(20),
        told: { ...toldOfDate(8, 14), severity: "error" },
        says: "deescalated: date-moved-later",
      },
      {
        when: "it has moved later and is graver by other limits",
        after: dated(9, "critical"),
        told: toldOfDate(8, 14),
        says: "escalated: severity-rose",
      },
      {
        when: "it has moved later while acknowledged",
        after: dated(9),
        told: toldOfDate(8, 14),
        quiet: [reasons.acknowledged],
        says: "deescalated: date-moved-later",
      },
      {
        when: "it has moved later under a silence",
        after: dated(9),
        told: toldOfDate(8, 14),
        quiet: [reasons.silence],
        says: "suppressed",
      },
      { when: "it has moved earlier", after: dated(8), told: toldOfDate(9, 14), says: "reminder: date-moved-earlier" },
      {
        when: "it has moved earlier while acknowledged",
        after: dated(8),
        told: toldOfDate(9, 14),
        quiet: [reasons.acknowledged],
        says: "reminder: date-moved-earlier",
      },
      {
        when: "it has moved into a nearer bucket",
        after: dated(2),
        told: toldOfDate(9, 14),
        says: "reminder: date-moved-earlier",
      },
      { when: "it has moved by one hour", after: dated(8 - 1 / 24), told: toldOfDate(8, 14), says: "already-told" },
      {
        when: "it has moved by an hour the other way",
        after: dated(8 + 1 / 24),
        told: toldOfDate(8, 14),
        says: "already-told",
      },
      {
        when: "no date is measured any more",
        after: firing,
        told: { ...toldOfDate(8, 14), slotMs: SLOT_MS },
        says: "already-told",
      },
      {
        when: "it was told before dates were remembered, in no bucket",
        after: dated(31),
        told: aTold(),
        says: "already-told",
      },
    ])("says $says when $when", (row) => {
      expect(decide(row)).toBe(row.says);
    });

    it("counts the days that are left from now, not from the slot", () => {
      const row = { when: "", says: "", after: dated(7), told: toldOfDate(7, 14) };

      expect([decide(row), decide({ ...row, nowMs: SLOT_MS - 1 })]).toEqual([
        "reminder: bucket-crossed",
        "already-told",
      ]);
    });
  });

  describe("of an alert that flaps", () => {
    const flapping = anAlert("firing", { flaps });
    const began = { before: pending, after: { ...quiet, flaps } };

    it.each<Case>([
      { when: "it begins with an episode", before: quiet, after: flapping, says: "fired: first-firing" },
      {
        when: "the channel was not told so",
        before: { ...quiet, flaps },
        after: flapping,
        says: "fired: first-firing",
      },
      {
        when: "the channel was told so",
        before: { ...quiet, flaps },
        after: flapping,
        knowsFlapping: true,
        says: "flapping",
      },
      {
        when: "a silence over its beginning ends",
        before: anAlert("firing", { flaps, quiet: [reasons.silence] }),
        after: flapping,
        says: "fired: suppression-ended",
      },
      {
        when: "it is critical",
        before: { ...quiet, flaps },
        after: anAlert("firing", { flaps, severity: "critical" }),
        knowsFlapping: true,
        says: "fired: critical-while-flapping",
      },
      {
        when: "it is critical under a silence",
        after: anAlert("firing", { flaps, severity: "critical" }),
        knowsFlapping: true,
        quiet: [reasons.silence],
        says: "suppressed",
      },
      {
        when: "it got graver",
        before: flapping,
        after: anAlert("firing", { flaps, severity: "error" }),
        told: aTold(),
        says: "escalated: severity-rose",
      },
      { when: "it flaps no more, untold", before: flapping, says: "fired: flapping-ended" },
      { when: "it flaps no more, told", before: flapping, told: aTold(), says: "reminder: flapping-ended" },
      {
        when: "it flaps no more, told and acknowledged",
        before: flapping,
        told: aTold(),
        quiet: [reasons.acknowledged],
        says: "already-told",
      },
      {
        when: "it flaps no more and is over",
        before: anAlert("recovering", { flaps }),
        after: quiet,
        told: aTold(),
        says: "resolved: ended",
      },
      { when: "it begins with short breaches", ...began, says: "flapping: flapping-began" },
      {
        when: "it began with short breaches before",
        before: anAlert("pending", { flaps }),
        after: { ...quiet, flaps },
        says: "no-episode",
      },
      { when: "it begins with short breaches under a silence", ...began, quiet: [reasons.silence], says: "suppressed" },
      { when: "it begins with short breaches, incidents kept", ...began, keepsIncidents: true, says: "not-routed" },
      { when: "it begins with short breaches, not routed", ...began, minSeverity: undefined, says: "not-routed" },
      {
        when: "it begins with short breaches below the minimum",
        ...began,
        minSeverity: "error",
        says: "below-minimum",
      },
    ])("says $says when $when", (row) => {
      expect(decide(row)).toBe(row.says);
    });
  });

  const step = { reason: "still-firing", quiet: [], slotMs: SLOT_MS, nowMs: SLOT_MS, repeatMs: {} } as const;
  const channel = { minSeverity: "info", keepsIncidents: true, knowsFlapping: false } as const;

  it.each([
    { to: "critical", notification: "escalated" },
    { to: "warning", notification: "deescalated" },
  ] as const)("says of $notification what this channel was told, not what the alert was", ({ to, notification }) => {
    const told = aTold({ severity: "error" });

    const decided = decideNotification({ ...step, before: graver("info"), after: graver(to) }, { ...channel, told });

    expect(decided).toMatchObject({ notification, severity: to, previousSeverity: "error" });
  });

  it.each([
    { when: "it ends", after: quiet, minSeverity: "info" },
    { when: "the channel leaves", after: graver("critical"), minSeverity: undefined },
  ] as const)("resolves with the severity that the channel was told last when $when", ({ after, minSeverity }) => {
    const decided = decideNotification(
      { ...step, before: graver("critical"), after },
      { ...channel, minSeverity, told: aTold() },
    );

    expect(decided).toMatchObject({ kind: "send", notification: "resolved", severity: "warning" });
  });

  it("tells of flapping with the severity of the breach that has gone", () => {
    const before = anAlert("pending", { severity: "error" });

    const decided = decideNotification(
      { ...step, before, after: { ...quiet, flaps } },
      { ...channel, keepsIncidents: false, told: undefined },
    );

    expect(decided).toMatchObject({ notification: "flapping", severity: "error" });
  });
});

describe("isSuppressed()", () => {
  it.each([
    { kind: "silence", is: true },
    { kind: "maintenance", is: true },
    { kind: "inhibited", is: true },
    { kind: "acknowledged", is: false },
    { kind: "flapping", is: false },
  ] as const)("says $is of $kind", ({ kind, is }) => {
    expect(isSuppressed([reasons[kind]])).toBe(is);
  });

  it("says false of nothing", () => {
    expect([isSuppressed(), isSuppressed([])]).toEqual([false, false]);
  });
});

describe("dateOf()", () => {
  it.each([
    { what: "a breach about a date", alert: dated(3), date: SLOT_MS + 3 * DAY_MS },
    { what: "a breach about a duration", alert: anAlert("firing", { evaluation: aBreach() }), date: undefined },
    {
      what: "an ok with a date",
      alert: anAlert("firing", {
        evaluation: { verdict: "ok", reason: "valid", measured: { unit: "date", atMs: SLOT_MS } },
      }),
      date: undefined,
    },
    { what: "no evaluation", alert: firing, date: undefined },
  ])("returns $date for $what", ({ alert, date }) => {
    expect(dateOf(alert)).toBe(date);
  });
});
