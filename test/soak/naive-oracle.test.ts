import { describe, expect, it } from "vitest";
import type { Severity } from "../../src/domain/rules/rule.ts";
import { type OracleChannel, type OracleSlot, playNaively, type Seen } from "./naive-oracle.ts";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
const PERIOD_MS = 15 * MINUTE_MS;
const START_MS = Date.UTC(2026, 10, 22);

const chat = { name: "chat", minSeverity: "warning", keepsIncidents: false } as const;
const pager = { name: "pager", minSeverity: "error", keepsIncidents: true } as const;

const SEEN: Readonly<Record<string, Seen>> = {
  ".": { verdict: "ok" },
  i: { verdict: "breach", severity: "info" },
  w: { verdict: "breach", severity: "warning" },
  e: { verdict: "breach", severity: "error" },
  c: { verdict: "breach", severity: "critical" },
  "?": { verdict: "unknown" },
  x: { verdict: "ended", reason: "ignored" },
};

const PHASES = { inactive: ".", pending: "p", firing: "F", recovering: "r" } as const;

/** Makes slot number `index` of a story that sees what the letter stands for; two polls confirm, three recover. */
function aSlot(letter: string, index: number, overrides: Partial<OracleSlot> = {}): OracleSlot {
  const slotMs = START_MS + index * PERIOD_MS;
  return {
    slotMs,
    nowMs: slotMs,
    periodMs: PERIOD_MS,
    seen: SEEN[letter] ?? { verdict: "unknown" },
    rule: { limits: "1", confirmPolls: 2, recoverPolls: 3, keepFiringMs: 30 * MINUTE_MS },
    channels: [chat],
    isSuppressed: () => false,
    acknowledgements: [],
    ...overrides,
  };
}

function aStory(
  letters: string,
  overrides: (index: number) => Partial<OracleSlot> = () => ({}),
): readonly OracleSlot[] {
  return letters.split("").map((letter, index) => aSlot(letter, index, overrides(index)));
}

function phasesOf(slots: readonly OracleSlot[]): string {
  return playNaively(slots)
    .map(({ phase }) => PHASES[phase])
    .join("");
}

/** Everything told, one line each: number of the slot, channel, kind, severity and reason. */
function toldOf(slots: readonly OracleSlot[]): readonly string[] {
  return playNaively(slots).flatMap(({ told }, index) =>
    told.map(({ channel, kind, severity, reason }) => `${index} ${channel} ${kind} ${severity} ${reason}`),
  );
}

function every(channels: readonly OracleChannel[]): () => Partial<OracleSlot> {
  return () => ({ channels });
}

/** A rule that one poll confirms and one poll ends. */
const atOnce = { limits: "1", confirmPolls: 1, recoverPolls: 1, keepFiringMs: 0 };

/** Slots that see a date: both the date and the time in days after the start. */
function steps(...days: readonly (readonly [date: number, now: number, severity: Severity])[]): readonly OracleSlot[] {
  return days.map(([date, now, severity], index) => {
    const nowMs = START_MS + now * DAY_MS;
    const seen = { verdict: "breach", severity, dateMs: START_MS + date * DAY_MS } as const;
    return aSlot("", index, { slotMs: nowMs, nowMs, seen, rule: atOnce });
  });
}

describe("playNaively()", () => {
  it.each([
    { row: "1: a breach fires at once where one poll confirms", letters: ".w.", phases: ".F.", rule: atOnce },
    { row: "2, 3: a lone breach comes to nothing", letters: ".w.w..", phases: ".p.p..", rule: undefined },
    { row: "4: a second breach confirms the first", letters: ".ww", phases: ".pF", rule: undefined },
    { row: "7: an ok alone does not end it", letters: "ww.", phases: "pFr", rule: undefined },
    { row: "8: a breach takes recovery back", letters: "ww..w...", phases: "pFrrFrr.", rule: undefined },
    { row: "9: three oks over 30 minutes end it", letters: "ww....", phases: "pFrr..", rule: undefined },
    { row: "10: what is unknown changes no phase", letters: "w??w?", phases: "pppFF", rule: undefined },
    {
      row: "10: what is unknown freezes the timers",
      letters: "ww.?...",
      phases: "FFrrrr.",
      rule: { ...atOnce, keepFiringMs: 45 * MINUTE_MS },
    },
    { row: "16: what is not judged any more is over", letters: "wwx.wx", phases: "pF..p.", rule: undefined },
  ])("follows row $row", ({ letters, phases, rule }) => {
    const slots = aStory(letters, () => (rule === undefined ? {} : { rule }));

    expect(phasesOf(slots)).toBe(phases);
  });

  it("follows row 5: tells a higher severity at once, and nobody twice", () => {
    expect(toldOf(aStory("wweeec"))).toEqual([
      "1 chat fired warning first-firing",
      "2 chat escalated error severity-rose",
      "5 chat escalated critical severity-rose",
    ]);
  });

  it("follows row 6: lets severity fall after 30 minutes, and tells those alone who keep an incident", () => {
    expect(toldOf(aStory("ccewwwww", every([chat, pager])))).toEqual([
      "1 chat fired critical first-firing",
      "1 pager fired critical first-firing",
      "4 pager deescalated error severity-fell",
      "5 pager deescalated warning severity-fell",
    ]);
  });

  it("follows row 13: calls a clearing by new limits an end at once", () => {
    const slots = aStory("ww.", (index) => ({ rule: { ...aSlot("", 0).rule, limits: index < 2 ? "1" : "2" } }));

    expect(phasesOf(slots)).toBe("pF.");
    expect(toldOf(slots)).toEqual(["1 chat fired warning first-firing", "2 chat resolved warning ended"]);
  });

  it("follows row 14: lets no time pass while nobody looked", () => {
    const rule = { ...atOnce, keepFiringMs: 30 * MINUTE_MS };
    const at = (index: number) => ({ slotMs: START_MS + index * PERIOD_MS, rule });

    expect(phasesOf([aSlot("w", 0, at(0)), aSlot(".", 0, at(1)), aSlot(".", 0, at(9)), aSlot(".", 0, at(11))])).toBe(
      "Frr.",
    );
    expect(phasesOf([aSlot("w", 0, at(0)), aSlot(".", 0, at(1)), aSlot(".", 0, at(4))])).toBe("Fr.");
  });

  it("reminds of a critical alert each four hours, and of a recovered one no more", () => {
    const slots = aStory(`cc${"c".repeat(33)}...`);

    expect(toldOf(slots)).toEqual([
      "1 chat fired critical first-firing",
      "17 chat reminder critical repeat-due",
      "33 chat reminder critical repeat-due",
      "37 chat resolved critical ended",
    ]);
  });

  it("follows row 15: an acknowledgement holds reminders until the alert gets graver", () => {
    const acknowledgements = [
      { episodeSlotMs: START_MS + PERIOD_MS, writtenAtMs: START_MS + PERIOD_MS, untilMs: START_MS + 7 * DAY_MS },
    ];
    const slots = aStory(`ww${"w".repeat(100)}e${"e".repeat(96)}`, () => ({ acknowledgements }));

    expect(toldOf(slots)).toEqual([
      "1 chat fired warning first-firing",
      "102 chat escalated error severity-rose",
      "198 chat reminder error repeat-due",
    ]);
  });

  it("holds everything but resolved while suppressed, and says fired when that ends", () => {
    const slots = aStory("wwwwcc....", (index) => ({ isSuppressed: () => index < 3 || index > 3 }));

    expect(toldOf(slots)).toEqual(["3 chat fired warning suppression-ended", "8 chat resolved warning ended"]);
  });

  it("says nothing of an episode that was suppressed from end to end", () => {
    expect(toldOf(aStory("www....", () => ({ isSuppressed: () => true })))).toEqual([]);
  });

  it("tells a channel when its severity is reached, and a new one from then on", () => {
    const slots = aStory("wwwee", (index) => ({ channels: index < 2 ? [chat] : [chat, pager] }));

    expect(toldOf(slots)).toEqual([
      "1 chat fired warning first-firing",
      "3 chat escalated error severity-rose",
      "3 pager fired error severity-rose",
    ]);
  });

  it("closes the episode for a channel that left, for good", () => {
    const slots = aStory("wwwwe...", (index) => ({ channels: index === 2 ? [] : [chat] }));

    expect(toldOf(slots)).toEqual(["1 chat fired warning first-firing", "2 chat resolved warning channel-left"]);
  });

  describe("dates", () => {
    it("tells once for each bucket, and a late start only the lowest", () => {
      expect(
        toldOf(
          steps(
            [40, 0, "warning"],
            [40, 9, "warning"],
            [40, 10, "warning"],
            [40, 36.5, "warning"],
            [40, 36.6, "warning"],
          ),
        ),
      ).toEqual([
        "0 chat fired warning first-firing",
        "2 chat reminder warning bucket-crossed",
        "3 chat reminder warning bucket-crossed",
      ]);
      expect(toldOf(steps([2, 0, "critical"], [2, 0.5, "critical"]))).toEqual(["0 chat fired critical first-firing"]);
    });

    it("tells a date that moves, either way, and one that has passed", () => {
      const told = toldOf(
        steps(
          [40, 0, "warning"],
          [35, 1, "warning"],
          [50, 2, "warning"],
          [50.04, 3, "warning"],
          [50.04, 51, "warning"],
        ),
      );

      expect(told).toEqual([
        "0 chat fired warning first-firing",
        "1 chat reminder warning date-moved-earlier",
        "2 chat deescalated warning date-moved-later",
        "4 chat reminder warning bucket-crossed",
      ]);
    });

    it("marks the bucket in which it got graver", () => {
      expect(toldOf(steps([20, 0, "warning"], [20, 6, "error"], [20, 7, "error"]))).toEqual([
        "0 chat fired warning first-firing",
        "1 chat escalated error severity-rose",
      ]);
    });

    it("holds buckets while acknowledged, but never the last", () => {
      const acknowledgements = [{ episodeSlotMs: START_MS, writtenAtMs: START_MS, untilMs: START_MS + 90 * DAY_MS }];
      const story = steps([20, 0, "warning"], [20, 7, "warning"], [20, 20, "warning"]).map((slot) => ({
        ...slot,
        acknowledgements,
      }));

      expect(toldOf(story)).toEqual(["0 chat fired warning first-firing", "2 chat reminder warning bucket-crossed"]);
    });
  });

  describe("flapping", () => {
    const twoDays = ".".repeat(192);

    it("begins with the third episode, keeps that one open, and closes it after 48 calm hours", () => {
      const letters = `ww...ww...ww...ww...${twoDays}`;
      const slots = aStory(letters);

      expect(phasesOf(slots).slice(0, 22)).toBe("pFrr.pFrr.pFrrrFFrrrrr");
      expect(toldOf(slots)).toEqual([
        "1 chat fired warning first-firing",
        "4 chat resolved warning ended",
        "6 chat fired warning first-firing",
        "9 chat resolved warning ended",
        "11 chat fired warning first-firing",
        "209 chat resolved warning ended",
      ]);
    });

    it("reminds once where it goes on firing without a change", () => {
      expect(toldOf(aStory(`ww...ww...${"w".repeat(300)}`)).slice(4)).toEqual([
        "11 chat fired warning first-firing",
        "203 chat reminder warning flapping-ended",
        "299 chat reminder warning repeat-due",
      ]);
    });

    it("begins with the sixth short breach, and holds all below critical where that was told", () => {
      const slots = aStory("e.e.e.e.e.e.eeec", every([chat, pager]));

      expect(toldOf(slots)).toEqual([
        "11 chat flapping error flapping-began",
        "13 pager fired error first-firing",
        "15 chat fired critical critical-while-flapping",
        "15 pager escalated critical severity-rose",
      ]);
    });

    it("is held against no episode that is itself the third within 7 days", () => {
      const slots = aStory("ww...ww...ww...ww", (index) => ({ isSuppressed: () => index < 15 }));

      expect(toldOf(slots)).toEqual(["16 chat fired warning first-firing"]);
    });

    it("counts anew after an end that is no recovery", () => {
      expect(toldOf(aStory("ww...ww...xww...")).at(-1)).toBe("15 chat resolved warning ended");
    });

    it("closes an episode that nobody was told of without a word", () => {
      expect(phasesOf(aStory("w.w.w.w.w.w.ww....")).slice(-6)).toBe("pFrr..");
      expect(toldOf(aStory("w.w.w.w.w.w.ww....")).slice(1)).toEqual([]);
    });
  });
});
