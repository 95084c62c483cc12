import { describe, expect, it } from "vitest";
import { RULE_IDS } from "../../../src/domain/rules/rule.ts";
import { toIso } from "../../../src/domain/time.ts";
import { DAY_MS } from "../../../src/domain/units.ts";
import { parseHistoryQuery } from "../../../src/http/parse-history-query.ts";
import { at, TENANT } from "./builders.ts";

const NOW_MS = at("2026-11-22T10:07:42.123Z");
const KEY = "0123456789abcdef0123456789abcdef";

function parse(query: string) {
  return parseHistoryQuery(new URLSearchParams(query), NOW_MS);
}

function errorsOf(query: string) {
  const parsed = parse(query);
  return parsed.kind === "bad" ? parsed.errors : [];
}

function windowOf(query: string) {
  const parsed = parse(query);
  return parsed.kind === "ok" ? [toIso(parsed.query.fromMs), toIso(parsed.query.toMs)] : parsed.errors;
}

const NO_INSTANT = "must be an RFC 3339 date-time from 1970 on, such as 2026-11-22T00:00:00Z; write + as %2B";
const NO_VIEW = "must be one of snapshots, events, intervals, uptime, daily";
const NO_CONNECTION =
  "must be one connection key (32 hex digits) or connection id (<kind>:<id>); an id with a comma is asked for by its key";

describe("parseHistoryQuery()", () => {
  it("fills in every default", () => {
    expect(parse("")).toEqual({
      kind: "ok",
      query: {
        view: "events",
        fromMs: at("2026-11-15T10:07:00Z"),
        toMs: at("2026-11-22T10:07:00Z"),
        maxPageSize: 100,
        format: "json",
      },
    });
  });

  it.each([
    { query: "", accept: "text/csv", want: "csv" },
    { query: "format=ndjson", accept: "text/csv", want: "ndjson" },
    { query: "format=json", accept: "text/csv", want: "json" },
    { query: "", accept: "text/html", want: "json" },
  ])("lets the format be $want by '$query' and Accept: $accept", ({ query, accept, want }) => {
    expect(parseHistoryQuery(new URLSearchParams(query), NOW_MS, accept)).toMatchObject({ query: { format: want } });
  });

  it("takes every parameter at its word", () => {
    const parsed = parse(
      `tenant=${TENANT.tenantId.toUpperCase()}&connection=${KEY}&view=events&from=2026-11-01T00:00:00%2B02:00` +
        "&to=2026-11-02T00:00:00Z&rule=expiry&severity=error&maxpagesize=1000&format=json&pagetoken=t",
    );

    expect(parsed).toEqual({
      kind: "ok",
      query: {
        tenant: TENANT.tenantId,
        connection: KEY,
        view: "events",
        fromMs: at("2026-10-31T22:00:00Z"),
        toMs: at("2026-11-02T00:00:00Z"),
        rule: "expiry",
        severity: "error",
        maxPageSize: 1000,
        pageToken: "t",
        format: "json",
      },
    });
  });

  it.each([
    { query: "", view: "events" },
    { query: `connection=${KEY}`, view: "snapshots" },
    { query: "connection=connector:x:default", view: "snapshots" },
    { query: `connection=${KEY}&view=events`, view: "events" },
    { query: `connection=${KEY}&view=intervals&rule=expiry&severity=info`, view: "intervals" },
    { query: `connection=${KEY}&view=intervals&scope=whole`, view: "intervals" },
    { query: `connection=${KEY}&view=uptime`, view: "uptime" },
  ])("shows $view for '$query'", ({ query, view }) => {
    expect(parse(query)).toMatchObject({ query: { view } });
  });

  it.each([
    { query: "", want: ["2026-11-15T10:07:00Z", "2026-11-22T10:07:00Z"] },
    { query: "to=2027-01-01T00:00:00Z", want: ["2026-11-15T10:07:00Z", "2026-11-22T10:07:00Z"] },
    { query: "to=2026-11-22T10:07:42.124Z", want: ["2026-11-15T10:07:00Z", "2026-11-22T10:07:00Z"] },
    { query: "to=2026-11-22T10:07:42.123Z", want: ["2026-11-15T10:07:42.123Z", "2026-11-22T10:07:42.123Z"] },
    { query: "to=2026-11-10T00:00:00Z", want: ["2026-11-03T00:00:00Z", "2026-11-10T00:00:00Z"] },
    { query: "to=1970-01-02T00:00:00Z", want: ["1970-01-01T00:00:00Z", "1970-01-02T00:00:00Z"] },
    { query: "from=2026-11-22T10:06:59Z", want: ["2026-11-22T10:06:59Z", "2026-11-22T10:07:00Z"] },
    { query: "from=2025-10-18T10:07:00Z", want: ["2025-10-18T10:07:00Z", "2026-11-22T10:07:00Z"] },
    // The token comes from a worker whose clock is ahead of ours: its `to` stays as it was.
    { query: "to=2026-11-22T10:08:00Z&pagetoken=t", want: ["2026-11-15T10:08:00Z", "2026-11-22T10:08:00Z"] },
    { query: "to=2026-11-22T10:09:00Z&pagetoken=t", want: ["2026-11-15T10:07:00Z", "2026-11-22T10:07:00Z"] },
  ])("makes a window of '$query'", ({ query, want }) => {
    expect(windowOf(query)).toEqual(want);
  });

  it.each([
    { query: "tenant=contoso", parameter: "tenant", message: "must be a tenant id (GUID), or fleet" },
    {
      query: `tenant=${TENANT.tenantId},${TENANT.tenantId}`,
      parameter: "tenant",
      message: "must be a tenant id (GUID), or fleet",
    },
    { query: "tenant=", parameter: "tenant", message: "must be a tenant id (GUID), or fleet" },
    { query: "connection=jamf", parameter: "connection", message: NO_CONNECTION },
    { query: `connection=${KEY}0`, parameter: "connection", message: NO_CONNECTION },
    { query: `connection=${KEY},${KEY}`, parameter: "connection", message: NO_CONNECTION },
    { query: "connection=connector:a:1,connector:b:1", parameter: "connection", message: NO_CONNECTION },
    { query: "connection=connector:", parameter: "connection", message: NO_CONNECTION },
    { query: "view=weekly", parameter: "view", message: NO_VIEW },
    { query: "view=daily", parameter: "view", message: "must be events without a connection" },
    { query: "view=events,events", parameter: "view", message: NO_VIEW },
    { query: "view=snapshots", parameter: "view", message: "must be events without a connection" },
    { query: "view=intervals", parameter: "view", message: "must be events without a connection" },
    { query: "view=uptime", parameter: "view", message: "must be events without a connection" },
    { query: "from=yesterday", parameter: "from", message: NO_INSTANT },
    { query: "from=", parameter: "from", message: NO_INSTANT },
    { query: "from=2026-11-22", parameter: "from", message: NO_INSTANT },
    { query: "from=2026-11-22T00:00:00", parameter: "from", message: NO_INSTANT },
    { query: "from=2026-11-22T00:00:00+01:00", parameter: "from", message: NO_INSTANT },
    { query: "from=2026-02-30T00:00:00Z", parameter: "from", message: NO_INSTANT },
    { query: "from=1795334400000", parameter: "from", message: NO_INSTANT },
    { query: "from=1969-12-31T23:59:59Z", parameter: "from", message: NO_INSTANT },
    { query: "to=2026-11-22T24:00:00Z", parameter: "to", message: NO_INSTANT },
    {
      query: "from=2026-11-22T10:07:00Z",
      parameter: "from",
      message: "must be before to, which is 2026-11-22T10:07:00Z",
    },
    {
      query: "from=2027-01-01T00:00:00Z",
      parameter: "from",
      message: "must be before to, which is 2026-11-22T10:07:00Z",
    },
    {
      query: "from=2025-10-18T10:06:59Z",
      parameter: "from",
      message: "must be at most 400 days before to, which is 2026-11-22T10:07:00Z",
    },
    { query: "maxpagesize=0", parameter: "maxpagesize", message: "must be a whole number from 1 to 1000" },
    { query: "maxpagesize=1001", parameter: "maxpagesize", message: "must be a whole number from 1 to 1000" },
    { query: "maxpagesize=-1", parameter: "maxpagesize", message: "must be a whole number from 1 to 1000" },
    { query: "maxpagesize=1e2", parameter: "maxpagesize", message: "must be a whole number from 1 to 1000" },
    { query: "maxpagesize=10,10", parameter: "maxpagesize", message: "must be a whole number from 1 to 1000" },
    { query: "rule=heartbeat", parameter: "rule", message: `must be one of ${RULE_IDS.join(", ")}` },
    { query: "rule=expiry,sync-age", parameter: "rule", message: `must be one of ${RULE_IDS.join(", ")}` },
    { query: "severity=fatal", parameter: "severity", message: "must be one of info, warning, error, critical" },
    { query: "scope=all", parameter: "scope", message: "must be one of whole, rules" },
    { query: "scope=whole", parameter: "scope", message: "must be left out, or used with view=intervals" },
    {
      query: `connection=${KEY}&view=uptime&scope=whole`,
      parameter: "scope",
      message: "must be left out, or used with view=intervals",
    },
    { query: "format=xml", parameter: "format", message: "must be one of json, csv, ndjson" },
    {
      query: "format=csv&maxpagesize=1",
      parameter: "maxpagesize",
      message: "must be left out with csv, which comes whole",
    },
    {
      query: "format=ndjson&pagetoken=x",
      parameter: "pagetoken",
      message: "must be left out with ndjson, which comes whole",
    },
    { query: "limit=10", parameter: "limit", message: expect.stringContaining("which takes tenant, connection, view") },
    { query: "maxPageSize=10", parameter: "maxPageSize", message: expect.stringMatching(/, maxpagesize\b/) },
    { query: "from=2026-11-01T00:00:00Z&from=2026-11-01T00:00:00Z", parameter: "from", message: "must be given once" },
    {
      query: `connection=${KEY}&rule=expiry`,
      parameter: "rule",
      message: "must be left out, or used with view=events or intervals",
    },
    {
      query: `connection=${KEY}&severity=info`,
      parameter: "severity",
      message: "must be left out, or used with view=events or intervals",
    },
    {
      query: `connection=${KEY}&view=uptime&rule=expiry`,
      parameter: "rule",
      message: "must be left out, or used with view=events or intervals",
    },
    {
      query: `connection=${KEY}&view=uptime&severity=info`,
      parameter: "severity",
      message: "must be left out, or used with view=events or intervals",
    },
  ])("refuses '$query'", ({ query, parameter, message }) => {
    expect(errorsOf(query)).toEqual([{ parameter, message }]);
  });

  it("names all that is wrong at once", () => {
    const parameters = errorsOf("tenant=x&view=x&from=x&to=x&maxpagesize=x&x=x").map(({ parameter }) => parameter);

    expect(parameters).toEqual(["tenant", "view", "from", "to", "maxpagesize", "x"]);
  });

  it("allows a window of exactly 400 days", () => {
    const to = at("2026-11-01T00:00:00Z");

    expect(windowOf(`from=${toIso(to - 400 * DAY_MS)}&to=${toIso(to)}`)).toEqual([toIso(to - 400 * DAY_MS), toIso(to)]);
  });
});
