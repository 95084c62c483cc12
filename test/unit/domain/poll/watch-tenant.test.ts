import { describe, expect, it } from "vitest";
import { watchTenant } from "../../../../src/domain/poll/watch-tenant.ts";
import { DAY_MS, HOUR_MS, MINUTE_MS } from "../../../../src/domain/units.ts";
import { aPolicy } from "../../../builders/a-policy.ts";
import { anOverviewLine } from "./an-overview-line.ts";

const NOW_MS = Date.UTC(2026, 10, 22);
const tenant = aPolicy();

function watch(line: Parameters<typeof anOverviewLine>[0], resumedSlotMs: number | undefined = NOW_MS - DAY_MS) {
  return watchTenant({ tenant, line: anOverviewLine(line), resumedSlotMs }, NOW_MS);
}

describe("watchTenant()", () => {
  it.each([
    { name: "the newest poll", line: { polledAtMs: NOW_MS - HOUR_MS }, want: NOW_MS - HOUR_MS },
    {
      name: "its configuration, where that is newer",
      line: { polledAtMs: NOW_MS - HOUR_MS, configuredSinceMs: NOW_MS - MINUTE_MS },
      want: NOW_MS - MINUTE_MS,
    },
    {
      name: "our return, where that is newest",
      line: { polledAtMs: NOW_MS - 3 * DAY_MS, configuredSinceMs: NOW_MS - 9 * DAY_MS },
      want: NOW_MS - DAY_MS,
    },
    { name: "our return, before the first poll", line: { configuredSinceMs: 0 }, want: NOW_MS - DAY_MS },
    {
      name: "one period ago, where the newest poll is ahead of our clock by more than a minute",
      line: { polledAtMs: NOW_MS + MINUTE_MS + 1, configuredSinceMs: NOW_MS - HOUR_MS },
      want: NOW_MS - 15 * MINUTE_MS,
    },
    {
      name: "one period ago, where the newest poll is ahead of our clock by a day",
      line: { polledAtMs: NOW_MS + DAY_MS },
      want: NOW_MS - 15 * MINUTE_MS,
    },
    {
      name: "our return, where the newest poll is ahead of our clock by more than a day",
      line: { polledAtMs: NOW_MS + DAY_MS + 1 },
      want: NOW_MS - DAY_MS,
    },
    {
      name: "the newest poll, where its configuration is ahead of our clock",
      line: { polledAtMs: NOW_MS - HOUR_MS, configuredSinceMs: NOW_MS + MINUTE_MS + 1 },
      want: NOW_MS - HOUR_MS,
    },
    { name: "a poll by a clock a little ahead", line: { polledAtMs: NOW_MS + MINUTE_MS }, want: NOW_MS + MINUTE_MS },
  ])("waits since $name", ({ line, want }) => {
    expect(watch(line).waitingSinceMs).toBe(want);
  });

  it("waits since ever where nothing is known", () => {
    const line = anOverviewLine({ configuredSinceMs: NOW_MS + HOUR_MS });

    expect(watchTenant({ tenant, line, resumedSlotMs: undefined }, NOW_MS).waitingSinceMs).toBe(0);
  });

  it.each([
    { name: "the configuration's", periodMs: MINUTE_MS, want: 15 * MINUTE_MS },
    { name: "the last poll's", periodMs: HOUR_MS, want: HOUR_MS },
  ])("takes the longer period: $name", ({ periodMs, want }) => {
    expect(watch({ polledAtMs: NOW_MS, periodMs }).periodMs).toBe(want);
  });

  it("counts unreadable rows once there was a poll", () => {
    expect(watch({ polledAtMs: NOW_MS, unreadableRows: 2 })).toMatchObject({ unreadableRows: 2, lastGoodAtMs: NOW_MS });
    expect(watch({})).not.toHaveProperty("unreadableRows");
  });

  it("is the tenant from outside, under the tenant's name", () => {
    expect(watch({})).toMatchObject({
      kind: "tenant-watch",
      connectionId: `tenant:${tenant.tenantId}`,
      displayName: "Contoso",
    });
  });
});
