import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Condition, connectionIntervals } from "../../../../src/domain/history/connection-intervals.ts";
import { connectionUptime } from "../../../../src/domain/history/connection-uptime.ts";
import { recallConnection } from "../../../../src/domain/history/recall-connection.ts";
import type { Interval } from "../../../../src/domain/history/timeline.ts";
import { minute } from "./a-record.ts";
import {
  LENGTH,
  type MadeUpPast,
  type MadeUpRule,
  type Minute,
  madeUpPasts,
  RULES,
  runsOf,
  toRecord,
} from "./made-up-past.ts";

const DOWN_AT: Readonly<Record<MadeUpRule, readonly string[]>> = {
  "partner-state": ["error", "critical"],
  "heartbeat-age": ["error", "critical"],
  "connection-missing": ["warning", "error", "critical"],
  "data-problem": [],
};

function isDown({ alerts }: Minute): boolean {
  return RULES.some((ruleId) => {
    const { phase, severity = "" } = alerts[ruleId];
    return phase === "firing" && DOWN_AT[ruleId].includes(severity);
  });
}

function partOf(one: Minute): "up" | "down" | "unknown" | "maintenance" {
  if (!one.isSeen || !one.isPresent) return "unknown";
  if (one.isMaintained) return "maintenance";
  if (one.isBlind) return "unknown";
  if (isDown(one)) return "down";
  return one.standing === "active" ? "up" : "unknown";
}

function ruleState(one: Minute, ruleId: MadeUpRule): string {
  const { phase, severity = "", episode = "" } = one.alerts[ruleId];
  if (!one.isSeen || !one.isPresent) return "unknown";
  if (phase === "pending") return "pending";
  if (phase !== "inactive") return `${phase} ${severity} ${episode}`;
  if (one.standing !== "active") return "not-judged";
  return one.isBlind ? "unknown" : "inactive";
}

function wholeState(one: Minute): string {
  if (!one.isSeen || !one.isPresent) return "unknown";
  const all = Object.values(one.alerts);
  const open = all.filter(({ phase }) => phase === "firing" || phase === "recovering");
  const gravest = ["critical", "error", "warning"].find((grade) => open.some(({ severity }) => severity === grade));
  if (gravest !== undefined) return gravest;
  if (one.standing !== "active") return "not-judged";
  if (one.isBlind) return "unknown";
  return all.some(({ phase }) => phase === "pending") ? "pending" : "ok";
}

/** Says the uptime by nothing but counting the minutes of the window. */
function countMinutes({ minutes, fromMinute, toMinute }: MadeUpPast) {
  const window = minutes.slice(fromMinute, toMinute);
  const count = (part: string) => window.filter((one) => partOf(one) === part).length;
  const outages = runsOf(window, isDown).filter(({ from, to }) =>
    window.slice(from, to).some((one) => partOf(one) === "down"),
  );
  const over = outages.filter(({ to }) => to < window.length);
  const [up, down] = [count("up"), count("down")];
  const lengths = over.map(({ from, to }) => to - from);
  return {
    upMs: minute(up),
    downMs: minute(down),
    unknownMs: minute(count("unknown")),
    maintenanceMs: minute(count("maintenance")),
    coveredMs: minute(up + down),
    incidents: outages.length,
    ratio: up + down === 0 ? undefined : Math.floor((up / (up + down)) * 10_000 + 1e-9) / 10_000,
    meanTimeToRecoverMs:
      over.length === 0 ? undefined : minute(lengths.reduce((sum, length) => sum + length, 0)) / over.length,
  };
}

function recall(made: MadeUpPast) {
  const window = { fromMs: minute(made.fromMinute), toMs: minute(made.toMinute) };
  return { past: recallConnection(toRecord(made), minute(LENGTH)), window };
}

/** What intervals say of each minute of the window. */
function sayMinutes(intervals: readonly Interval<Condition>[], { fromMinute, toMinute }: MadeUpPast) {
  return Array.from({ length: toMinute - fromMinute }, (_, m) => {
    const atMs = minute(fromMinute + m);
    const { state, ruleId, severity, episode } =
      intervals.find(({ fromMs, toMs }) => fromMs <= atMs && atMs < toMs)?.value ?? {};
    const isOpen = ruleId !== undefined && (state === "firing" || state === "recovering");
    return isOpen ? `${state} ${severity} ${episode}` : state;
  });
}

describe("I7: intervals partition the window, uptime parts add up to it", () => {
  it("holds for the whole and each rule, as every minute was", () => {
    fc.assert(
      fc.property(madeUpPasts, (made) => {
        const { past, window } = recall(made);
        const intervals = connectionIntervals(past, window);

        const minutes = made.minutes.slice(made.fromMinute, made.toMinute);
        for (const ruleId of [undefined, ...RULES]) {
          const own = intervals.filter(({ value }) => value.ruleId === ruleId);
          expect([window.fromMs, ...own.map(({ toMs }) => toMs)]).toEqual([
            ...own.map(({ fromMs }) => fromMs),
            window.toMs,
          ]);
          expect(own.every(({ fromMs, toMs }) => fromMs < toMs)).toBe(true);
          expect(sayMinutes(own, made)).toEqual(
            minutes.map((one) => (ruleId === undefined ? wholeState(one) : ruleState(one, ruleId))),
          );
        }
      }),
      { numRuns: 200 },
    );
  });

  it("holds for the uptime, as every minute counts", () => {
    fc.assert(
      fc.property(madeUpPasts, (made) => {
        const { past, window } = recall(made);

        const uptime = connectionUptime(past, window);

        const { upMs, downMs, unknownMs, maintenanceMs } = uptime;
        expect(upMs + downMs + unknownMs + maintenanceMs).toBe(window.toMs - window.fromMs);
        expect(uptime).toEqual(countMinutes(made));
      }),
      { numRuns: 500 },
    );
  });

  it("holds for windows side by side: what two say adds up to what one says", () => {
    fc.assert(
      fc.property(madeUpPasts, fc.integer({ min: 1, max: LENGTH - 1 }), (made, cut) => {
        const { past } = recall({ ...made, fromMinute: 0, toMinute: LENGTH, keptFrom: 0 });
        const of = (from: number, to: number) => connectionUptime(past, { fromMs: minute(from), toMs: minute(to) });
        const [left, right, both] = [of(0, cut), of(cut, LENGTH), of(0, LENGTH)];

        for (const part of ["upMs", "downMs", "unknownMs", "maintenanceMs"] as const) {
          expect(left[part] + right[part]).toBe(both[part]);
        }
      }),
    );
  });
});
