import { describe, expect, it } from "vitest";
import { authorizeWrite } from "../../../src/http/authorize-write.ts";
import { aRequest, bodyOf } from "./builders.ts";

const isKey = (given: string) => given === "right";

function principal(claims: readonly object[]): string {
  return Buffer.from(JSON.stringify({ auth_typ: "aad", claims }), "utf8").toString("base64");
}

const operator = principal([
  { typ: "preferred_username", val: "Zoë@contoso.com" },
  { typ: "roles", val: "Monitor.Operator" },
]);

function ask(headers: Record<string, string>, access: Partial<Parameters<typeof authorizeWrite>[1]> = {}) {
  return authorizeWrite(aRequest("/api/v1/silences", headers), { isKey, trustsPlatform: false, ...access });
}

describe("authorizeWrite()", () => {
  it("allows the right key, without a name", () => {
    expect(ask({ "x-monitor-write-key": "right" })).toEqual({ kind: "allowed" });
  });

  it("allows an operator by the name that the platform vouches for", () => {
    const writer = ask({ "x-ms-client-principal": operator }, { trustsPlatform: true });

    expect(writer).toEqual({ kind: "allowed", principal: "Zoë@contoso.com" });
  });

  const refusals = [
    { why: "no key is sent", headers: {}, access: {}, says: "needs the right key in x-monitor-write-key" },
    { why: "the key is wrong", headers: { "x-monitor-write-key": "wrong" }, access: {}, says: "needs the right key" },
    {
      why: "a principal is sent where the platform is not trusted",
      headers: { "x-ms-client-principal": operator },
      access: {},
      says: "needs the right key",
    },
    {
      why: "the principal is no operator",
      headers: { "x-ms-client-principal": principal([{ typ: "name", val: "Ann" }]) },
      access: { trustsPlatform: true },
      says: "or the app role Monitor.Operator",
    },
    {
      why: "the principal has the role and no name",
      headers: { "x-ms-client-principal": principal([{ typ: "roles", val: "Monitor.Operator" }]) },
      access: { trustsPlatform: true },
      says: "needs the right key",
    },
    {
      why: "the principal is rubbish",
      headers: { "x-ms-client-principal": "%%%" },
      access: { trustsPlatform: true, isKey: undefined },
      says: "A write needs the app role",
    },
    {
      why: "writes are off",
      headers: { "x-monitor-write-key": "" },
      access: { isKey: undefined },
      says: "MONITOR_WRITE_KEY",
    },
  ];

  it.each(refusals)("answers 403 when $why", ({ headers, access, says }) => {
    const writer = ask(headers, access);

    expect(writer.kind).toBe("refused");
    if (writer.kind === "allowed") return;
    expect(writer.reply.status).toBe(403);
    expect(bodyOf(writer.reply).detail).toContain(says);
  });
});
