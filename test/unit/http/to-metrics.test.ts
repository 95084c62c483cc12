import { describe, expect, it } from "vitest";
import type { WatchedOverview } from "../../../src/app/load-overviews.ts";
import { renderOpenMetrics } from "../../../src/http/open-metrics.ts";
import { toMetrics } from "../../../src/http/to-metrics.ts";
import { at, OTHER_TENANT, TENANT } from "./builders.ts";
import { parseOpenMetrics } from "./open-metrics-text.ts";
import { anOverview, aWatchedTenant } from "./watched-overviews.ts";

const NOW_MS = at("2026-11-22T10:05:00Z");
const tenant = TENANT.tenantId;

/** The samples of one name, as `<labels but tenant> <value>`. */
function samplesOf(tenants: readonly WatchedOverview[], name: string): readonly string[] {
  const families = parseOpenMetrics(renderOpenMetrics(toMetrics(tenants, NOW_MS)));
  return (families.get(name)?.metrics ?? []).map(({ labels = {}, value }) => {
    const { tenant: _, ...rest } = labels;
    return [...Object.values(rest), value].join(" ");
  });
}

describe("toMetrics()", () => {
  it.each([
    { name: "intune_monitor_tenant_info", want: ["Contoso 1"] },
    { name: "intune_monitor_tenant_polled", want: ["1"] },
    { name: "intune_monitor_last_poll_timestamp_seconds", want: ["1795341600"] },
    { name: "intune_monitor_poll_period_seconds", want: ["900"] },
    { name: "intune_monitor_polls_total", want: ["read 9", "unreadable 1"] },
    { name: "intune_monitor_notifications_planned_total", want: ["7"] },
    { name: "intune_monitor_notifications", want: ["waiting 2", "dead 0"] },
    { name: "intune_monitor_open_alerts", want: ["info 0", "warning 1", "error 0", "critical 2"] },
    { name: "intune_monitor_connections", want: ["active 1", "not-configured 0", "retired 0", "ignored 0"] },
    { name: "intune_monitor_blind_sources", want: [] },
    { name: "intune_monitor_unreadable_rows", want: ["0"] },
    { name: "intune_monitor_connections_left_out", want: ["0"] },
  ])("gives $name of each tenant", ({ name, want }) => {
    expect(samplesOf([aWatchedTenant()], name)).toEqual(want);
  });

  it("names the blind sources with their reason", () => {
    const blind = aWatchedTenant({ blindSources: ["connectorStatus: forbidden"] });

    expect(samplesOf([blind], "intune_monitor_blind_sources")).toEqual(["connectorStatus forbidden 1"]);
  });

  it("says of a tenant that was never polled that it was not, and nothing else", () => {
    const text = renderOpenMetrics(toMetrics([OTHER_TENANT], NOW_MS));

    expect([...parseOpenMetrics(text).keys()]).toEqual(["intune_monitor_tenant_info", "intune_monitor_tenant_polled"]);
    expect(samplesOf([OTHER_TENANT], "intune_monitor_tenant_polled")).toEqual(["0"]);
  });

  it("leaves out what an older version did not count", () => {
    const { counts: _counts, outbox: _outbox, ...older } = anOverview();
    const tenants = [{ ...TENANT, overview: older }];

    expect(samplesOf(tenants, "intune_monitor_polls_total")).toEqual([]);
    expect(samplesOf(tenants, "intune_monitor_notifications")).toEqual([]);
    expect(samplesOf(tenants, "intune_monitor_poll_period_seconds")).toEqual(["900"]);
  });

  it("gives each series of several tenants once, a family in one piece", () => {
    const tenants = [aWatchedTenant(), aWatchedTenant({ ...OTHER_TENANT }), aWatchedTenant({ tenantId: "fleet" })];

    const families = parseOpenMetrics(renderOpenMetrics(toMetrics(tenants, NOW_MS)));

    expect(families.get("intune_monitor_connection_info")?.metrics.map(({ labels }) => labels?.["tenant"])).toEqual([
      tenant,
      OTHER_TENANT.tenantId,
      "fleet",
    ]);
  });
});
