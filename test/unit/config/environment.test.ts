import { describe, expect, it } from "vitest";
import { isUnresolvedReference, settingOf } from "../../../src/config/environment.ts";

describe("settingOf()", () => {
  it("returns the value without white space around it", () => {
    expect(settingOf({ A: " value\n" }, "A")).toBe("value");
  });

  it.each([
    ["absent", {}, "A"],
    ["blank", { A: " " }, "A"],
    ["only inherited by every object", {}, "constructor"],
  ])("returns undefined for a setting that is %s", (_case, env, name) => {
    expect(settingOf(env, name)).toBeUndefined();
  });
});

describe("isUnresolvedReference()", () => {
  it.each([
    ["@Microsoft.KeyVault(SecretUri=https://vault.example/secrets/s)", true],
    ["the secret", false],
  ])("says of %j: %s", (value, isUnresolved) => {
    expect(isUnresolvedReference(value)).toBe(isUnresolved);
  });
});
