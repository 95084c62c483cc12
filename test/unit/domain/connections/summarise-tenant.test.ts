import { describe, expect, it } from "vitest";
import type { SourceReading } from "../../../../src/domain/connections/reading.ts";
import { summariseTenant } from "../../../../src/domain/connections/summarise-tenant.ts";
import { HOUR_MS } from "../../../../src/domain/units.ts";
import { aSource, aTenant, NOW_MS } from "./a-reading.ts";

const poll = { slotMs: NOW_MS - 1_000, observedAtMs: NOW_MS, counts: true };

function summarise(sources: readonly SourceReading[], clockSkewsMs: readonly number[] = []) {
  return summariseTenant(
    { tenantId: "00000000-0000-4000-8000-0000000000a1", tenantName: "Contoso", sources, clockSkewsMs },
    aTenant({ lastGoodAtMs: NOW_MS - HOUR_MS }),
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

  it.each([
    { name: "the answer that agrees best, from whichever side", skewsMs: [90_000, -2_000, 3_000], want: -2_000 },
    { name: "the only dated answer", skewsMs: [400_000], want: 400_000 },
    { name: "nothing when no answer was dated", skewsMs: [], want: undefined },
  ])("takes for the skew of our clock $name", ({ skewsMs, want }) => {
    expect(summarise([aSource()], skewsMs).clockSkewMs).toBe(want);
  });
});
