import { describe, expect, it } from "vitest";
import {
  openRows,
  type Row,
  readContact,
  readDate,
  readFlag,
  readMember,
  readText,
  requireProperties,
  toStableId,
} from "../../../../src/domain/connections/row.ts";
import { toIso } from "../../../../src/domain/time.ts";
import { HOUR_MS, MINUTE_MS } from "../../../../src/domain/units.ts";
import { NOW_MS, PARSE_CONTEXT } from "./a-reading.ts";

function aRow(fields: Row["fields"]): Row {
  return { id: "1", fields, problems: [] };
}

function readId(fields: Row["fields"]): string | undefined {
  return toStableId(fields["id"], PARSE_CONTEXT);
}

describe("openRows()", () => {
  it("gives rows without an id their place among such rows, so that their content may change", () => {
    const rows = openRows([{ beat: 1 }, { id: "a" }, { beat: 2 }, "text", null], readId, "id");

    const problems = rows.flatMap((row) => row.problems);
    expect(rows.map(({ id }) => id)).toStrictEqual([
      "unreadable-1",
      "a",
      "unreadable-2",
      "unreadable-3",
      "unreadable-4",
    ]);
    expect(problems).toStrictEqual([
      { code: "missing-id", property: "id" },
      { code: "missing-id", property: "id" },
      { code: "unreadable-row", property: "value", asSent: "text" },
      { code: "unreadable-row", property: "value", asSent: "null" },
    ]);
  });
});

describe("toStableId()", () => {
  it.each([undefined, null, 7, "", "  ", {}])("finds no id in %j", (sent) => {
    const id = toStableId(sent, PARSE_CONTEXT);

    expect(id).toBeUndefined();
  });

  it("returns an ordinary id as it is", () => {
    const id = toStableId("00000000-0000-4000-8000-000000000001", PARSE_CONTEXT);

    expect(id).toBe("00000000-0000-4000-8000-000000000001");
  });

  it("tells long ids apart that begin alike", () => {
    const [one, other] = [
      toStableId(`${"x".repeat(256)}1`, PARSE_CONTEXT),
      toStableId(`${"x".repeat(256)}2`, PARSE_CONTEXT),
    ];

    expect(one).toMatch(/^digest-[\da-f]{32}$/);
    expect(one).not.toBe(other);
  });
});

describe("requireProperties()", () => {
  it("notes what was not sent, and not what was sent as null", () => {
    const row = aRow({ sent: null });

    requireProperties(row, ["sent", "missing"]);

    expect(row.problems).toStrictEqual([{ code: "bad-value", property: "missing" }]);
  });
});

describe("readDate()", () => {
  it.each([
    {
      name: "an instant with its text",
      sent: "2026-07-23T17:00:00.0000000Z",
      want: { atMs: NOW_MS, asSent: "2026-07-23T17:00:00.0000000Z" },
    },
    {
      name: "an offset as UTC",
      sent: "2026-07-23T20:00:00+03:00",
      want: { atMs: NOW_MS, asSent: "2026-07-23T20:00:00+03:00" },
    },
    { name: "never for null", sent: null, want: "never" },
    { name: "never for the .NET default", sent: "0001-01-01T00:00:00Z", want: "never" },
    { name: "never just before 2010", sent: "2009-12-31T23:59:59.999Z", want: "never" },
    {
      name: "an instant from 2010 on",
      sent: "2010-01-01T00:00:00Z",
      want: { atMs: Date.UTC(2010, 0, 1), asSent: "2010-01-01T00:00:00Z" },
    },
    { name: "nothing where nothing was sent", sent: undefined, want: undefined },
  ])("reads $name", ({ sent, want }) => {
    const row = aRow({ date: sent });

    const date = readDate(row, "date");

    expect(date).toStrictEqual(want);
    expect(row.problems).toStrictEqual([]);
  });

  it.each(["", "String", "2026-02-30T00:00:00Z", "2026-07-23T16:59:33", 5, {}, true])("finds no date in %j", (sent) => {
    const row = aRow({ date: sent });

    const date = readDate(row, "date");

    expect(date).toBeUndefined();
    expect(row.problems).toMatchObject([{ code: "bad-date", property: "date" }]);
  });
});

describe("readContact()", () => {
  it.each([
    { aheadMs: 5 * MINUTE_MS, codes: [] },
    { aheadMs: 6 * MINUTE_MS, codes: ["date-in-future"] },
    { aheadMs: 2 * HOUR_MS, codes: ["inconsistent"] },
  ])("notes $codes of a contact $aheadMs ms ahead and keeps it", ({ aheadMs, codes }) => {
    const row = aRow({ date: toIso(NOW_MS + aheadMs) });

    const date = readContact(row, "date", NOW_MS);

    expect(date).toMatchObject({ atMs: NOW_MS + aheadMs });
    expect(row.problems.map(({ code }) => code)).toStrictEqual(codes);
  });
});

describe("readFlag()", () => {
  it.each([
    { sent: true, want: true, problems: [] },
    { sent: false, want: false, problems: [] },
    { sent: undefined, want: undefined, problems: [] },
    { sent: "true", want: undefined, problems: [{ code: "bad-value", property: "flag", asSent: "true" }] },
    { sent: null, want: undefined, problems: [{ code: "bad-value", property: "flag", asSent: "null" }] },
  ])("reads $sent as $want", ({ sent, want, problems }) => {
    const row = aRow({ flag: sent });

    const flag = readFlag(row, "flag");

    expect(flag).toBe(want);
    expect(row.problems).toStrictEqual(problems);
  });
});

describe("readText()", () => {
  it.each([
    { sent: "Jamf", want: "Jamf", problems: [] },
    { sent: " ", want: undefined, problems: [] },
    { sent: null, want: undefined, problems: [] },
    { sent: undefined, want: undefined, problems: [] },
    { sent: 7, want: undefined, problems: [{ code: "bad-value", property: "text", asSent: "7" }] },
  ])("reads $sent as $want", ({ sent, want, problems }) => {
    const row = aRow({ text: sent });

    const text = readText(row, "text");

    expect(text).toBe(want);
    expect(row.problems).toStrictEqual(problems);
  });
});

describe("readMember()", () => {
  const members = ["healthy", "warning"] as const;

  it.each([
    { sent: "warning", want: { known: "warning" }, codes: [] },
    { sent: 0, want: { known: "healthy" }, codes: [] },
    { sent: "degraded", want: { asSent: "degraded" }, codes: ["unknown-enum"] },
    { sent: "Healthy", want: { asSent: "Healthy" }, codes: ["unknown-enum"] },
    { sent: 7, want: { asSent: "7" }, codes: ["unknown-enum"] },
    { sent: -1, want: { asSent: "-1" }, codes: ["unknown-enum"] },
    { sent: { a: 1 }, want: { asSent: '{"a":1}' }, codes: ["unknown-enum"] },
    { sent: null, want: {}, codes: ["bad-value"] },
    { sent: undefined, want: {}, codes: [] },
  ])("reads $sent", ({ sent, want, codes }) => {
    const row = aRow({ status: sent });

    const member = readMember(row, "status", members);

    expect(member).toStrictEqual(want);
    expect(row.problems.map(({ code }) => code)).toStrictEqual(codes);
  });
});
