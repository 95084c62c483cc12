import { describe, expect, it } from "vitest";
import type { SourceReading } from "../../../../src/domain/connections/reading.ts";
import { summariseTenant } from "../../../../src/domain/connections/summarise-tenant.ts";
import { HOUR_MS } from "../../../../src/domain/units.ts";
import { aSource, aTenant, NOW_MS } from "./a-reading.ts";

const poll = { slotMs: NOW_MS - 1_000, observedAtMs: NOW_MS, counts: true };

function summarise(sources: readonly SourceReading[], previous = aTenant({ lastGoodAtMs: NOW_MS - HOUR_MS })) {
  return summariseTenant(
    { tenantId: "00000000-0000-4000-8000-0000000000a1", tenantName: "Contoso", sources },
    previous,
    poll,
  );
}

function failed(reason: NonNullable<SourceReading["reason"]>): SourceReading {
  return aSource({ outcome: "unreadable", reason });
}

describe("summariseTenant()", () => {
  it.each([
    { name: "one source was read", last: aSource() },
    { name: "one source is not there", last: aSource({ outcome: "not-available", reason: "not-found" }) },
    { name: "one answer is not believed", last: failed("suddenly-empty") },
  ])("is readable when $name", ({ last }) => {
    const tenant = summarise([failed("forbidden"), failed("throttled"), last]);

    expect(tenant).toStrictEqual(aTenant({ lastGoodAtMs: NOW_MS }));
  });

  it("is unreadable when every source is, for the reason that most share", () => {
    const tenant = summarise([failed("forbidden"), failed("throttled"), failed("throttled")]);

    expect(tenant).toStrictEqual(
      aTenant({
        readable: false,
        reason: "throttled",
        failedPolls: 1,
        failingSinceMs: poll.slotMs,
        lastGoodAtMs: NOW_MS - HOUR_MS,
      }),
    );
  });

  it("keeps the details of the sources that share its reason, each once", () => {
    const details = ["Grant A", "Grant B", "Grant A"].map((detail) => ({ ...failed("forbidden"), detail }));
    const other = { ...failed("throttled"), detail: "Wait" };

    const tenant = summarise([other, ...details]);

    expect(tenant).toMatchObject({ reason: "forbidden", detail: "Grant A; Grant B" });
  });

  it("counts a source that vanished as unreadable", () => {
    const tenant = summarise([failed("vanished")]);

    expect(tenant).toMatchObject({ readable: false, reason: "vanished" });
  });
});
