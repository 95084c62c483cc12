import { describe, expect, it } from "vitest";
import { MINUTE_MS } from "../../../src/domain/units.ts";
import { parseScript } from "./parse-script.ts";
import { playScript } from "./play-script.ts";
import { movesOf, STATE_ROWS } from "./state-rows.ts";

describe("movesOf()", () => {
  it("tells the moves of one alert of one connection, and no repetition", async () => {
    const script = parseScript(
      `# It
      partner "Jamf" compliance beats every 4h
      partner "Kandji" compliance beats every 4h
      at 1h "Jamf" turns rejected
      at 2h mute rule partner-state for 30min
      at 26h "Jamf" turns unresponsive
      want nothing else until 26h15min`,
      "x",
    );

    const { events } = await playScript(script);

    const moves = movesOf(events, { ruleId: "partner-state", connection: "Jamf" }, script.zeroMs);
    expect(moves).toEqual([
      "1h inactive > pending, confirming",
      "1h15min pending > firing, confirmed",
      "2h quiet: silence",
      "2h30min not quiet: silence",
      "1d2h firing > firing, severity-rose",
    ]);
    expect(movesOf(events, { ruleId: "partner-state", connection: "Kandji" }, script.zeroMs)).toEqual([]);
    expect(movesOf(events, { ruleId: "heartbeat-age", connection: "Jamf" }, script.zeroMs)).toEqual([]);
    expect(movesOf(events, { ruleId: "partner-state", connection: "Jamf" }, script.zeroMs - MINUTE_MS)[0]).toBe(
      "1h1min inactive > pending, confirming",
    );
  });
});

describe("STATE_ROWS", () => {
  it("are the 16 rows of the design, in order", () => {
    expect(STATE_ROWS.map(({ row }) => row)).toEqual(Array.from({ length: 16 }, (_, index) => index + 1));
  });
});
