import { SOURCE_IDS, type SourceId, type SourceRead } from "../../../src/domain/connections/source.ts";
import { createFakePartnerSource } from "../../fakes/fake-partner-source.ts";
import { describePartnerSource, type PartnerSourceWorld, type ServedSource } from "../partner-source.contract.ts";
import { anAdapter, TENANT_ID } from "./graph-world.ts";
import { type ScriptedAnswer, startScriptedGraph } from "./scripted-graph.ts";

type Reason = Extract<ServedSource, { readonly reason: string }>["reason"];

const ANSWERS: Readonly<Record<Reason, ScriptedAnswer>> = {
  unlicensed: {
    status: 400,
    body: '{"error":{"code":"BadRequest","message":"Request not applicable to target tenant."}}',
  },
  "not-supported": { status: 501, body: '{"error":{"code":"NotSupported"}}' },
  forbidden: { status: 403, body: '{"error":{"code":"Forbidden","message":"no"}}' },
  throttled: { status: 429 },
  unavailable: { status: 503 },
  malformed: { status: 200, body: "<html>" },
};

async function aFakeWorld(): Promise<PartnerSourceWorld> {
  const served = new Map<SourceId, ServedSource>();
  const source = createFakePartnerSource(() => [...served].map(([id, answer]) => toRead(id, answer)));
  return { source, tenantId: TENANT_ID, serve: (id, answer) => served.set(id, answer), stop: async () => {} };
}

async function anAdapterWorld(): Promise<PartnerSourceWorld> {
  const served = new Map<SourceId, ServedSource>();
  const graph = await startScriptedGraph(({ path }) => {
    const sourceId = SOURCE_IDS.find((id) => path.includes(id)) ?? "connectorStatus";
    const answer = served.get(sourceId) ?? { rows: [] };
    return "reason" in answer ? ANSWERS[answer.reason] : { status: 200, body: JSON.stringify({ value: answer.rows }) };
  });
  const { source } = anAdapter(graph.url);
  return { source, tenantId: TENANT_ID, serve: (id, answer) => served.set(id, answer), stop: graph.stop };
}

function toRead(sourceId: SourceId, served: ServedSource): SourceRead {
  if ("rows" in served) return { sourceId, outcome: "read", rows: served.rows };
  switch (served.reason) {
    case "unlicensed":
    case "not-supported":
      return { sourceId, outcome: "not-available", reason: served.reason };
    default:
      return { sourceId, outcome: "unreadable", reason: served.reason };
  }
}

describePartnerSource("the fake", aFakeWorld);
describePartnerSource("the Graph adapter", anAdapterWorld);
