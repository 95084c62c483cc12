import { describe, expect, it } from "vitest";
import { doubtWhenLate, sayStandingOfAll } from "../../../../dashboard/model/say-standing.ts";
import { aConnection, anAlert, aSource, hoursAgo, NOW, named, rowsOf } from "../builders.ts";

const WELL = named("Kandji");
const SILENT = named("Jamf", { verdict: "error", lastContactDateTime: hoursAgo(24 * 9), alerts: [anAlert()] });
const DOOMED = named("VMware Workspace ONE", {
  verdict: "critical",
  alerts: [anAlert({ ruleId: "noncompliance-deadline", title: "Devices will be marked noncompliant" })],
  deadlines: [{ kind: "noncompliance", dateTime: hoursAgo(-24 * 6 - 1) }],
});
const EXPIRING = named("Apple VPP token expiry", {
  verdict: "warning",
  alerts: [anAlert({ ruleId: "expiry", title: "Certificate or token expires" })],
  deadlines: [{ kind: "expiry", dateTime: hoursAgo(-7) }],
});
const FAR = { kind: "expiry", dateTime: hoursAgo(-24 * 300) } as const;
const LOST = named("Lost", {
  verdict: "warning",
  alerts: [anAlert({ ruleId: "connection-missing", title: "Connection is gone" })],
});
const RENEWED = anAlert({ ruleId: "expiry", phase: "recovering", severity: "error" });
const DISTANT = anAlert({ ruleId: "expiry", severity: "warning" });
const UNKNOWN = named("Unseen", { verdict: "unknown" });
const RETIRED = named("Old", { verdict: "not-judged", standing: "retired", standingReason: "severed-and-silent" });
const BLIND = aSource({ verdict: "critical" });
const MUTE = aConnection({
  verdict: "error",
  alerts: [anAlert({ ruleId: "channel-failing", title: "Channel cannot deliver" })],
  reading: {
    kind: "channel",
    connectionId: "channel:old-desk",
    displayName: "old-desk",
    failures: 19,
    isOpen: false,
    problems: [],
  },
});

describe("sayStandingOfAll()", () => {
  it.each([
    {
      name: "the nearest date of what needs attention",
      rows: [DOOMED, SILENT, WELL],
      verdict: "critical",
      text: "2 of 3 connections need attention; VMware Workspace ONE's devices become noncompliant in 6 days.",
    },
    {
      name: "an expiry by the name of what expires",
      rows: [EXPIRING, WELL],
      verdict: "warning",
      text: "1 of 2 connections needs attention; Apple VPP token expires in 7 hours.",
    },
    {
      name: "a silence where no date is ahead",
      rows: [SILENT, WELL],
      verdict: "error",
      text: "1 of 2 connections needs attention; Jamf has been silent for 9 days.",
    },
    {
      name: "the gravest alert where there is neither",
      rows: [LOST],
      verdict: "warning",
      text: "1 of 1 connection needs attention; Lost: connection is gone.",
    },
    {
      name: "no date that no alert is about",
      rows: [
        named("Apple MDM push certificate", {
          verdict: "warning",
          deadlines: [FAR],
          alerts: [anAlert({ ruleId: "reported-health", title: "Microsoft reports trouble" })],
        }),
      ],
      verdict: "warning",
      text: "1 of 1 connection needs attention; Apple MDM push certificate: microsoft reports trouble.",
    },
    {
      name: "no date of an alert that recovers",
      rows: [named("Apple VPP token", { ...EXPIRING, deadlines: [FAR], alerts: [RENEWED] }), SILENT],
      verdict: "error",
      text: "2 of 2 connections need attention; Jamf has been silent for 9 days.",
    },
    {
      name: "no date that is a mere warning where something graver is",
      rows: [named("Apple VPP token", { ...EXPIRING, deadlines: [FAR], alerts: [DISTANT] }), SILENT],
      verdict: "error",
      text: "2 of 2 connections need attention; Jamf has been silent for 9 days.",
    },
    {
      name: "the date of the alert, not one that comes before it",
      rows: [
        named("Workspace ONE", {
          ...DOOMED,
          deadlines: [{ kind: "removal", dateTime: hoursAgo(-5) }, ...DOOMED.deadlines],
        }),
      ],
      verdict: "critical",
      text: "1 of 1 connection needs attention; Workspace ONE's devices become noncompliant in 6 days.",
    },
    {
      name: "the gravest of all tenants, whichever is listed first",
      rows: [LOST, SILENT],
      verdict: "error",
      text: "2 of 2 connections need attention; Jamf has been silent for 9 days.",
    },
    {
      name: "the gravest alert of it, not its silence",
      rows: [
        named("Ivanti", {
          verdict: "critical",
          alerts: [anAlert({ ruleId: "partner-state", title: "Partner is not enabled" }), anAlert()],
        }),
      ],
      verdict: "critical",
      text: "1 of 1 connection needs attention; Ivanti: partner is not enabled.",
    },
    {
      name: "what cannot be judged when nothing needs attention",
      rows: [UNKNOWN, WELL],
      verdict: "unknown",
      text: "1 connection cannot be judged now.",
    },
    {
      name: "who cannot be told beside what cannot be read",
      rows: [WELL, BLIND, MUTE],
      verdict: "critical",
      text: "1 source cannot be read; old-desk: channel cannot deliver.",
    },
    { name: "who cannot be told", rows: [WELL, MUTE], verdict: "error", text: "old-desk: channel cannot deliver." },
    { name: "our own blindness", rows: [WELL, BLIND], verdict: "critical", text: "1 source cannot be read." },
    { name: "that all is well", rows: [WELL, named("Jamf")], verdict: "ok", text: "All 2 connections are well." },
    { name: "that the one is well", rows: [WELL], verdict: "ok", text: "The one connection is well." },
    {
      name: "what waits to be confirmed",
      rows: [WELL, named("Jamf", { verdict: "pending" })],
      verdict: "pending",
      text: "All 2 connections are well, one may be turning.",
    },
    {
      name: "that nothing is judged",
      rows: [RETIRED],
      verdict: "not-judged",
      text: "There is no connection to judge.",
    },
  ])("says $name", ({ rows, verdict, text }) => {
    expect(sayStandingOfAll(rowsOf(...rows), NOW)).toMatchObject({ verdict, text });
  });

  it("says in a second sentence what else cannot be seen", () => {
    const { verdict, also } = sayStandingOfAll(rowsOf(SILENT, UNKNOWN, BLIND), NOW);

    expect(also).toBe("1 connection cannot be judged now; 1 source cannot be read.");
    expect(verdict).toBe("critical");
  });

  it.each([
    {
      unreadable: [{ rowKey: "live|state|a", connectionKey: "a" }],
      text: "1 connection is left out: its stored state cannot be read.",
    },
    {
      unreadable: ["a", "b"].map((connectionKey) => ({ rowKey: `live|state|${connectionKey}`, connectionKey })),
      text: "2 connections are left out: their stored state cannot be read.",
    },
    { unreadable: [{ rowKey: "live|outbox|a" }], text: "1 stored row cannot be read." },
  ])("is not green while $unreadable cannot be read", ({ unreadable, text }) => {
    expect(sayStandingOfAll(rowsOf(WELL), NOW, unreadable)).toEqual({ verdict: "error", text, also: undefined });
  });

  it("says what cannot be read after what needs attention", () => {
    const { verdict, also } = sayStandingOfAll(rowsOf(DOOMED), NOW, [{ rowKey: "live|state|a", connectionKey: "a" }]);

    expect(also).toBe("1 connection is left out: its stored state cannot be read.");
    expect(verdict).toBe("critical");
  });

  it("does not count what is not judged", () => {
    expect(sayStandingOfAll(rowsOf(SILENT, RETIRED, WELL), NOW).text).toMatch(/^1 of 2 connections/);
  });

  it("leaves out a date that has passed", () => {
    const passed = { ...DOOMED, deadlines: [{ kind: "removal", dateTime: hoursAgo(5) }] } as const;

    expect(sayStandingOfAll(rowsOf(passed), NOW).text).toContain("VMware Workspace ONE: devices will be marked");
  });

  it("cuts a name that would fill the page", () => {
    const long = named("x".repeat(300), { verdict: "warning", alerts: [anAlert({ ruleId: "data-problem" })] });

    expect(sayStandingOfAll(rowsOf(long), NOW).text).toContain(`${"x".repeat(59)}…: `);
  });
});

describe("doubtWhenLate()", () => {
  const well = sayStandingOfAll(rowsOf(WELL), NOW);
  const bad = sayStandingOfAll(rowsOf(SILENT), NOW);

  it("lets nothing be green that was not seen of late", () => {
    expect(doubtWhenLate(well, true)).toEqual({
      verdict: "unknown",
      text: "How things stand cannot be seen now.",
      also: "When last seen: The one connection is well.",
    });
  });

  it("keeps what is seen, and what needs attention all the same", () => {
    expect(doubtWhenLate(well, false)).toBe(well);
    expect(doubtWhenLate(bad, true)).toBe(bad);
  });
});
