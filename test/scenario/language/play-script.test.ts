import { describe, expect, it } from "vitest";
import { DEFAULT_ZERO_MS } from "./draft.ts";
import { parseScript } from "./parse-script.ts";
import { playScript } from "./play-script.ts";
import { formatSpan } from "./span.ts";

async function play(...lines: readonly string[]) {
  const opening = ["# It", 'partner "Jamf" compliance', 'at -1d "Jamf" falls silent'];
  return playScript(parseScript([...opening, ...lines, "want nothing else until 1d"].join("\n"), "x"));
}

async function timesOf(...lines: readonly string[]): Promise<readonly string[]> {
  return (await play(...lines)).told.map(({ atMs, facts }) => `${formatSpan(atMs)} ${facts.kind}`);
}

describe("playScript()", () => {
  it("tells in the slot in which it is decided, with the words that a reader sees", async () => {
    const { told } = await play();

    expect(told.map(({ atMs, channel, title }) => [formatSpan(atMs), channel, title])).toEqual([
      ["12h30min", "ops", expect.stringContaining("Jamf has not been in touch for 1 d 12 h")],
    ]);
  });

  it("hands the events on that history would hold", async () => {
    const { events } = await play();

    const reasons = events.flatMap(({ changes }) => changes.flatMap((change) => ("to" in change ? [change.to] : [])));
    expect(reasons).toEqual(expect.arrayContaining(["pending", "firing"]));
  });

  it.each([
    {
      title: "tries again when a channel takes messages again",
      line: "at 0d channel ops fails timeout for 13h",
      from: "13h",
    },
    { title: "polls and drains nothing while the monitor stops", line: "at 12h monitor stops for 2h", from: "14h" },
    { title: "ends nothing early", line: "at 12h monitor stops for 1min", from: "12h30min" },
  ])("$title", async ({ line, from }) => {
    const [time = ""] = await timesOf(line);

    expect(time.slice(0, from.length)).toBe(from);
  });

  it("lets a bell wait for the monitor's return", async () => {
    const lines = ["at 12h30min channel ops fails timeout for 1s", "at 12h30min3s monitor stops for 1h"];

    expect(await timesOf(...lines)).toEqual(["13h30min3s fired"]);
  });

  it.each([
    { title: "a clock that is set back", line: "at 12h20min clock runs behind by 1h for 1d" },
    { title: "a clock that runs ahead", line: "at 12h20min clock runs ahead by 30min for 1d" },
  ])("has the whole app go by $title", async ({ line }) => {
    const { told } = await play(line);

    const skew = told.find(({ facts }) => facts.ruleId === "clock-skew")?.facts;
    const late = told.find(({ facts }) => facts.ruleId === "heartbeat-age");
    const aheadMs = (late?.facts.slotMs ?? 0) - DEFAULT_ZERO_MS - (late?.atMs ?? 0);
    expect(skew).toBeDefined();
    expect(formatSpan(aheadMs)).toBe(line.includes("behind") ? "-1h" : "30min");
  });

  it("lets nothing be written for a while, and brings a message again for as long as the host does", async () => {
    expect(await timesOf("at 12h15min storage takes no writes for 20min")).toEqual(["12h45min fired"]);
    expect(await timesOf("at 12h30min storage takes no writes for 5min")).toEqual(["12h35min fired"]);
    expect(await timesOf("at 12h30min storage takes no writes for 5min1s")).toEqual(["12h45min fired"]);
  });

  it("lets calls of storage fail by chance, and counts once what is sent again for that reason", async () => {
    const times = await timesOf("at 0d storage fails 60% of calls for 23h");

    expect(times.map((time) => time.slice(-5))).toEqual(["fired"]);
    expect(times).not.toEqual(["12h30min fired"]);
  });

  it.each([
    { line: 'at 1h acknowledge heartbeat-age "Jamf" for 1d', problem: "an open alert heartbeat-age of Jamf" },
    {
      line: 'at 1h forget acknowledgement heartbeat-age "Jamf"',
      problem: "an acknowledgement of heartbeat-age of Jamf",
    },
    {
      line: 'at 13h forget acknowledgement heartbeat-age "Jamf"',
      problem: "an acknowledgement of heartbeat-age of Jamf",
    },
    { line: 'at 1h accept removal of "Jamf"', problem: "a missing connection Jamf" },
    { line: 'at 1h reset "Jamf"', problem: "a damaged connection Jamf" },
    { line: 'at 1h storage damages "Lookout"', problem: "a watched connection Lookout" },
  ])("refuses what cannot be done at its time: $line", async ({ line, problem }) => {
    await expect(play(line)).rejects.toThrow(`x line 4: expected ${problem}, found none`);
  });

  it("stops at the end of the scenario", async () => {
    const script = parseScript('# It\npartner "Jamf" device\nwant nothing else until 1h', "x");
    const slots: number[] = [];

    await playScript(script, { onProgress: (doneMs) => slots.push(doneMs) });

    expect(slots.map(formatSpan)).toEqual(["0d", "15min", "30min", "45min", "1h"]);
  });

  it("counts time from the date on which the scenario starts", async () => {
    const script = parseScript(
      '# It\nstarts on 2026-03-29\nconnector "Apple VPP token expiry" expires at 3d\nwant nothing else until 1h',
      "x",
    );

    const { told } = await playScript(script);

    expect(told[0]?.facts.slotMs).toBe(Date.UTC(2026, 2, 29));
    expect(told[0]?.facts.evaluation).toMatchObject({ measured: { atMs: Date.UTC(2026, 3, 1) } });
  });
});
