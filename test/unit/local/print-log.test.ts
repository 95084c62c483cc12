import { stripVTControlCharacters } from "node:util";
import { describe, expect, it } from "vitest";
import type { LogEntry } from "../../../local/host/logs.ts";
import { formatEntry } from "../../../local/print-log.ts";

function anEntry(message: string): LogEntry {
  return { level: "information", category: "Function.pollTenant.User", functionName: "pollTenant", message };
}

function aRecord(name: string, fields: object, record = "event"): string {
  return JSON.stringify({ record, name, fields });
}

function shown(entry: LogEntry): string | undefined {
  const line = formatEntry(entry, "05:12:00", new Map([["t-1", "Contoso"]]));
  return line === undefined ? undefined : stripVTControlCharacters(line);
}

describe("formatEntry()", () => {
  it.each<{ readonly what: string; readonly entry: LogEntry; readonly line: string }>([
    {
      what: "an alert with its summary",
      entry: anEntry(
        aRecord("Notification", {
          kind: "fired",
          severity: "critical",
          title: "Critical: Jamf is silent",
          summary: "For 3 d.",
        }),
      ),
      line: "05:12:00  Critical: Jamf is silent\n          For 3 d.",
    },
    {
      what: "an end",
      entry: anEntry(
        aRecord("Notification", {
          kind: "resolved",
          severity: "critical",
          title: "Resolved: Jamf is back",
          summary: "After 3 d.",
        }),
      ),
      line: "05:12:00  Resolved: Jamf is back\n          After 3 d.",
    },
    {
      what: "a poll that polled",
      entry: anEntry(aRecord("TenantPolled", { kind: "polled", tenantId: "t-1" })),
      line: "05:12:00  polled Contoso",
    },
    {
      what: "a notification that was given up",
      entry: anEntry(aRecord("NotificationDead", { channel: "inbox", id: "a.1.fired.inbox", reason: "http-404" })),
      line: "05:12:00  Given up: inbox was not told (http-404), notification a.1.fired.inbox",
    },
    {
      what: "a send that failed",
      entry: anEntry(
        aRecord(
          "post-notification",
          { dependency: "channel", target: "inbox", success: false, reason: "http-500" },
          "dependency",
        ),
      ),
      line: "05:12:00  Not sent yet: inbox could not be told (http-500)",
    },
    {
      what: "an error of the host",
      entry: { level: "error", category: "Host", message: "Cannot run" },
      line: "05:12:00  Host  Cannot run",
    },
    {
      what: "an exception of the app",
      entry: anEntry(aRecord("DependencyError", {}, "exception")),
      line: `05:12:00  pollTenant  ${aRecord("DependencyError", {}, "exception")}`,
    },
  ])("shows $what", ({ entry, line }) => {
    expect(shown(entry)).toBe(line);
  });

  it.each([
    { what: "a poll that found its slot polled", message: aRecord("TenantPolled", { kind: "already-polled" }) },
    { what: "a call to Graph", message: aRecord("read", { success: true }, "dependency") },
    {
      what: "a call to Graph that failed",
      message: aRecord(
        "read",
        { dependency: "graph", target: "t-1", success: false, reason: "throttled" },
        "dependency",
      ),
    },
    { what: "a plain line", message: "Executed" },
    { what: "half a record", message: '{"record":"event"' },
  ])("keeps quiet about $what", ({ message }) => {
    expect(shown(anEntry(message))).toBeUndefined();
  });
});
