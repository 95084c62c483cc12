import { describe, expect, it } from "vitest";
import { parseRoute, type Route, toHash } from "../../../../dashboard/model/parse-route.ts";

const KEY = "0123456789abcdef0123456789abcdef";
const OVERVIEW = { view: "overview", tenant: undefined };

describe("parseRoute()", () => {
  it.each([
    ["", OVERVIEW],
    ["#/", OVERVIEW],
    ["#/nowhere", OVERVIEW],
    ["#/connection/t1/not-a-key", OVERVIEW],
    ["#/connection", OVERVIEW],
    ["#/%E0%A4%A/x", OVERVIEW],
    ["#/deadlines?tenant=t1", { view: "deadlines", tenant: "t1" }],
    [`#/connection/t1/${KEY}`, { view: "connection", tenant: "t1", connectionKey: KEY, day: undefined, days: 30 }],
    [
      `#/connection/t1/${KEY}?days=90&day=2026-11-15`,
      { view: "connection", tenant: "t1", connectionKey: KEY, day: "2026-11-15", days: 90 },
    ],
    [
      `#/connection/t1/${KEY}?days=31&day=yesterday`,
      { view: "connection", tenant: "t1", connectionKey: KEY, day: undefined, days: 30 },
    ],
  ])("reads %s", (hash, want) => {
    expect(parseRoute(hash)).toEqual(want);
  });
});

describe("toHash()", () => {
  it.each<Route>([
    { view: "overview", tenant: undefined },
    { view: "silences", tenant: "a tenant/with&marks" },
    { view: "connection", tenant: "t/1", connectionKey: KEY, day: "2026-11-15", days: 7 },
    { view: "connection", tenant: "fleet", connectionKey: KEY, day: undefined, days: 30 },
  ])("writes what parseRoute() reads again: %o", (route) => {
    expect(parseRoute(toHash(route))).toEqual(route);
  });
});
