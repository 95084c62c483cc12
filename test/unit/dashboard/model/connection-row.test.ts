import { describe, expect, it } from "vitest";
import {
  countVerdicts,
  filterRows,
  type SortKey,
  sortRows,
  toRows,
} from "../../../../dashboard/model/connection-row.ts";
import { aConnection, anAlert, aSource, aTenant, hoursAgo, NOW, named, rowsOf } from "../builders.ts";

describe("toRows()", () => {
  it("says of an alert what it is about, since when its episode fires, and why it is quiet", () => {
    const alert = anAlert({
      episode: { id: "e", firedDateTime: hoursAgo(50) },
      quiet: [{ kind: "inhibited", by: "partner-state" }],
    });

    const [row] = rowsOf(aConnection({ verdict: "error", alerts: [alert] }));

    expect(row).toMatchObject({
      note: "Heartbeat is late",
      sinceDateTime: hoursAgo(50),
      quiet: ["Already told by partner state"],
      isOwn: false,
    });
  });

  it("leaves out why a calmer alert is quiet: the connection as a whole is not", () => {
    const calmer = anAlert({ ruleId: "sync-age", quiet: [{ kind: "flapping" }] });

    expect(rowsOf(aConnection({ alerts: [anAlert(), calmer] }))[0]?.quiet).toEqual([]);
  });

  it.each([
    { connection: aConnection({ standing: "retired", standingReason: "removal-date-passed" }), note: /^Retired/ },
    { connection: aConnection({ standing: "ignored", standingReason: "test tenant" }), note: "Ignored: test tenant" },
    { connection: aConnection({ absentSinceDateTime: hoursAgo(1) }), note: /^Not in the last answer/ },
    { connection: aConnection({ verdict: "unknown" }), note: /^Cannot be judged/ },
    { connection: aSource({ verdict: "unknown" }), note: "Cannot be read" },
  ])("notes $note where no alert speaks", ({ connection, note }) => {
    expect(rowsOf(connection)[0]?.note).toMatch(note);
  });

  it("shows the next date, and the last one when all have passed", () => {
    const [past, later, latest] = [5, -5, -9].map((hours) => ({ kind: "removal" as const, dateTime: hoursAgo(hours) }));
    if (past === undefined || later === undefined || latest === undefined)
      throw new TypeError("three dates are wanted");

    expect(rowsOf(aConnection({ deadlines: [past, later, latest] }))[0]?.deadline).toBe(later);
    expect(rowsOf(aConnection({ deadlines: [past] }))[0]?.deadline).toBe(past);
  });

  it("names a connection without a name by its id, and marks what is our own", () => {
    expect(rowsOf(named(""), aSource()).map(({ name, isOwn }) => ({ name, isOwn }))).toEqual([
      { name: "compliance-management-partner:1", isOwn: false },
      { name: "Connector status", isOwn: true },
    ]);
  });
});

describe("sortRows()", () => {
  const rows = rowsOf(
    named("b", {
      verdict: "warning",
      lastContactDateTime: hoursAgo(9),
      alerts: [anAlert({ sinceDateTime: hoursAgo(2) })],
    }),
    named("c", { verdict: "critical", lastContactDateTime: null, alerts: [anAlert({ sinceDateTime: hoursAgo(1) })] }),
    named("a", { verdict: "ok", deadlines: [{ kind: "expiry", dateTime: hoursAgo(-5) }] }),
  );
  const names = (key: SortKey, isDescending = false): string =>
    sortRows(rows, key, isDescending)
      .map(({ name }) => name)
      .join("");

  it.each([
    ["state", "cba"],
    ["name", "abc"],
    ["since", "bca"],
    ["contact", "bac"],
    ["deadline", "acb"],
  ] as const)("by %s gives %s", (key, want) => {
    expect(names(key)).toBe(want);
  });

  it("turns round", () => {
    expect(names("name", true)).toBe("cba");
  });
});

describe("countVerdicts()", () => {
  it("counts worst first, and leaves out what there is none of", () => {
    const rows = rowsOf(aConnection(), aConnection({ verdict: "error" }), aConnection());

    expect(countVerdicts(rows)).toEqual([
      { verdict: "error", count: 1 },
      { verdict: "ok", count: 2 },
    ]);
  });
});

describe("filterRows()", () => {
  const rows = toRows(aTenant([named("Jamf", { verdict: "error" }), named("Kandji")]), NOW);

  it.each([
    { verdict: undefined, text: "", want: ["Jamf", "Kandji"] },
    { verdict: "error", text: "", want: ["Jamf"] },
    { verdict: undefined, text: " kan ", want: ["Kandji"] },
    { verdict: undefined, text: "contoso", want: ["Jamf", "Kandji"] },
    { verdict: "error", text: "kandji", want: [] },
  ] as const)("keeps $want for '$text' and $verdict", ({ want, ...filter }) => {
    expect(filterRows(rows, filter).map(({ name }) => name)).toEqual(want);
  });
});
