import { describe, expect, it } from "vitest";
import type { Uptime } from "../../../src/domain/history/connection-uptime.ts";
import { HOUR_MS, MINUTE_MS } from "../../../src/domain/units.ts";
import { toInterval, toUptime } from "../../../src/http/to-intervals.ts";
import { at } from "./builders.ts";

const SPAN = { fromMs: at("2026-11-22T08:00:00Z"), toMs: at("2026-11-22T09:30:00Z") };

function overTheWire(body: unknown): unknown {
  return JSON.parse(JSON.stringify(body));
}

describe("toInterval()", () => {
  it("writes instants and length as text", () => {
    const value = {
      ruleId: "heartbeat-age",
      state: "firing",
      severity: "error",
      reason: "confirmed",
      episode: "e-1",
      blind: "throttled",
      quiet: [{ kind: "silence", id: "s-1", untilMs: at("2026-11-23T00:00:00Z"), by: "ann", reason: "known" }],
      maintenance: [],
    } as const;

    expect(overTheWire(toInterval({ ...SPAN, isOpen: false, value }))).toEqual({
      ...value,
      startDateTime: "2026-11-22T08:00:00Z",
      endDateTime: "2026-11-22T09:30:00Z",
      duration: "PT1H30M",
      quiet: [{ kind: "silence", id: "s-1", untilDateTime: "2026-11-23T00:00:00Z", by: "ann", reason: "known" }],
    });
  });

  it("leaves out the end and the length of what still is so", () => {
    const value = { state: "ok", quiet: [], maintenance: ["patch night"] } as const;

    expect(overTheWire(toInterval({ ...SPAN, isOpen: true, value }))).toEqual({
      ...value,
      startDateTime: "2026-11-22T08:00:00Z",
    });
  });
});

describe("toUptime()", () => {
  const uptime: Uptime = {
    upMs: HOUR_MS,
    downMs: 500,
    unknownMs: 0,
    maintenanceMs: MINUTE_MS,
    coveredMs: HOUR_MS + 500,
    incidents: 1,
  };

  it("writes seconds, and leaves out what there is none of", () => {
    expect(overTheWire(toUptime(uptime))).toEqual({
      upSeconds: 3_600,
      downSeconds: 0.5,
      unknownSeconds: 0,
      maintenanceSeconds: 60,
      coveredSeconds: 3_600.5,
      incidents: 1,
    });
  });

  it("writes ratio and mean time to recover", () => {
    expect(toUptime({ ...uptime, ratio: 0.9998, meanTimeToRecoverMs: 90 * MINUTE_MS })).toMatchObject({
      ratio: 0.9998,
      meanTimeToRecover: "PT1H30M",
    });
  });
});
