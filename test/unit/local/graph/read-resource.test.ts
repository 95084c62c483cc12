import { describe, expect, it } from "vitest";
import type { Answer } from "../../../../local/graph/answer.ts";
import type { PagingMode } from "../../../../local/graph/fault.schema.ts";
import { readResource } from "../../../../local/graph/read-resource.ts";
import { type Behaviour, DEFAULT_BEHAVIOUR, resourceAt } from "../../../../local/graph/resources.ts";

const ROOT = "http://127.0.0.1:7071";
const PARTNERS = "/v1.0/deviceManagement/deviceManagementPartners";
const ROWS = [
  { id: "1", displayName: "A", partnerState: "enabled" },
  { id: "2", displayName: "B", partnerState: "enabled" },
  { id: "3", displayName: "C", partnerState: "enabled" },
];

function read(
  path: string,
  options: { readonly behaviour?: Partial<Behaviour>; readonly paging?: PagingMode } = {},
): Answer {
  const url = new URL(`${ROOT}${path}`);
  const behaviour = { ...DEFAULT_BEHAVIOUR, ...options.behaviour };
  const resource = resourceAt(url.pathname, behaviour);
  if (resource === undefined) {
    throw new TypeError(`Cannot read ${path}: a known path is wanted`);
  }
  const trace = { requestId: "request", clientRequestId: "client", nowMs: 0 };
  return readResource({ resource, url, tenantId: "tenant", rows: ROWS, behaviour, trace }, options.paging);
}

describe("readResource() of a list", () => {
  it("lists the rows with their context", () => {
    expect(read(PARTNERS)).toEqual({
      kind: "payload",
      payload: {
        "@odata.context": `${ROOT}/v1.0/$metadata#deviceManagement/deviceManagementPartners`,
        value: ROWS,
      },
    });
  });

  it("shows only what is selected, also in the context", () => {
    expect(read(`${PARTNERS}?$select=id,displayName`)).toEqual({
      kind: "payload",
      payload: {
        "@odata.context": `${ROOT}/v1.0/$metadata#deviceManagement/deviceManagementPartners(id,displayName)`,
        value: [
          { id: "1", displayName: "A" },
          { id: "2", displayName: "B" },
          { id: "3", displayName: "C" },
        ],
      },
    });
  });

  it.each([
    { path: `${PARTNERS}?$select=id,colour`, want: "'colour' on type 'microsoft.graph.deviceManagementPartner'" },
    {
      path: "/v1.0/deviceManagement/complianceManagementPartners?$select=linuxOnboarded",
      want: "'linuxOnboarded' on type 'microsoft.graph.complianceManagementPartner'",
    },
    {
      path: "/v1.0/deviceManagement?$select=connectorStatus",
      want: "'connectorStatus' on type 'microsoft.graph.deviceManagement'",
    },
  ])("refuses $path", ({ path, want }) => {
    expect(read(path)).toMatchObject({ status: 400, body: expect.stringContaining(want) });
  });

  it.each(["$top=5", "$count=true", "$orderby=id", "$filter=id", "$expand=x"])(
    "refuses %s as it is told to",
    (option) => {
      expect(read(`${PARTNERS}?${option}`)).toMatchObject({ status: 400 });
      expect(read(`${PARTNERS}?${option}`, { behaviour: { refusedOptionStatus: 500 } })).toMatchObject({ status: 500 });
    },
  );

  it("puts the link before the rows of a page", () => {
    const answer = read(PARTNERS, { paging: "two-pages" });

    expect(answer).toMatchObject({
      kind: "payload",
      payload: { "@odata.nextLink": expect.stringContaining("$skiptoken="), value: ROWS.slice(0, 2) },
    });
  });

  it("serves the page of a token, whatever paging is set by then", () => {
    const first = read(PARTNERS, { paging: "two-pages" });
    const link = first.kind === "payload" ? String(first.payload["@odata.nextLink"]) : "";

    const second = read(link.slice(ROOT.length), { paging: "endless" });

    expect(second).toMatchObject({ kind: "payload", payload: { value: ROWS.slice(2) } });
    expect(second.kind === "payload" ? second.payload : {}).not.toHaveProperty("@odata.nextLink");
  });

  it("answers a link that is gone with 410 and a token that is not ours with 400", () => {
    const first = read(PARTNERS, { paging: "gone-link" });
    const link = first.kind === "payload" ? String(first.payload["@odata.nextLink"]) : "";

    expect(read(link.slice(ROOT.length))).toMatchObject({ status: 410 });
    expect(read(`${PARTNERS}?$skiptoken=garbage`)).toMatchObject({ status: 400 });
  });
});

describe("readResource() of connectorStatus", () => {
  const list = { "@odata.context": `${ROOT}/beta/$metadata#deviceManagement/connectorStatus`, value: ROWS };
  const selected = {
    "@odata.context": `${ROOT}/beta/$metadata#deviceManagement(connectorStatus)/$entity`,
    id: "tenant",
    connectorStatus: ROWS,
  };
  const bare = { "@odata.context": `${ROOT}/beta/$metadata#deviceManagement/$entity`, id: "tenant" };

  it.each([
    { form: "property", path: "/beta/deviceManagement/connectorStatus", want: list },
    { form: "select", path: "/beta/deviceManagement?$select=connectorStatus", want: selected },
    { form: "root", path: "/beta/deviceManagement", want: { ...bare, connectorStatus: ROWS } },
    { form: "select", path: "/beta/deviceManagement", want: bare },
  ] as const)("answers $path where only the form $form works", ({ form, path, want }) => {
    const answer = read(path, { behaviour: { connectorStatusForms: [form] } });

    expect(answer).toEqual({ kind: "payload", payload: want });
  });

  it("does not know the property where only another form works", () => {
    const answer = read("/beta/deviceManagement?$select=connectorStatus", {
      behaviour: { connectorStatusForms: ["root"] },
    });

    expect(answer).toMatchObject({ status: 400 });
  });

  it("never pages the singleton", () => {
    expect(read("/beta/deviceManagement", { paging: "two-pages" })).toMatchObject({
      payload: { connectorStatus: ROWS },
    });
  });
});
