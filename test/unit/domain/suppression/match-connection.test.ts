import { describe, expect, it } from "vitest";
import { matchesConnection } from "../../../../src/domain/suppression/match-connection.ts";
import { aSubject } from "./a-silence.ts";

describe("matchesConnection()", () => {
  it.each([
    { label: "nothing", match: {}, want: true },
    { label: "id by glob", match: { connection: "*:1" }, want: true },
    { label: "name by glob", match: { connection: "*compliance" }, want: true },
    { label: "neither id nor name", match: { connection: "*:2" }, want: false },
    { label: "kind", match: { kind: "compliance-management-partner" }, want: true },
    { label: "another kind", match: { kind: "device-management-partner" }, want: false },
    { label: "name and another kind", match: { connection: "*", kind: "source" }, want: false },
    { label: "kind and another name", match: { connection: "x", kind: "compliance-management-partner" }, want: false },
  ] as const)("is $want for a matcher that names $label", ({ match, want }) => {
    expect(matchesConnection(match, aSubject())).toBe(want);
  });
});
