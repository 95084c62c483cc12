import { describe, expect, it } from "vitest";
import { duration, fromSetting, glob, guid, label, wholeNumber } from "../../../src/config/fields.schema.ts";
import { DAY_MS, HOUR_MS } from "../../../src/domain/units.ts";
import { TENANT_ID } from "./config-builders.ts";

describe("duration()", () => {
  const schema = duration(HOUR_MS, DAY_MS);

  it.each([
    ["PT1H", HOUR_MS],
    ["P1D", DAY_MS],
  ])("reads %s, a bound, as milliseconds", (text, durationMs) => {
    expect(schema.parse(text)).toBe(durationMs);
  });

  it.each(["PT59M59S", "P1DT1S", "P1W", "1 hour", 3_600_000, undefined])(
    "refuses %j and says what it wants",
    (given) => {
      const { error } = schema.safeParse(given);

      expect(error?.issues.map(({ message }) => message)).toEqual([
        "an ISO 8601 duration such as PT36H or P7D, from PT1H to P1D",
      ]);
    },
  );
});

describe("wholeNumber()", () => {
  it.each([1, 5])("takes %d, a bound", (given) => {
    expect(wholeNumber(1, 5).parse(given)).toBe(given);
  });

  it.each([0, 6, 1.5, "3", null])("refuses %j", (given) => {
    expect(wholeNumber(1, 5).safeParse(given).error?.issues[0]?.message).toBe("a whole number from 1 to 5");
  });
});

describe("label()", () => {
  it("takes a text without the white space around it", () => {
    expect(label(5).parse(" name ")).toBe("name");
  });

  it.each(["", "  ", "longer", 7])("refuses %j", (given) => {
    expect(label(5).safeParse(given).error?.issues[0]?.message).toBe("a text of 1 to 5 characters");
  });
});

describe("guid()", () => {
  it("reads upper case as lower case", () => {
    expect(guid().parse(TENANT_ID.toUpperCase())).toBe(TENANT_ID);
  });

  it.each(["contoso.onmicrosoft.com", `{${TENANT_ID}}`, "", 1])("refuses %j", (given) => {
    expect(guid().safeParse(given).error?.issues[0]?.message).toBe("a GUID");
  });
});

describe("glob()", () => {
  it("takes a pattern", () => {
    expect(glob().parse("Jamf*")).toBe("Jamf*");
  });

  it.each(["", "a".repeat(257), 1])("refuses %j", (given) => {
    expect(glob().safeParse(given).success).toBe(false);
  });
});

describe("fromSetting()", () => {
  it("reads a name as the value of that setting", () => {
    expect(fromSetting({ KEY: "value" }, "a key").parse("KEY")).toBe("value");
  });

  it.each([
    ["is not set", {}, "the name of an app setting that holds a key; it is not set"],
    [
      "is an unresolved Key Vault reference",
      { "secret-in-place-of-a-name": "@Microsoft.KeyVault(SecretUri=x)" },
      "the name of an app setting that holds a key; the platform could not resolve its Key Vault reference",
    ],
  ])("refuses a setting that %s, without repeating its name", (_case, env, message) => {
    const { error } = fromSetting(env, "a key").safeParse("secret-in-place-of-a-name");

    expect(error?.issues.map((issue) => issue.message)).toEqual([message]);
  });
});
