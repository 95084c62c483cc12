import { describe, expect, it } from "vitest";
import { holdTimers } from "../../../../src/domain/alerts/hold-timers.ts";
import { anAlert, PERIOD_MS } from "./an-alert.ts";

const flaps = { firedSlotsMs: [1, 2], clearedSlotsMs: [3], changedSlotMs: 4 * PERIOD_MS, sinceSlotMs: 2 };

describe("holdTimers()", () => {
  it("moves on the first ok of a recovery", () => {
    const held = holdTimers(anAlert("recovering", { firstOkSlotMs: PERIOD_MS }), 5 * PERIOD_MS);

    expect(held).toEqual(anAlert("recovering", { firstOkSlotMs: 6 * PERIOD_MS }));
  });

  it("moves on the beginning of a calmer severity", () => {
    const calmer = { info: PERIOD_MS, warning: 2 * PERIOD_MS };

    const held = holdTimers(anAlert("firing", { calmer }), 5 * PERIOD_MS);

    expect(held).toEqual(anAlert("firing", { calmer: { info: 6 * PERIOD_MS, warning: 7 * PERIOD_MS } }));
  });

  it("moves on the last change of a flapping alert, not when it came and went", () => {
    const held = holdTimers(anAlert("inactive", { flaps }), PERIOD_MS);

    expect(held).toEqual(anAlert("inactive", { flaps: { ...flaps, changedSlotMs: 5 * PERIOD_MS } }));
  });

  it("adds nothing to an alert without timers", () => {
    expect(holdTimers(anAlert("pending"), PERIOD_MS)).toEqual(anAlert("pending"));
  });

  it("leaves an alert alone when no time was held", () => {
    const alert = anAlert("recovering", { firstOkSlotMs: PERIOD_MS, flaps });

    expect(holdTimers(alert, 0)).toBe(alert);
  });
});
