import { describe, expect, it } from "vitest";
import { NEVER_MS } from "../../../../../local/host/timers/ncrontab.ts";
import { fromStatusJson, hostIdOf, toStatusJson } from "../../../../../local/host/timers/timer-status.ts";

describe("toStatusJson()", () => {
  it.each([
    { label: "that ran", status: { lastMs: 1_000, nextMs: 61_000, lastUpdatedMs: 1_000 } },
    { label: "that never ran", status: { nextMs: 61_000, lastUpdatedMs: 1_000 } },
    { label: "that never fires", status: { nextMs: NEVER_MS, lastUpdatedMs: 1_000 } },
  ])("is read back by fromStatusJson() for a timer $label", ({ status }) => {
    const text = JSON.stringify(toStatusJson(status));

    expect(fromStatusJson(text)).toEqual(status);
  });

  it("writes times as .NET does", () => {
    const json = toStatusJson({ nextMs: Date.UTC(2026, 10, 22, 10, 15), lastUpdatedMs: 0 });

    expect(json).toEqual({
      Last: "0001-01-01T00:00:00",
      Next: "2026-11-22T10:15:00.000+00:00",
      LastUpdated: "1970-01-01T00:00:00.000+00:00",
    });
  });
});

describe("fromStatusJson()", () => {
  it("reads what the real host wrote", () => {
    const text =
      '{"Last":"2026-11-22T10:00:00.0013842+00:00","Next":"2026-11-22T10:15:00+00:00","LastUpdated":"2026-11-22T10:00:00.0013842+00:00"}';

    const status = fromStatusJson(text);

    expect(status).toEqual({
      lastMs: Date.parse("2026-11-22T10:00:00.001Z"),
      nextMs: Date.parse("2026-11-22T10:15:00Z"),
      lastUpdatedMs: Date.parse("2026-11-22T10:00:00.001Z"),
    });
  });

  it.each(["", "null", "{}", '{"Next":"soon","LastUpdated":"2026-11-22T10:00:00Z"}'])(
    "makes nothing of '%s'",
    (text) => {
      expect(fromStatusJson(text)).toBeUndefined();
    },
  );
});

describe("hostIdOf()", () => {
  it("differs by app folder and keeps to 32 characters", () => {
    const ids = ["/a", "/b"].map(hostIdOf);

    expect(new Set(ids).size).toBe(2);
    expect(ids.every((id) => /^[a-z0-9-]{1,32}$/.test(id))).toBe(true);
  });
});
