import { describe, expect, it } from "vitest";
import { toNextLink } from "../../../src/http/next-link.ts";
import { aRequest } from "./builders.ts";

describe("toNextLink()", () => {
  it.each([
    {
      name: "the public address",
      settings: { publicUrl: "https://monitor.contoso.com/" },
      want: "https://monitor.contoso.com/api/v1/history?view=events&from=a%2Bb",
    },
    {
      name: "the request's own address",
      settings: {},
      want: "http://127.0.0.1:7071/api/v1/history?view=events&from=a%2Bb",
    },
  ])("begins with $name, and holds no key", ({ settings, want }) => {
    const input = aRequest("/api/v1/history?code=s3cret&clientId=default");

    const link = toNextLink(input, new URLSearchParams({ view: "events", from: "a+b" }), settings);

    expect(link).toBe(want);
  });

  it("stays at its origin whatever the path looks like", () => {
    const input = { ...aRequest("/"), url: "http://127.0.0.1:7071//evil.example/x" };

    expect(new URL(toNextLink(input, new URLSearchParams(), {})).host).toBe("127.0.0.1:7071");
  });
});
