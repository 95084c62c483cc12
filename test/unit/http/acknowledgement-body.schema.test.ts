import { describe, expect, it } from "vitest";
import { acknowledgementBodySchema } from "../../../src/http/acknowledgement-body.schema.ts";

const ORDER = { until: "2026-11-23T10:00:00Z", reason: "on it", by: "Ann" };

describe("acknowledgementBodySchema", () => {
  it("reads until when, why and who", () => {
    const untilMs = Date.UTC(2026, 10, 23, 10);

    expect(acknowledgementBodySchema.parse(ORDER)).toEqual({ ...ORDER, until: untilMs });
  });

  it.each([
    { member: "until", changes: { until: "in a week" } },
    { member: "until", changes: { until: undefined } },
    { member: "reason", changes: { reason: "" } },
    { member: "by", changes: { by: "x".repeat(101) } },
    { member: "", changes: { from: "2026-11-22T10:00:00Z" } },
  ])("refuses $changes", ({ member, changes }) => {
    const { error } = acknowledgementBodySchema.safeParse({ ...ORDER, ...changes });

    expect(error?.issues.map(({ path }) => path.join("."))).toEqual([member]);
  });
});
