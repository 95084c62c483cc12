import { describe, expect, it } from "vitest";
import { DAY_MS, HOUR_MS, MINUTE_MS } from "../../../src/domain/units.ts";
import { DEFAULT_ZERO_MS } from "./draft.ts";
import { parseScript } from "./parse-script.ts";
import type { Script } from "./script.ts";

const END = "want nothing else until 9d";

/** Reads statements in a scenario that has a partner, a connector and an end. */
function parse(...lines: readonly string[]): Script {
  const world = ["# It happens", "# And more. #1", 'partner "Jamf" compliance', 'connector "Apple VPP token sync"'];
  return parseScript([...world, ...lines, END].join("\n"), "x");
}

function connectionOf(script: Script, index = 0) {
  return script.scenario.tenants[0]?.connections[index];
}

function policyAt({ phases, scenario }: Script, atMs: number) {
  return phases.get(scenario.tenants[0]?.id ?? "")?.findLast(({ fromMs }) => fromMs <= atMs)?.policy;
}

describe("parseScript()", () => {
  it("takes title and story from the comment at the top, and has defaults for the rest", () => {
    const script = parse();

    expect(script).toMatchObject({ title: "It happens", prose: "And more. #1", untilMs: 9 * DAY_MS, wants: [] });
    expect(script).toMatchObject({ zeroMs: DEFAULT_ZERO_MS, periodMs: 15 * MINUTE_MS });
    expect(new Date(script.zeroMs).getUTCDay()).toBe(0);
    expect(script.scenario.tenants.map(({ name }) => name)).toEqual(["Contoso (simulated)"]);
    expect(policyAt(script, 0)?.channels).toEqual([{ name: "ops", minSeverity: "info", keepsIncidents: false }]);
  });

  it("orders what happens to a connection by its time, whatever the order of the lines", () => {
    const script = parse('at 3d "Jamf" turns rejected', 'at 1d "Jamf" falls silent');

    expect(connectionOf(script)?.timeline).toMatchObject([
      { at: "P1D", do: "beat" },
      { at: "P3D", do: "set", state: "rejected" },
    ]);
  });

  it("knows a connector by its name in messages and by its connectorName", () => {
    const script = parse('connector "appleDepLastSyncDateTime"');

    expect(connectionOf(script, 1)).toMatchObject({ connectorName: "vppTokenLastSyncDateTime" });
    expect(connectionOf(script, 2)).toMatchObject({ connectorName: "appleDepLastSyncDateTime" });
  });

  it("gives each tenant the connections below it", () => {
    const script = parse("tenant Fabrikam", 'partner "Lookout" device');

    expect(script.scenario.tenants.map(({ name, connections }) => [name, connections.length])).toEqual([
      ["Contoso (simulated)", 2],
      ["Fabrikam (simulated)", 1],
    ]);
  });

  it("takes what npm start shows, to which more may happen", () => {
    const text = `# It\nsimulated healthy\nat 2d "SOTI MobiControl" turns enabled\n${END}`;

    const { scenario } = parseScript(text, "x");

    expect(scenario.tenants[0]?.connections).toHaveLength(6);
    expect(scenario.tenants[0]?.connections[3]?.timeline).toEqual([{ at: "P2D", do: "set", state: "enabled" }]);
  });

  it("lets the configuration change over time", () => {
    const script = parse(
      "set heartbeat-age warnAfter 48h",
      "set heartbeat-age errorFrom P4D from 2d",
      'set sync-age enabled no for "Apple*"',
      'set sync-age confirmPolls 1 for "Apple*" from 3d',
      "unwatch connectorStatus from 4d",
    );

    expect(policyAt(script, 0)?.rules.rules["heartbeat-age"]?.limits).toEqual({ warnAfterMs: 48 * HOUR_MS });
    expect(policyAt(script, 2 * DAY_MS)?.rules.rules["heartbeat-age"]?.limits).toEqual({
      warnAfterMs: 48 * HOUR_MS,
      errorFromMs: 4 * DAY_MS,
    });
    expect(policyAt(script, 3 * DAY_MS)?.rules.overrides).toEqual([
      { match: { name: "Apple*" }, rules: { "sync-age": { enabled: false, confirmPolls: 1 } } },
    ]);
    expect(policyAt(script, 4 * DAY_MS - 1)?.sources).toHaveLength(3);
    expect(policyAt(script, 4 * DAY_MS)?.sources).toHaveLength(2);
  });

  it("has the channels that are named instead of the default, and adds those that come later", () => {
    const named = parse(
      "channel chat slack info",
      "channel pager pagerduty error from 2d",
      "remove channel chat from 3d",
    );
    const late = parse("channel pager pagerduty error from 2d");

    const namesAt = (script: Script, day: number) => policyAt(script, day * DAY_MS)?.channels.map(({ name }) => name);
    expect([0, 2, 3].map((day) => namesAt(named, day))).toEqual([["chat"], ["chat", "pager"], ["pager"]]);
    expect([0, 2].map((day) => namesAt(late, day))).toEqual([["ops"], ["ops", "pager"]]);
    expect(policyAt(late, 2 * DAY_MS)?.channels.map((route) => route.keepsIncidents)).toEqual([false, true]);
  });

  it("wants what it says, on the only channel", () => {
    const [at, between, ...each] = parse(
      'want fired heartbeat-age warning "Jamf" at 1d because first-firing',
      'want fired heartbeat-age warning "Jamf" between 1d and 2d on ops of Contoso',
      'want reminder heartbeat-age warning "Jamf" every 24h from 1d to 3d',
    ).wants;

    expect(at).toMatchObject({
      line: 5,
      kind: "fired",
      fromMs: DAY_MS,
      toMs: DAY_MS,
      because: "first-firing",
      channel: "ops",
    });
    expect(between).toMatchObject({
      fromMs: DAY_MS,
      toMs: 2 * DAY_MS,
      tenantId: "00000000-0000-4000-8000-0000000000a1",
    });
    expect(each.map(({ fromMs, toMs }) => [fromMs / DAY_MS, toMs / DAY_MS])).toEqual([
      [1, 1],
      [2, 2],
      [3, 3],
    ]);
  });

  it("takes more statements after those of the text", () => {
    const script = parseScript(`# It\npartner A device\n${END}`, "x", ["preset strict"]);

    expect(policyAt(script, 0)?.rules.preset).toBe("strict");
  });

  it.each([
    { line: "evry 15min", problem: 'line 5: expected "every" or' },
    {
      line: "every",
      problem:
        'line 5: expected a length of time above zero, such as 4h or 15min after "every", found the end of the line',
    },
    { line: "every 0min", problem: "found 0min" },
    {
      line: 'at 3d "Jmf" falls silent',
      problem: "line 5: expected a connection of this scenario (Jamf, Apple VPP token sync), found Jmf",
    },
    {
      line: 'at 3d "Jamf" plans removal at 9d',
      problem: "expected a connection to which this can happen, found Jamf, a compliance-management-partner",
    },
    { line: 'at 3d "Jamf" falls asleep', problem: 'expected "silent" after "at 3d Jamf falls", found asleep' },
    { line: 'partner "Jamf" device', problem: "expected each connection once, found Jamf" },
    { line: "tenant Contoso", problem: "expected each tenant once, found Contoso" },
    {
      line: "connector A beats every 1h expires at 3d",
      problem: "expected a connector that beats or expires, found both",
    },
    {
      line: "set heartbeat-age warnAfter soon",
      problem: 'expected a number, a length of time, yes or no after "set heartbeat-age warnAfter", found soon',
    },
    {
      line: "set heartbeat-age warnsAfter 1h",
      problem: "line 5: expected a setting of heartbeat-age with a value that fits",
    },
    { line: "set heartbeat-age warnAfter 9d", problem: "line 5: expected warnAfter below errorFrom" },
    { line: "simulated nothing", problem: "expected a scenario that exists" },
    {
      line: 'want fired heartbeat-age warning "Jamf" between 2d and 1d',
      problem: "expected an end after 2d, found 1d",
    },
    {
      line: 'want fired heartbeat-age warning "Jamf" at 10d',
      problem: "line 5: expected a time up to 9d, the end, found 10d",
    },
    { line: 'want fired heartbeat-age warning "Jamf" at 1d on pager', problem: 'line 5: expected "on" and one of ops' },
    {
      line: 'want fired heartbeat-age warning "Jamf" at 1d of Fabrikam',
      problem: "line 5: expected a tenant of this scenario, found Fabrikam",
    },
    { line: "want nothing else until 1d", problem: 'line 6: expected nothing after "want nothing else"' },
    {
      line: "at 1d source mail fails throttled for 1h",
      problem: "expected one of deviceManagementPartners, complianceManagementPartners, connectorStatus, every",
    },
    { line: 'at 1d "Jamf" covers windows', problem: "expected none or a list of android,ios,macOs,linux" },
    { line: "at 1d storage fails 0% of calls for 1d", problem: "expected a share, such as 30%" },
    { line: "at 1d storage fails 100% of calls for 1d", problem: "expected a share, such as 30%" },
    { line: 'at 10d "Jamf" falls silent', problem: "line 5: expected a time up to 9d, the end, found 10d" },
    { line: "at 9d1s mute for 1h", problem: "line 5: expected a time up to 9d, the end, found 9d1s" },
    { line: "unwatch connectorStatus from 10d", problem: "line 5: expected a time up to 9d, the end, found 10d" },
    { line: "at 10d monitor stops for 1h", problem: "line 5: expected a time up to 9d, the end, found 10d" },
    {
      line: 'window "w" sat 22:00 for 6h in Europe/Berlinn',
      problem: "line 5: expected a window whose timeZone is an IANA time zone such as Europe/Berlin",
    },
    {
      line: 'window "w" sat 22:00 for 7d1min in UTC',
      problem:
        "line 5: expected a window whose duration is an ISO 8601 duration such as PT36H or P7D, from PT1M to P7D",
    },
    { line: "at 1d mute for 91d", problem: "line 5: expected a length of time up to 90d, found 91d" },
    {
      line: 'at 1d acknowledge heartbeat-age "Jamf" for 8d',
      problem: "line 5: expected a length of time up to 7d, found 8d",
    },
    {
      line: 'at 1d "Apple VPP token sync" renews until 20d',
      problem: "a connection to which this can happen, found Apple VPP token sync, a connector",
    },
    { line: "starts on 2026-02-30", problem: "expected a date of this century, such as 2026-10-24" },
    { line: "starts on 0001-01-01", problem: "expected a date of this century, such as 2026-10-24" },
    { line: "starts on 9999-12-31", problem: "expected a date of this century, such as 2026-10-24" },
  ])("refuses $line", ({ line, problem }) => {
    expect(() => parse(line)).toThrow(problem);
  });

  it("takes what happens at the end, and what lasts as long as it may", () => {
    const lines = ['at 9d "Jamf" falls silent', "at 1d mute for 90d", 'at 1d acknowledge heartbeat-age "Jamf" for 7d'];

    const script = parse(...lines, 'window "w" sat 22:00 for 7d in Europe/Berlin for "Jamf"');

    expect(policyAt(script, 0)?.maintenance).toEqual([
      {
        name: "w",
        weekdays: ["sat"],
        startMinute: 22 * 60,
        durationMs: 7 * DAY_MS,
        timeZone: "Europe/Berlin",
        match: { connection: "Jamf" },
      },
    ]);
  });

  it("lets a connector that expires not beat", () => {
    const lines = ['connector "Apple VPP token expiry" expires at 20d', 'at 1d "Apple VPP token expiry" falls silent'];

    expect(() => parse(...lines)).toThrow(
      "line 6: expected a connection to which this can happen, found Apple VPP token expiry, a connector that expires",
    );
  });

  it.each([
    { text: "", problem: "expected a comment that says what happens" },
    { text: `# It\n${END}`, problem: "expected a partner, a connector or a tenant" },
    {
      text: "# It\npartner A device\n",
      problem: 'x line 3: expected a want, at least "want nothing else until <time>" at the end',
    },
    {
      text: "# It\npartner A device\nwant nothing else until 0d",
      problem: "x line 3: expected a time after the start",
    },
  ])("refuses a scenario that is not whole: $problem", ({ text, problem }) => {
    expect(() => parseScript(text, "x")).toThrow(problem);
  });

  it("says everything that is wrong at once", () => {
    const lines = ["evry 1h", "tenat A", "at 10d unmute"];

    expect(() => parse(...lines)).toThrow(/x line 5: .*\nx line 6: .*\nx line 7: /);
  });

  it("names a statement that came from elsewhere by its text", () => {
    expect(() => parseScript(`# It\npartner A device\n${END}`, "x", ["preset lax"])).toThrow(
      '"preset lax": expected one of',
    );
  });
});
