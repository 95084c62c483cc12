import { describe, expect, it } from "vitest";
import { parseGraphError } from "../../../../src/adapters/graph/parse-graph-error.ts";

const SCOPES = "Application must have one of the following scopes: DeviceManagementConfiguration.Read.All";
const LABELS =
  " - Operation ID (for customer support): 1 - Activity ID: 2 - Url: https://fef.msud01.manage.microsoft.com/a/b?api-version=1";

function anError(code: string | undefined, message: unknown): unknown {
  return { error: { code, message, innerError: { "request-id": "3" } } };
}

describe("parseGraphError()", () => {
  it("reads a plain error", () => {
    expect(parseGraphError(anError("TooManyRequests", "Too many requests."))).toEqual({
      code: "TooManyRequests",
      innerCode: undefined,
      message: "Too many requests.",
    });
  });

  it("unfolds a message that is JSON and cuts it at its first label", () => {
    const message = JSON.stringify({ _version: 3, Message: SCOPES + LABELS, HttpHeaders: "{}" });

    expect(parseGraphError(anError("Forbidden", message)).message).toBe(SCOPES);
  });

  it("unfolds a message that is JSON twice and keeps its code", () => {
    const inner = JSON.stringify({ _version: 3, Message: `An error has occurred${LABELS}` });
    const message = JSON.stringify({ ErrorCode: "Forbidden", Message: inner });

    expect(parseGraphError(anError("UnknownError", message))).toEqual({
      code: "UnknownError",
      innerCode: "Forbidden",
      message: "An error has occurred",
    });
  });

  it.each([" - Operation ID (for", " - Activity ID: 2", " - Url: https://proxy.amsua0101.manage.microsoft.com/"])(
    "cuts at the label '%s' when it comes first",
    (label) => {
      expect(parseGraphError(anError("Forbidden", `Words${label}`)).message).toBe("Words");
    },
  );

  it("unfolds three levels and no more", () => {
    const nested = ["x", 1, 2, 3, 4].reduce<string>((text) => JSON.stringify({ Message: text }), "core");

    expect(parseGraphError(anError("Forbidden", nested)).message).toContain("Message");
  });

  it.each([undefined, null, "text", 7, [], {}, { error: null }, { error: "text" }, anError(undefined, 5)])(
    "finds no code and no message in %j",
    (body) => {
      expect(parseGraphError(body)).toEqual({ code: undefined, innerCode: undefined, message: "" });
    },
  );
});
