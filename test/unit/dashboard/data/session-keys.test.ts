import { describe, expect, it } from "vitest";
import { forgetKeys, keepKeys, keepPerson, readKeys, readPerson } from "../../../../dashboard/data/session-keys.ts";

function aSession() {
  const kept = new Map<string, string>();
  return {
    getItem: (name: string) => kept.get(name) ?? null,
    setItem: (name: string, value: string) => void kept.set(name, value),
    removeItem: (name: string) => void kept.delete(name),
    kept,
  };
}

describe("the keys of a session", () => {
  it("are none until they are entered, and read as entered then", () => {
    const session = aSession();

    const before = readKeys(session);
    keepKeys(session, { functionKey: "f", writeKey: "" });

    expect(before).toBeUndefined();
    expect(readKeys(session)).toEqual({ functionKey: "f", writeKey: "" });
  });

  it("leave nothing behind when they are forgotten, nor does the name", () => {
    const session = aSession();
    keepKeys(session, { functionKey: "f", writeKey: "w" });
    keepPerson(session, "Ann");

    const person = readPerson(session);
    forgetKeys(session);

    expect(person).toBe("Ann");
    expect([readKeys(session), readPerson(session), session.kept.size]).toEqual([undefined, "", 0]);
  });
});
