import { describe, expect, it } from "vitest";
import { parsePage } from "../../../../src/adapters/graph/parse-page.ts";

const ROW = { id: "1" };
const CONNECTOR = { connectorName: "vppTokenLastSyncDateTime" };
const PROPERTY = { property: "connectorStatus" };
const ENTITY = { property: "connectorStatus", isEntity: true };

describe("parsePage()", () => {
  it.each([
    {
      shape: {},
      body: { value: [ROW, "odd", null] },
      rows: [ROW, "odd", null],
      named: "a list with all that is in it",
    },
    { shape: {}, body: { value: [] }, rows: [], named: "an empty list" },
    { shape: {}, body: { value: ROW }, rows: [ROW], named: "a wrapped entity as a list of one" },
    { shape: PROPERTY, body: { value: [CONNECTOR] }, rows: [CONNECTOR], named: "the property as a list" },
    { shape: PROPERTY, body: { value: CONNECTOR }, rows: [CONNECTOR], named: "the property as one wrapped row" },
    { shape: PROPERTY, body: { id: "1", connectorStatus: [CONNECTOR] }, rows: [CONNECTOR], named: "the bare root" },
    { shape: ENTITY, body: { id: "1", connectorStatus: [CONNECTOR] }, rows: [CONNECTOR], named: "the root asked for" },
    { shape: ENTITY, body: { value: { connectorStatus: [CONNECTOR] } }, rows: [CONNECTOR], named: "the root, wrapped" },
  ])("reads $named", ({ shape, body, rows }) => {
    expect(parsePage(body, shape)).toEqual({ kind: "rows", rows });
  });

  it.each([
    { shape: {}, body: { value: [ROW], "@odata.nextLink": "L" } },
    { shape: ENTITY, body: { connectorStatus: [ROW], "connectorStatus@odata.nextLink": "L" } },
  ])("keeps the link to the next page of $body", ({ shape, body }) => {
    expect(parsePage(body, shape)).toEqual({ kind: "rows", rows: [ROW], nextLink: "L" });
  });

  it("takes a link of null for the last page", () => {
    expect(parsePage({ value: [ROW], "@odata.nextLink": null }, {})).toEqual({ kind: "rows", rows: [ROW] });
  });

  it.each([
    { shape: {}, body: {} },
    { shape: {}, body: { value: null } },
    { shape: {}, body: { id: "1", partnerState: "enabled" } },
    { shape: PROPERTY, body: { id: "1" } },
    { shape: ENTITY, body: { id: "1", connectorStatus: null } },
    { shape: ENTITY, body: { value: { id: "1" } } },
  ])("finds nothing of what was asked for in $body", ({ shape, body }) => {
    expect(parsePage(body, shape)).toEqual({ kind: "absent" });
  });

  it.each([
    { shape: {}, body: undefined },
    { shape: {}, body: null },
    { shape: {}, body: [ROW] },
    { shape: {}, body: "text" },
    { shape: {}, body: { value: "text" } },
    { shape: {}, body: { value: 7 } },
    { shape: {}, body: { value: [ROW], "@odata.nextLink": 7 } },
    { shape: PROPERTY, body: { value: "text" } },
    { shape: ENTITY, body: { connectorStatus: "text" } },
    { shape: ENTITY, body: { value: { connectorStatus: 7 } } },
  ])("takes $body for no answer to the question", ({ shape, body }) => {
    expect(parsePage(body, shape)).toEqual({ kind: "malformed" });
  });
});
