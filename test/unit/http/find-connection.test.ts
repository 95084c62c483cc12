import { describe, expect, it } from "vitest";
import {
  findConnection,
  readTenant,
  unknownConnection,
  unreadableConnection,
} from "../../../src/http/find-connection.ts";
import { aRequest, bodyOf, TENANT } from "./builders.ts";

const PATH = "/api/v1/connections/x";
const KEY = "0123456789abcdef0123456789abcdef";

function find(connectionKey?: string) {
  return findConnection({ ...aRequest(PATH), params: connectionKey === undefined ? {} : { connectionKey } }, [TENANT]);
}

describe("readTenant()", () => {
  it.each([
    { query: "", want: TENANT },
    { query: `?tenant=${TENANT.tenantId}&code=s3cret`, want: TENANT },
    { query: "?tenant=fleet", want: { tenantId: "fleet" } },
  ])("finds the tenant of '$query'", ({ query, want }) => {
    expect(readTenant(aRequest(PATH + query), [TENANT])).toMatchObject({ kind: "found", tenant: want });
  });

  it.each(["?tenant=x", "?rule=expiry"])("refuses '%s' with 400", (query) => {
    expect(readTenant(aRequest(PATH + query), [TENANT])).toMatchObject({ kind: "refused", reply: { status: 400 } });
  });
});

describe("findConnection()", () => {
  it("reads a key in any letter case", () => {
    expect(find(KEY.toUpperCase())).toEqual({ kind: "found", tenant: TENANT, connectionKey: KEY });
  });

  it.each([undefined, "", `${KEY}0`, "live|head", "connector:x:default"])("answers 404 to the key %s", (key) => {
    expect(find(key)).toMatchObject({ kind: "refused", reply: { status: 404 } });
  });
});

describe("unknownConnection() and unreadableConnection()", () => {
  it("tell apart what is not there and what cannot be read", () => {
    const replies = [unknownConnection, unreadableConnection].map((refuse) => refuse(aRequest(PATH)));

    expect(replies.map((reply) => [reply.status, bodyOf(reply).detail])).toEqual([
      [404, "The tenant has no such connection"],
      [409, expect.stringContaining("cannot be read")],
    ]);
  });
});
