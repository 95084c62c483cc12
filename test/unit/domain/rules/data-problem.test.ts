import { describe, expect, it } from "vitest";
import type { DataProblem } from "../../../../src/domain/connections/reading.ts";
import { dataProblem } from "../../../../src/domain/rules/data-problem.ts";
import { aConnector, aPartner } from "../connections/a-reading.ts";
import { evaluate, inWords } from "./an-input.ts";

describe("data-problem", () => {
  it.each<{ code: DataProblem["code"]; want: string }>([
    { code: "unknown-enum", want: "info: unknown-enum" },
    { code: "several-rows", want: "info: several-rows" },
    { code: "date-in-future", want: "info: date-in-future" },
    { code: "inconsistent", want: "warning: inconsistent" },
    { code: "bad-date", want: "warning: bad-date" },
    { code: "bad-value", want: "warning: bad-value" },
    { code: "duplicate-id", want: "warning: duplicate-id" },
    { code: "missing-id", want: "warning: missing-id" },
    { code: "unreadable-row", want: "warning: unreadable-row" },
  ])("says $want", ({ code, want }) => {
    const problems = [{ code, property: "p" }];

    const words = [aPartner({ problems }), aConnector({ problems })].map((reading) =>
      inWords(evaluate(dataProblem, reading)),
    );

    expect(words).toStrictEqual([want, want]);
  });

  it("says ok of a reading without problems", () => {
    expect(inWords(evaluate(dataProblem, aPartner()))).toBe("ok: no-problems");
  });

  const newState = { code: "unknown-enum", property: "partnerState", asSent: "new" } as const;
  const badDate = { code: "bad-date", property: "lastHeartbeatDateTime", asSent: "String" } as const;

  it.each([
    { what: "the problem", problems: [badDate], text: 'bad-date lastHeartbeatDateTime "String"' },
    {
      what: "the gravest and how many more there are",
      problems: [newState, badDate],
      text: 'bad-date lastHeartbeatDateTime "String", and 1 more',
    },
    {
      what: "nothing as sent where nothing was",
      problems: [{ code: "missing-id", property: "id" } as const],
      text: "missing-id id",
    },
  ])("tells $what", ({ problems, text }) => {
    const evaluation = evaluate(dataProblem, aPartner({ problems }));

    expect(evaluation).toMatchObject({ severity: "warning", measured: { unit: "text", text } });
  });
});
