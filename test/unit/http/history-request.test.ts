import { describe, expect, it } from "vitest";
import { type CheckedHistoryQuery, toHistoryParameters, toHistoryRequest } from "../../../src/http/history-request.ts";
import { at, TENANT } from "./builders.ts";

const QUERY: CheckedHistoryQuery = {
  tenantId: TENANT.tenantId,
  connectionKey: "k",
  view: "events",
  fromMs: at("2026-11-01T00:00:00Z"),
  toMs: at("2026-11-02T00:00:00.5Z"),
  rule: "expiry",
  severity: "error",
  scope: "whole",
  maxPageSize: 7,
  format: "json",
  pageToken: "v1.1.2",
};
const { connectionKey: _, rule: _rule, severity: _severity, scope: _scope, ...BARE } = QUERY;

describe("toHistoryParameters()", () => {
  it("spells out all but the page token, in one order", () => {
    expect(decodeURIComponent(toHistoryParameters(QUERY).toString())).toBe(
      `tenant=${TENANT.tenantId}&view=events&from=2026-11-01T00:00:00Z&to=2026-11-02T00:00:00.500Z` +
        "&connection=k&rule=expiry&severity=error&scope=whole&maxpagesize=7",
    );
  });

  it("leaves out what the query does not have", () => {
    expect([...toHistoryParameters(BARE).keys()]).toEqual(["tenant", "view", "from", "to", "maxpagesize"]);
  });
});

describe("toHistoryRequest()", () => {
  const range = { tenantId: TENANT.tenantId, fromMs: QUERY.fromMs, toMs: QUERY.toMs, limit: 7 };

  it.each([
    {
      name: "the first page of events",
      query: QUERY,
      after: undefined,
      want: { view: "events", range, connectionKey: "k", filter: { rule: "expiry", severity: "error" } },
    },
    {
      name: "the next page of snapshots",
      query: { ...QUERY, view: "snapshots" } as const,
      after: "9",
      want: { view: "snapshots", range: { ...range, after: "9" }, connectionKey: "k" },
    },
    {
      name: "the events of a whole tenant",
      query: BARE,
      after: undefined,
      want: { view: "events", range, filter: {} },
    },
  ])("asks for $name", ({ query, after, want }) => {
    expect(toHistoryRequest(query, after)).toEqual(want);
  });
});
