import { describe, expect, it } from "vitest";
import { toCalendarEvents } from "../../../src/http/to-calendar.ts";
import { at, OTHER_TENANT, TENANT } from "./builders.ts";
import { aLine, aWatchedTenant } from "./watched-overviews.ts";

const SOON = at("2026-11-28T06:00:00Z");
const LATER = at("2027-01-01T00:00:00Z");

function eventsOf(line: Parameters<typeof aLine>[0]) {
  return toCalendarEvents([aWatchedTenant({ connections: [aLine(line)] })]);
}

describe("toCalendarEvents()", () => {
  it.each([
    {
      kind: "noncompliance",
      line: { nonComplianceDeadlineMs: SOON },
      want: "Devices of Contoso Bridge become non-compliant",
    },
    { kind: "removal", line: { removalDeadlineMs: SOON }, want: "Devices of Contoso Bridge are removed from Intune" },
    { kind: "expiry", line: { expiryMs: SOON }, want: "Contoso Bridge expires" },
  ])("tells of a date of $kind", ({ kind, line, want }) => {
    expect(eventsOf(line)).toEqual([
      {
        uid: `${kind}-${"a".repeat(32)}-${TENANT.tenantId}@intune-partner-monitor`,
        revisedMs: at("2026-11-22T10:00:00Z"),
        atMs: SOON,
        summary: `${want} (Contoso)`,
        description: expect.stringContaining("2026-11-28T06:00:00Z\nTenant: Contoso\n"),
        category: "Microsoft Intune",
      },
    ]);
  });

  it("keeps its id when a poll moves the date, and is a later revision", () => {
    const lastSlotMs = at("2026-11-22T10:15:00Z");
    const [before] = eventsOf({ removalDeadlineMs: SOON });
    const connections = [aLine({ removalDeadlineMs: LATER })];

    const [after] = toCalendarEvents([aWatchedTenant({ lastSlotMs, connections })]);

    expect(after?.uid).toBe(before?.uid);
    expect([before?.revisedMs, after?.revisedMs]).toEqual([at("2026-11-22T10:00:00Z"), lastSlotMs]);
  });

  it("comes soonest first over all tenants, and tells one connection id in two tenants apart", () => {
    const first = aWatchedTenant({ connections: [aLine({ expiryMs: LATER, removalDeadlineMs: SOON })] });
    const second = aWatchedTenant({ ...OTHER_TENANT, connections: [aLine({ expiryMs: LATER })] });

    const events = toCalendarEvents([second, first]);

    expect(events.map(({ atMs }) => atMs)).toEqual([SOON, LATER, LATER]);
    expect(new Set(events.map(({ uid }) => uid)).size).toBe(3);
  });

  it.each(["retired", "not-configured"] as const)("tells of a %s connection", (standing) => {
    expect(eventsOf({ standing, removalDeadlineMs: SOON })).toHaveLength(1);
  });

  it("tells nothing of an ignored connection, of one without dates, or of a tenant not polled yet", () => {
    expect(eventsOf({ standing: "ignored", removalDeadlineMs: SOON })).toEqual([]);
    expect(eventsOf({})).toEqual([]);
    expect(toCalendarEvents([OTHER_TENANT])).toEqual([]);
  });

  it.each(["a\u202eb", "x\r\nEND:VCALENDAR", "y".repeat(10_000)])("keeps a hostile name inert and short", (name) => {
    const [event] = eventsOf({ name, expiryMs: SOON });

    expect(event?.summary).toMatch(/^.{1,64} expires \(Contoso\)$/u);
    expect(event?.summary).not.toMatch(/[\p{Cc}\p{Bidi_Control}]/u);
  });
});
