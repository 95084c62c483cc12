import { describe, expect, it } from "vitest";
import type { ConnectionLine } from "../../../src/domain/poll/tenant-overview.ts";
import { renderOpenMetrics } from "../../../src/http/open-metrics.ts";
import { toConnectionMetrics } from "../../../src/http/to-connection-metrics.ts";
import { at } from "./builders.ts";
import { parseOpenMetrics } from "./open-metrics-text.ts";
import { aLine, anOverview } from "./watched-overviews.ts";

const NOW_MS = at("2026-11-22T12:00:00Z");

/** The samples of one name of one connection, as `<labels of its own> <value>`. */
function samplesOf(line: Partial<ConnectionLine>, name: string, blindSources: readonly string[] = []) {
  const overview = anOverview({ connections: [aLine(line)], blindSources });
  const families = parseOpenMetrics(renderOpenMetrics(toConnectionMetrics([overview], NOW_MS)));
  return (families.get(`intune_monitor_${name}`)?.metrics ?? []).map(({ labels = {}, value }) => {
    const { tenant: _tenant, connection: _connection, ...rest } = labels;
    return [...Object.values(rest), value].join(" ");
  });
}

describe("toConnectionMetrics()", () => {
  it.each([
    { name: "connection_info", line: {}, want: ["device-management-partner Contoso Bridge active 1"] },
    { name: "connection_verdict", line: { verdict: "critical" } as const, want: ["critical 1"] },
    { name: "connection_state", line: { state: "unresponsive" }, want: ["unresponsive 1"] },
    {
      name: "alert",
      line: { alerts: [{ ruleId: "heartbeat-age", phase: "firing", severity: "error" }] } as const,
      want: ["heartbeat-age firing error 1"],
    },
    { name: "alert", line: {}, want: [] },
    { name: "last_contact_timestamp_seconds", line: {}, want: ["1795338000"] },
    { name: "contact_age_seconds", line: {}, want: ["3600"] },
    { name: "contact_age_seconds", line: { lastContactMs: at("2026-11-22T11:00:00Z") }, want: ["0"] },
    {
      name: "deadline_timestamp_seconds",
      line: { nonComplianceDeadlineMs: NOW_MS, removalDeadlineMs: NOW_MS + 1_500 },
      want: ["noncompliance 1795348800", "removal 1795348801.5"],
    },
    {
      name: "deadline_left_seconds",
      line: { expiryMs: NOW_MS - 86_400_000, removalDeadlineMs: NOW_MS + 60_000 },
      want: ["removal 60", "expiry -86400"],
    },
  ])("gives $name: $want", ({ name, line, want }) => {
    expect(samplesOf(line, name)).toEqual(want);
  });

  it("gives no age while the source cannot be read, but still the last contact", () => {
    const blind = ["deviceManagementPartners: throttled"];

    expect(samplesOf({}, "contact_age_seconds", blind)).toEqual([]);
    expect(samplesOf({}, "last_contact_timestamp_seconds", blind)).toHaveLength(1);
    expect(samplesOf({ kind: "connector" }, "contact_age_seconds", blind)).toHaveLength(1);
  });

  it("leaves out what an older version did not write, and dates that were never read", () => {
    const { connectionKey, kind, name, standing, alerts } = aLine();
    const overview = anOverview({ connections: [{ connectionKey, kind, name, standing, alerts }] });

    const families = parseOpenMetrics(renderOpenMetrics(toConnectionMetrics([overview], NOW_MS)));

    expect([...families.keys()]).toEqual(["intune_monitor_connection_info"]);
  });

  it.each([
    { name: "a quote and an end of line", text: 'x"} 1\n# EOF\nevil 1' },
    { name: "marks of direction", text: "a\u202eb\u2066c" },
    { name: "a lone surrogate", text: "a\ud83d" },
    { name: "10 KB", text: "ä".repeat(10_000) },
    { name: "a backslash at its end", text: "C:\\" },
  ])("keeps a name of $name inert and short", ({ text }) => {
    const [info = ""] = samplesOf({ name: text, state: text }, "connection_info");

    expect(info).toMatch(/^device-management-partner .{1,64} active 1$/u);
    expect(info).not.toMatch(/[\p{Cc}\p{Cs}\p{Bidi_Control}]/u);
  });
});
